"""Menus that search as somebody types."""

import pytest

from tests.scenario.slack.acting import searched
from tests.scenario.slack.bench import (
    GUEST,
    MANAGER,
    NEWCOMER,
    OPERATIONS,
    OTHER,
    REP,
    UNKNOWN,
    Bench,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALL, OWN, PERSON = "kam_account_pick", "kam_own_account_pick", "kam_person_pick"


async def found(bench: Bench, action: str, typed: str, user: str) -> list[str]:
    answer = await bench.slack.click(searched(action, typed, user))
    assert answer is not None
    return [option["text"]["text"] for option in answer["options"]]


async def test_everybody_finds_what_they_may_see(bench: Bench) -> None:
    mine = bench.account("Velloway Glass")
    bench.world.account("Velloway Steel")
    practice = bench.account("Velloway Practice", newcomers=True)
    all_of_them = {"Velloway Glass", "Velloway Steel", "Velloway Practice"}
    assert set(await found(bench, ALL, "vellow", REP)) == all_of_them
    assert set(await found(bench, OWN, "vellow", REP)) == {mine, practice}
    assert set(await found(bench, OWN, "vellow", MANAGER)) == {mine, practice}
    assert await found(bench, OWN, "vellow", OTHER) == [practice]
    assert set(await found(bench, OWN, "vellow", OPERATIONS)) == all_of_them
    assert await found(bench, ALL, "vellow", NEWCOMER) == [practice]
    for nobody in (UNKNOWN, GUEST):
        assert await found(bench, ALL, "vellow", nobody) == []


async def test_colleagues_are_found(bench: Bench) -> None:
    assert await found(bench, PERSON, "okaf", REP) == ["Ben Okafor"]
    assert await found(bench, PERSON, "okaf", NEWCOMER) == []


async def test_nothing_typed_finds_nothing(bench: Bench) -> None:
    assert await found(bench, ALL, " ", REP) == []
