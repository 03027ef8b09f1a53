"""Names to records: aliases, scripts, typos, and questions instead of guesses."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session

from tools import resolve
from tools.access import OPERATOR, Asker, Scope
from tools.data.database import Sessions
from tools.data.models import Account, AccountAlias, Person, PersonAlias, Product, Unit, UnitAlias
from tools.domain.names import name_key
from tools.domain.vocabulary import Role, UnitKind
from tools.errors import Ambiguous, BadInput, NotFound

ALL = Scope(None, 4)


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    with sessions() as opened:
        _add_accounts(opened)
        _add_people(opened)
        opened.add(Product(name="GTX Pro", name_key="gtxpro"))
        opened.commit()
        yield opened


def _add_accounts(session: Session) -> None:
    names = (
        ("Acme Corporation", ("ACME", "顶峰集团")),
        ("华东精工股份有限公司", ("East Precision", "华东精工")),
        ("晨曦電子苏州分公司", ()),
        ("晨曦電子无锡分公司", ()),
        ("Konex", ()),
        ("Practice Company", ()),
    )
    for name, aliases in names:
        account = Account(name=name, name_key=name_key(name), sandbox=name.startswith("Practice"))
        session.add(account)
        session.flush()
        for alias in aliases:
            session.add(AccountAlias(account_id=account.id, name=alias, name_key=name_key(alias)))


def _add_people(session: Session) -> None:
    unit = Unit(name="East China", name_key="eastchina", kind=UnitKind.REGION)
    session.add(unit)
    session.flush()
    session.add(UnitAlias(unit_id=unit.id, name="华东区", name_key="华东区"))
    for name in ("Violet Mclelland", "Mei-Mei Johns", "Violet Chan"):
        session.add(Person(name=name, name_key=name_key(name), unit_id=unit.id))
    session.flush()
    session.add(PersonAlias(person_id=2, name="江美美", name_key="江美美"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Acme Corporation", "Acme Corporation"),
        ("acme", "Acme Corporation"),
        ("ＡＣＭＥ", "Acme Corporation"),
        ("Acme Corp.", "Acme Corporation"),
        ("Acme Corporaton", "Acme Corporation"),
        ("顶峰集团", "Acme Corporation"),
        ("頂峰集團", "Acme Corporation"),
        ("顶峰", "Acme Corporation"),
        ("華東精工", "华东精工股份有限公司"),
        ("華東精工股份有限公司", "华东精工股份有限公司"),
        ("华东精公股份有限公司", "华东精工股份有限公司"),
        ("晨曦电子苏州", "晨曦電子苏州分公司"),
        ("konnex", "Konex"),
    ],
)
def test_an_account_is_found_by_any_form(session: Session, asked: str, found: str) -> None:
    assert resolve.account(session, asked, ALL).name == found


def test_two_candidates_are_a_question(session: Session) -> None:
    with pytest.raises(Ambiguous) as caught:
        resolve.account(session, "晨曦电子", ALL)
    assert caught.value.parameter == "account"
    assert caught.value.choices == ("晨曦電子无锡分公司", "晨曦電子苏州分公司")


def test_an_unknown_name_offers_the_nearest(session: Session) -> None:
    with pytest.raises(NotFound) as caught:
        resolve.account(session, "Konerra", ALL)
    assert caught.value.choices == ("Konex",)


def test_a_name_without_letters_is_asked_for(session: Session) -> None:
    with pytest.raises(BadInput):
        resolve.account(session, " … ", ALL)


def test_who_may_not_know_of_an_account_is_not_told_its_name(session: Session) -> None:
    sandbox = Scope(frozenset({6}), 0)
    for asked in ("Konex", "konnex", "晨曦电子"):
        with pytest.raises(NotFound) as caught:
            resolve.account(session, asked, sandbox)
        assert caught.value.choices == ()
    assert resolve.account(session, "practice", sandbox).name == "Practice Company"


def test_me_is_the_asker(session: Session) -> None:
    asker = Asker(2, "Mei-Mei Johns", Role.REP, 1)
    assert resolve.person(session, "我", asker).name == "Mei-Mei Johns"
    assert resolve.unit(session, "my team", asker).name == "East China"
    with pytest.raises(BadInput):
        resolve.person(session, "me", OPERATOR)


@pytest.mark.parametrize("asked", ["mei-mei johns", "Johns", "江美美", "Mei Mei Jonhs"])
def test_a_person_is_found_by_any_form(session: Session, asked: str) -> None:
    assert resolve.person(session, asked, OPERATOR).name == "Mei-Mei Johns"


def test_a_shared_first_name_is_a_question(session: Session) -> None:
    with pytest.raises(Ambiguous) as caught:
        resolve.person(session, "Violet", OPERATOR)
    assert caught.value.choices == ("Violet Mclelland", "Violet Chan")


@pytest.mark.parametrize("asked", ["east china", "华东区", "華東區", "华东", "East"])
def test_a_unit_is_found_by_any_form(session: Session, asked: str) -> None:
    assert resolve.unit(session, asked, OPERATOR).name == "East China"


def test_a_product_is_found_without_its_space(session: Session) -> None:
    assert resolve.product(session, "gtxpro").name == "GTX Pro"


@pytest.mark.parametrize(
    ("recorded", "asked"),
    [
        ("半导体", "semiconductors"),
        ("半导体", "半導體行業"),
        ("半导体", "芯片"),
        ("retail", "零售业"),
        ("汽车制造", "Automotive"),
        ("食品饮料", "食品"),
    ],
)
def test_a_segment_is_found_in_the_other_language(
    session: Session, recorded: str, asked: str
) -> None:
    session.add(Account(name="One", name_key="one", segment=recorded))
    session.add(Account(name="Two", name_key="two", segment="轨道交通"))
    session.flush()
    assert resolve.segment(session, asked) == recorded


def test_a_region_is_found_by_its_english_name(session: Session) -> None:
    session.add(Account(name="One", name_key="one", region="华南"))
    session.flush()
    assert resolve.region(session, "South China") == "华南"
    assert resolve.region(session, "east china region") == "East China"
