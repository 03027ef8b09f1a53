"""The lexicon of a database: every alias, and fresh after each change."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.agent.lexicon import Entry, Lexicon, Named
from bot.agent.recorded_names import LexiconProvider
from tools.access import OPERATOR
from tools.data import visitors
from tools.data.database import Sessions
from tools.data.models import (
    Account,
    AccountAlias,
    AuditEntry,
    Person,
    Product,
    Unit,
)
from tools.domain.names import name_key
from tools.domain.vocabulary import UnitKind
from tools.once import kept


@pytest.fixture
def filled(sessions: Sessions) -> Sessions:
    with sessions() as session:
        account = Account(
            name="宏远机械有限公司", name_key=name_key("宏远机械有限公司"), segment="retail"
        )
        session.add(account)
        session.flush()
        assert account.id is not None
        alias = AccountAlias(account_id=account.id, name="Hongyuan", name_key="hongyuan")
        east = Unit(name="East", name_key="east", kind=UnitKind.REGION)
        person = Person(name="张伟", name_key="张伟")
        product = Product(name="GTX Pro", name_key="gtxpro", list_price=Decimal(1))
        session.add_all([alias, east, person, product])
        session.commit()
    return sessions


@pytest.mark.parametrize(
    ("key", "entries"),
    [
        ("宏远机械有限公司", [("account", "宏远机械有限公司")]),
        ("宏远机械", [("account", "宏远机械有限公司")]),
        ("hongyuan", [("account", "宏远机械有限公司")]),
        ("east", [("unit", "East"), ("region", "East")]),
        ("东部", [("region", "East"), ("unit", "East")]),
        ("零售行业", [("segment", "retail")]),
        ("软件", []),
        ("gtxpro", [("product", "GTX Pro")]),
        ("获取检查表", [("checklist", "acquisition")]),
    ],
)
def test_a_thing_goes_by_all_its_names(
    filled: Sessions, key: str, entries: list[tuple[str, str]]
) -> None:
    more = [Named("checklist", "acquisition", "客户获取清单")]
    lexicon = LexiconProvider(filled, lambda: more)()
    assert set(lexicon.find(key)) == {Entry(*entry) for entry in entries}


def test_the_lexicon_is_kept_until_a_name_comes(filled: Sessions) -> None:
    provider = LexiconProvider(filled)
    first = provider()
    assert provider() is first
    with filled() as session:
        session.add(Person(name="李娜", name_key="李娜"))
        session.commit()
    assert provider().find("李娜") == (Entry("person", "李娜"),)


def test_the_lexicon_is_built_again_after_a_recorded_change(filled: Sessions) -> None:
    provider = LexiconProvider(filled)
    first = provider()
    with filled() as session:
        session.add(AuditEntry(actor="x", surface="cli", action="a", previous_hash="", hash="h"))
        session.commit()
    assert provider() is not first


@pytest.mark.parametrize(
    ("tables", "again"),
    [
        (["interaction"], False),
        (["interaction", "need"], False),
        (["account"], True),
        (["interaction", "contact"], True),
        ([], True),
    ],
)
def test_a_change_to_tables_without_names_leaves_the_lexicon(
    filled: Sessions, tables: list[str], again: bool
) -> None:
    provider = LexiconProvider(filled)
    first = provider()
    rows = [{"table": table, "id": 1, "before": {}, "after": {}} for table in tables]
    with filled() as session:
        entry = AuditEntry(actor="x", surface="cli", action="change applied", previous_hash="")
        entry.detail, entry.hash = {"title": "t", "rows": rows}, "h"
        session.add(entry)
        session.commit()
    assert (provider() is not first) is again


def test_who_somebody_is_in_slack_changes_no_name(filled: Sessions) -> None:
    provider = LexiconProvider(filled)
    first = provider()
    with filled() as session:
        number = session.exec(select(Person.id)).first() or 0
        visitors.link(session, number, "T1:U1", by=OPERATOR, at=datetime.now(UTC), reason="asked")
    assert provider() is first


def test_a_turn_keeps_its_lexicon_and_the_next_one_sees_the_new_name(filled: Sessions) -> None:
    provider = LexiconProvider(filled)
    with kept():
        first = provider()
        with filled() as session:
            session.add(Person(name="李娜", name_key="李娜"))
            session.commit()
        assert provider() is first
    with kept():
        assert provider().find("李娜") == (Entry("person", "李娜"),)


def test_pinyin_finds_chinese_names_family_name_first_or_last(filled: Sessions) -> None:
    romanised = LexiconProvider(filled)().romanised
    assert romanised["zhangwei"] == (Entry("person", "张伟"),)
    assert romanised["weizhang"] == (Entry("person", "张伟"),)


def test_the_north_is_the_only_northern_region(sessions: Sessions) -> None:
    with sessions() as session:
        session.add_all(
            Account(name=region, name_key=region, region=region) for region in ("华北", "华东")
        )
        session.commit()
    lexicon = LexiconProvider(sessions)()
    assert lexicon.find("north") == (Entry("region", "华北"),)
    with sessions() as session:
        session.add(Account(name="N", name_key="n", region="North"))
        session.commit()
    assert LexiconProvider(sessions)().find("north") == (Entry("region", "North"),)


def test_namesakes_share_a_way_to_be_written_or_their_first_word() -> None:
    lexicon = Lexicon(
        [
            Named("account", "苏州精工", "精工"),
            Named("account", "杭州精工", "精工"),
            Named("account", "Lihe Precision", "Lihe Precision"),
            Named("account", "Lihe Suzhou", "Lihe Suzhou"),
            Named("person", "Lihe Tan", "Lihe Tan"),
        ]
    )
    assert lexicon.namesakes("精工", "account") == ["杭州精工", "苏州精工"]
    assert lexicon.namesakes("苏州精工", "account") == ["杭州精工", "苏州精工"]
    assert lexicon.namesakes("Lihe Precision", "account") == ["Lihe Precision", "Lihe Suzhou"]
    assert lexicon.namesakes("Nobody", "account") == []
