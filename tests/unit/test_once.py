"""What a turn works out once is never another person's, another day's or another turn's."""

import asyncio
from datetime import timedelta

import pytest

from tests.unit.catalog.world import TODAY, World
from tools.access import Asker, Readers, scope_of
from tools.data.database import Sessions
from tools.data.models import Coverage
from tools.domain.vocabulary import CoverageRole, Role
from tools.once import fresh, kept, once


class Company:
    """Two reps of a unit; the first covers Alpha since today, the second Beta."""

    def __init__(self, sessions: Sessions) -> None:
        self.world = World(sessions)
        east = self.world.unit("East")
        self.ana = self.world.person("Ana", Role.REP, east)
        self.ben = self.world.person("Ben", Role.REP, east)
        self.alpha, self.beta = self.world.account("Alpha"), self.world.account("Beta")
        self.cover(self.alpha, self.ana)
        self.cover(self.beta, self.ben)

    def cover(self, account: int, person: int) -> None:
        role = CoverageRole.OWNER
        self.world.add(Coverage(account_id=account, person_id=person, role=role, starts_on=TODAY))

    def reads(self, person: int, *along: int, days: int = 0) -> frozenset[int] | None:
        one = self.world.asker(person)
        readers = Readers(frozenset(along)) if along else None
        asker = Asker(one.person_id, one.name, one.role, one.unit_id, readers)
        with self.world.sessions() as session:
            return scope_of(session, asker, TODAY + timedelta(days=days)).full


@pytest.fixture
def company(sessions: Sessions) -> Company:
    return Company(sessions)


def test_each_person_reader_and_day_has_a_scope_of_its_own(company: Company) -> None:
    with kept():
        assert company.reads(company.ana) == {company.alpha}
        assert company.reads(company.ben) == {company.beta}
        assert company.reads(company.ana, company.ben) == frozenset()
        assert company.reads(company.ana, company.ana) == {company.alpha}
        assert company.reads(company.ana, days=-1) == frozenset()
        assert company.reads(company.ana) == {company.alpha}


def test_the_next_turn_sees_what_changed(company: Company) -> None:
    with kept():
        assert company.reads(company.ana) == {company.alpha}
        company.cover(company.beta, company.ana)
        assert company.reads(company.ana) == {company.alpha}
        with fresh():
            assert company.reads(company.ana) == {company.alpha, company.beta}
    with kept():
        assert company.reads(company.ana) == {company.alpha, company.beta}
    assert company.reads(company.ana) == {company.alpha, company.beta}


def test_turns_that_run_at_once_share_nothing_but_a_turn_shares_with_its_threads() -> None:
    found: list[str] = []

    def find(name: str) -> str:
        found.append(name)
        return name

    async def turn(name: str) -> str:
        with kept():
            await asyncio.sleep(0)
            await asyncio.to_thread(once, "key", lambda: find(name))
            await asyncio.sleep(0)
            return await asyncio.to_thread(once, "key", lambda: find("again"))

    async def turns() -> list[str]:
        return await asyncio.gather(turn("one"), turn("two"))

    assert asyncio.run(turns()) == ["one", "two"]
    assert sorted(found) == ["one", "two"]


def test_what_fails_is_tried_again_and_none_is_an_answer() -> None:
    def fails() -> None:
        raise LookupError

    with kept():
        with pytest.raises(LookupError):
            once("key", fails)
        assert once("key", lambda: None) is None
        assert once("key", lambda: 1) is None
    assert once("key", lambda: 1) == 1
