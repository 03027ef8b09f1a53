"""A made-up company of 10,000 accounts and 20,000 passages about them, in three scripts."""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from bot.main import open_index, open_records
from bot.settings import Settings
from kam_knowledge.scripts import to_traditional
from tools.data.database import Sessions
from tools.data.models import (
    Account,
    AccountAlias,
    Coverage,
    Evaluation,
    FactorInput,
    Interaction,
    Opportunity,
    Person,
    PersonAlias,
    Plan,
    PlanSection,
    Product,
    Unit,
)
from tools.domain.names import name_key
from tools.domain.vocabulary import Dimension, Factor, Role, Stage, UnitKind

ACCOUNTS, PLANS, SECTIONS, NOTES = 10_000, 2_000, 5, 10_000
_PEOPLE = 120
_REGIONS = ("East", "North", "South", "West", "Central")
_SEGMENTS = ("semiconductors", "retail", "energy", "logistics", "medical", "软件", "汽车", "银行")
_EN = tuple(
    a + b
    for a in (
        "Bal",
        "Cor",
        "Del",
        "Fen",
        "Gar",
        "Hol",
        "Kes",
        "Lor",
        "Mar",
        "Nor",
        "Pel",
        "Rav",
        "Sel",
        "Tor",
        "Vas",
    )
    for b in ("dane", "mond", "wick", "thorpe", "ley", "ford", "mere", "stead")
)
_EN_END = (
    "Industries",
    "Systems",
    "Group",
    "Holdings",
    "Energy",
    "Logistics",
    "Medical Ltd",
    "Semiconductor",
    "Foods",
    "Partners",
)
_ZH = tuple(a + b for a in "霁云嘉瑞鸿博锦晟泽恒启华盛" for b in "川岚禾腾远泰昌祥润达宁")
_ZH_END = (
    "科技有限公司",
    "半导体",
    "能源集团",
    "物流",
    "医药",
    "电子",
    "软件",
    "银行",
    "汽车零部件有限公司",
    "食品",
)
_CITIES = ("上海", "北京", "深圳", "成都", "武汉", "杭州", "苏州", "西安")
_GIVEN = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus", "Hana", "Ivo", "June", "Kai", "Lena")
_FAMILY = (
    "Abbot",
    "Brant",
    "Clyde",
    "Dorset",
    "Easton",
    "Fulmer",
    "Garrow",
    "Hollis",
    "Ingram",
    "Jessop",
)
_WANTS = (
    "The turbine order moved to the next quarter because the budget of the plant is frozen.",
    "Procurement asks for a frame contract over three years with a rebate on volume.",
    "质量部门要求在年底前完成二供认证，交期是主要顾虑。",
    "客戶希望在明年第二季導入新產線，並比較兩家競爭對手的報價。",
    "采购总监支持我们的方案，但技术部门仍倾向竞争对手。",
    "The sponsor wants a quarterly review of service levels and spare parts.",
)


def build(settings: Settings, today: date, seed: int = 7) -> None:
    """Fills the records and the index of an empty home."""
    with closing(open_records(settings)) as sessions:
        _fill(sessions, random.Random(seed), today)
        library, feed = open_index(settings, sessions)
        library.refresh()
        feed.catch_up()
        library.index.close()


def account_name(number: int) -> str:
    """English for two in three accounts, Chinese for the third; each only once."""
    turn = number // 3
    if number % 3 == 2:
        stem = _ZH[turn % len(_ZH)]
        rest = turn // len(_ZH)
        return f"{_CITIES[rest % 8]}{stem}{_ZH_END[rest // 8 % 10]}{'' if rest < 80 else rest}"
    stems = len(_EN)
    index = turn * 2 + number % 3
    rest = index // stems
    return f"{_EN[index % stems]} {_EN[(index * 7 + rest) % stems].title()} {_EN_END[rest % 10]}"


def person_name(number: int) -> str:
    return f"{_GIVEN[number % 12]} {_FAMILY[number // 12]}"


def _fill(sessions: Sessions, chance: random.Random, today: date) -> None:
    with sessions() as session:
        connection = session.connection()
        for table, rows in _tables(chance, today):
            connection.execute(insert(table), list(rows))
        session.commit()


def _tables(chance: random.Random, today: date) -> Iterator[tuple[Any, Iterator[dict[str, Any]]]]:
    yield Unit, _units()
    yield Person, _people()
    yield PersonAlias, _person_aliases()
    yield Product, ({"name": f"P{n}-line", "name_key": f"p{n}line"} for n in range(12))
    yield Account, _accounts(chance)
    yield AccountAlias, _aliases()
    yield Coverage, _coverage(chance)
    yield Opportunity, _deals(chance, today)
    yield FactorInput, _factors(chance, today)
    yield Evaluation, _evaluations(chance, today)
    yield Interaction, _notes(chance, today)
    yield Plan, _plans(today)
    yield PlanSection, _sections(chance)


def _units() -> Iterator[dict[str, Any]]:
    """Headquarters, its regions, and three branches in each."""
    yield _unit("Headquarters", UnitKind.HEADQUARTERS, None)
    for region in _REGIONS:
        yield _unit(region, UnitKind.REGION, 1)
    for number in range(15):
        place = number % 5
        yield _unit(f"{_REGIONS[place]} Branch {number // 5 + 1}", UnitKind.BRANCH, place + 2)


def _unit(name: str, kind: UnitKind, parent: int | None) -> dict[str, Any]:
    return {"name": name, "name_key": name_key(name), "kind": kind, "parent_id": parent}


def _people() -> Iterator[dict[str, Any]]:
    for number in range(_PEOPLE):
        name = person_name(number)
        role, unit = Role.REP, 7 + number % 15
        if number < 5:
            role, unit = Role.DIRECTOR, 2 + number
        elif number < 20:
            role = Role.MANAGER
        yield {"name": name, "name_key": name_key(name), "role": role, "unit_id": unit}


def _person_aliases() -> Iterator[dict[str, Any]]:
    signs = "王李张刘陈杨赵黄周吴"
    given = "伟芳娜敏静丽强磊军洋艳勇"
    for number in range(_PEOPLE):
        name = signs[number // 12] + given[number % 12]
        yield {"person_id": number + 1, "name": name, "name_key": name_key(name)}


def _accounts(chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(ACCOUNTS):
        name = account_name(number)
        yield {
            "name": name,
            "name_key": name_key(name),
            "segment": chance.choice(_SEGMENTS),
            "region": chance.choice(_REGIONS),
            "city": chance.choice(_CITIES),
        }


def _aliases() -> Iterator[dict[str, Any]]:
    """A short name for each; for Chinese names one in Traditional characters too."""
    for number in range(ACCOUNTS):
        name = account_name(number)
        others = {f"{name.rpartition(' ')[0]} {number}" if " " in name else f"{name[2:]}{number}"}
        if " " not in name:
            others.add(f"{to_traditional(name)}總部")
        for other in sorted(others):
            yield {"account_id": number + 1, "name": other, "name_key": name_key(other)}


def _coverage(chance: random.Random) -> Iterator[dict[str, Any]]:
    """An owner for nine accounts in ten; the rest is derived from deals."""
    for number in range(ACCOUNTS):
        if number % 10:
            yield {"account_id": number + 1, "person_id": chance.randint(1, _PEOPLE)}


def _deals(chance: random.Random, today: date) -> Iterator[dict[str, Any]]:
    for number in range(ACCOUNTS * 4):
        stage = chance.choice((Stage.WON, Stage.WON, Stage.LOST, Stage.ENGAGING))
        begun = today - timedelta(days=chance.randint(30, 900))
        ended = begun + timedelta(days=chance.randint(5, 200))
        over = stage is not Stage.ENGAGING
        yield {
            "external_id": f"D{number}",
            "account_id": number // 4 + 1,
            "person_id": chance.randint(1, _PEOPLE),
            "product_id": chance.randint(1, 12),
            "stage": stage,
            "engaged_on": begun,
            "closed_on": min(ended, today) if over else None,
            "expected_on": None if over else today + timedelta(days=chance.randint(1, 200)),
            "value": Decimal(chance.randint(1_000, 200_000)),
            "currency": "USD",
            "source": "made up",
        }


def _factors(chance: random.Random, today: date) -> Iterator[dict[str, Any]]:
    for number in range(ACCOUNTS):
        for factor in (Factor.POTENTIAL, Factor.DEMONSTRATION, Factor.ABILITY):
            money = factor is Factor.POTENTIAL
            yield {
                "account_id": number + 1,
                "factor": factor,
                "value": Decimal(
                    chance.randint(10_000, 900_000) if money else chance.randint(0, 100)
                ),
                "unit": "USD" if money else "points",
                "as_of": today - timedelta(days=chance.randint(1, 300)),
                "source": "made up",
            }


def _evaluations(chance: random.Random, today: date) -> Iterator[dict[str, Any]]:
    for number in range(0, ACCOUNTS, 2):
        yield {
            "account_id": number + 1,
            "dimension": Dimension.RELATIONSHIP,
            "held_on": today - timedelta(days=chance.randint(1, 300)),
            "points": Decimal(chance.randint(20, 95)),
        }


def _notes(chance: random.Random, today: date) -> Iterator[dict[str, Any]]:
    for number in range(NOTES):
        yield {
            "account_id": number % ACCOUNTS + 1,
            "person_id": chance.randint(1, _PEOPLE),
            "held_on": today - timedelta(days=chance.randint(1, 400)),
            "summary": f"{chance.choice(_WANTS)} ({account_name(number % ACCOUNTS)})",
            "source": "made up",
        }


def _plans(today: date) -> Iterator[dict[str, Any]]:
    for number in range(PLANS):
        yield {
            "account_id": number + 1,
            "title": f"Plan for {account_name(number)}",
            "period_start": date(today.year, 1, 1),
            "period_end": date(today.year, 12, 31),
            "updated_on": today,
        }


def _sections(chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(PLANS * SECTIONS):
        yield {
            "plan_id": number // SECTIONS + 1,
            "key": f"section-{number % SECTIONS}",
            "position": number % SECTIONS,
            "title": ("Goals", "Needs", "Risks", "Team", "Next steps")[number % SECTIONS],
            "body": f"{chance.choice(_WANTS)} {chance.choice(_WANTS)}",
        }
