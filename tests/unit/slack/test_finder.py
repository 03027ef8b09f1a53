"""Names found by any way to write them."""

import time
from collections.abc import Callable

import pytest

from bot.slack.finder import account_finder, person_finder
from tests.unit.catalog.world import World
from tools.data.database import Sessions
from tools.data.models import Account, AccountAlias, PersonAlias
from tools.domain.names import name_key

Find = Callable[[str], list[str]]


@pytest.fixture
def find(sessions: Sessions) -> Find:
    world = World(sessions)
    for name in ("霁川半导体有限公司", "Orvane Semiconductor", "Banyan Hollow", "Hollow Pines"):
        world.account(name)
    world.add(AccountAlias(account_id=1, name="Merrowick", name_key="merrowick"))
    finder = account_finder(sessions)
    return lambda typed: [one.label for one in finder.find(typed, lambda _: True)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("霁川", "霁川半导体有限公司"),
        ("霽川", "霁川半导体有限公司"),
        ("半导", "霁川半导体有限公司"),
        ("jichuan", "霁川半导体有限公司"),
        ("ji chuan", "霁川半导体有限公司"),
        ("jcbdt", "霁川半导体有限公司"),
        ("bandaoti", "霁川半导体有限公司"),
        ("merro", "霁川半导体有限公司 (Merrowick)"),
        ("MERROWICK", "霁川半导体有限公司 (Merrowick)"),
        ("merowick", "霁川半导体有限公司 (Merrowick)"),
        ("orvnae", "Orvane Semiconductor"),
        ("semicon", "Orvane Semiconductor"),
        ("hollow", "Hollow Pines"),
    ],
)
def test_any_way_to_write_a_name_finds_it(find: Find, typed: str, first: str) -> None:
    assert find(typed)[0] == first


def test_a_name_is_listed_once_and_nonsense_is_not(find: Find) -> None:
    assert find("hollow") == ["Hollow Pines", "Banyan Hollow"]
    assert find("zzzzqqqq") == []


def test_new_names_are_found_at_once(sessions: Sessions) -> None:
    world, finder = World(sessions), account_finder(sessions)
    assert finder.find("alpha", lambda _: True) == []
    number = world.account("Alpha")
    assert [one.name for one in finder.find("alpha", lambda _: True)] == ["Alpha"]
    with sessions() as session:
        account = session.get_one(Account, number)
        account.name, account.name_key, account.version = "Beta", "beta", 2
        session.commit()
    assert finder.find("alpha", lambda _: True) == []


def test_colleagues_who_left_are_not_found(sessions: Sessions) -> None:
    world = World(sessions)
    ada = world.person("Ada Wong")
    world.person("Ada Left", active=False)
    world.add(PersonAlias(person_id=ada, name="黄雅达", name_key="黄雅达"))
    finder = person_finder(sessions)
    assert [one.name for one in finder.find("ada", lambda _: True)] == ["Ada Wong"]
    assert [one.label for one in finder.find("huangyada", lambda _: True)] == ["Ada Wong (黄雅达)"]


@pytest.mark.bench
def test_ten_thousand_accounts_are_searched_as_somebody_types(sessions: Sessions) -> None:
    names = [
        f"{'霁川晨曦沐川'[n % 6]}{'半导体科技能源'[n % 7]}{n} Works {n % 97}" for n in range(10_000)
    ]
    with sessions() as session:
        session.add_all(Account(name=name, name_key=name_key(name)) for name in names)
        session.commit()
    finder = account_finder(sessions)
    finder.find("a", lambda _: True)
    slowest = 0.0
    for typed in ("w", "works", "霁", "jichuan", "wroks 12", "nothing like it"):
        begun = time.perf_counter()
        assert len(finder.find(typed, lambda _: True)) <= 100
        slowest = max(slowest, time.perf_counter() - begun)
    assert slowest < 0.3
