"""A company with one person per role, to ask each tool as each of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copy
from typing import Literal

from tests.unit.catalog.records import answered, habit, need, planned, risk, section, step, supplied
from tests.unit.catalog.world import TODAY, World
from tools.access import Asker
from tools.data.database import SessionFactory, open_engine, session_factory
from tools.data.models import KpiFigure, ReviewEntry, ReviewPeriod, RolloutActivity
from tools.deps import Deps
from tools.domain.vocabulary import (
    CoverageRole,
    Dimension,
    Factor,
    Layer,
    Measure,
    PlanStatus,
    RiskKind,
    Role,
)

Who = Literal["newcomer", "rep", "manager", "director", "sponsor", "sales operations", "unknown"]
Which = Literal["own", "unit's", "foreign", "sandbox"]
ACCOUNTS: Mapping[Which, str] = {
    "own": "Alder Works",
    "unit's": "Birch Mills",
    "foreign": "Cedar Foundry",
    "sandbox": "Dogwood Practice",
}
EVERYBODY: tuple[Who, ...] = (
    "newcomer",
    "rep",
    "manager",
    "director",
    "sponsor",
    "sales operations",
    "unknown",
)
OTHER_SANDBOX = "Elder Practice"
READS: Mapping[Who, frozenset[Which]] = {
    "newcomer": frozenset({"sandbox"}),
    "rep": frozenset({"own", "sandbox"}),
    "manager": frozenset({"own", "unit's", "sandbox"}),
    "director": frozenset({"own", "unit's", "sandbox"}),
    "sponsor": frozenset({"own", "sandbox"}),
    "sales operations": frozenset(ACCOUNTS),
    "unknown": frozenset(),
}
"""The accounts that each reads in full: the rep owns and the sponsor sponsors "own"; the
manager and the director lead the unit of those who cover "own" and "unit's"."""
SELLERS: Mapping[Which, str] = {
    "own": "Rita",
    "unit's": "Otto",
    "foreign": "Wanda",
    "sandbox": "Tess",
}
SECRETS = {
    "interaction": "we whispered",
    "need": "a hidden press",
    "risk": "the plant may burn",
    "answer": "they will merge",
    "plan": "double the price",
    "contact": "Zebulon Quark",
    "supplier": "Nemesis Gmbh",
    "step": "quiet pilot",
    "note": "hates our logo",
    "amount": "7,654,32",
    "target": "93.21",
}
"""What is recorded of each account and must never be shown to others; the amounts of the
four accounts differ in the last digits only."""


class Company:
    """The company, on a database of its own."""

    def __init__(self, sessions: SessionFactory, people: Mapping[Who, int]) -> None:
        self._sessions = sessions
        self.world = World(sessions)
        self._people = people

    def deps(self, who: Who) -> Deps:
        if who == "unknown":
            return self.world.deps(Asker(None, "Guest", Role.REP))
        return self.world.deps(self.world.asker(self._people[who]))

    def close(self) -> None:
        self._sessions.close()


def company(template: Path, folder: Path, status: PlanStatus = PlanStatus.DRAFT) -> Company:
    """The company on a copy of an empty database; its plans have that status."""
    file = folder / f"{status}.db"
    copy(template, file)
    sessions = session_factory(open_engine(f"sqlite:///{file}"))
    world = World(sessions)
    east = world.unit("East")
    harbour = world.unit("Harbour", parent=east)
    west = world.unit("West")
    people: dict[Who, int] = {
        "newcomer": world.person("Nora", Role.NEWCOMER, harbour),
        "rep": world.person("Rita", Role.REP, harbour),
        "manager": world.person("Mara", Role.MANAGER, east),
        "director": world.person("Dora", Role.DIRECTOR, east),
        "sponsor": world.person("Sven", Role.SPONSOR),
        "sales operations": world.person("Ole", Role.SALES_OPERATIONS),
    }
    sellers = {
        "own": people["rep"],
        "unit's": world.person("Otto", unit=harbour),
        "foreign": world.person("Wanda", unit=west),
        "sandbox": world.person("Tess"),
    }
    for number, (which, name) in enumerate(ACCOUNTS.items()):
        account = world.account(
            name, region="West" if which == "foreign" else "East", sandbox=which == "sandbox"
        )
        world.covers(sellers[which], account)
        _fill(world, account, sellers[which], number, status)
    world.account(OTHER_SANDBOX, sandbox=True)
    world.add(RolloutActivity(phase="start", position=1, activity="train the managers"))
    world.covers(people["sponsor"], 1, role=CoverageRole.SPONSOR)
    world.person("Zeno", unit=west)
    return Company(sessions, people)


def _fill(world: World, account: int, seller: int, number: int, status: PlanStatus) -> None:
    """One record of every kind, each with a secret in it."""
    amount = 7_654_320 + number
    known = date(2017, 12, 1)
    contact = world.contact(account, SECRETS["contact"], layer=Layer.DECISION, title="CEO")
    world.met(account, known, contact, executive=True)
    need(world, account, SECRETS["need"], amount=Decimal(amount), currency="USD", expected_on=TODAY)
    risk(world, account, RiskKind.DELIVERY, SECRETS["risk"])
    answered(world, account, "market_future", SECRETS["answer"])
    habit(world, account, "payment", "slow")
    supplied(world, account, SECRETS["supplier"], amount)
    step(world, account, "ladder", "basic", SECRETS["step"])
    plan = planned(world, account, status=status, author_id=seller)
    section(world, plan, "goals", SECRETS["plan"])
    world.deal(account, seller, amount, known, currency="USD", name="won deal")
    world.deal(account, seller, amount, currency="USD", name="open deal")
    world.figure(account, Measure.ADDRESSABLE_SPEND, 2 * amount, as_of=known)
    world.figure(account, Measure.COST_OF_GOODS, amount - 1, as_of=known)
    for factor, unit in (
        (Factor.POTENTIAL, "USD"),
        (Factor.ABILITY, ""),
        (Factor.DEMONSTRATION, ""),
    ):
        world.factor(account, factor, amount if unit else 73, known, unit)
    for dimension in Dimension:
        world.evaluated(account, dimension, 71, known, note=SECRETS["note"])
    year = {"period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}
    world.add(
        KpiFigure(
            kpi="retention",
            target=True,
            account_id=account,
            amount=Decimal("93.21"),
            unit="%",
            source="board",
            **year,
        )
    )
    if account == 1:
        world.add(ReviewPeriod(scope="company", closed_on=known, rules_version=0, **year))
    world.add(
        ReviewEntry(review_id=1, account_id=account, rank=1, score=Decimal(73), key_account=True)
    )
