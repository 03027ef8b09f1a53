"""The accounts that are passed over when gaps are looked for have none, and all are found."""

from datetime import date, timedelta
from random import Random

import pytest

from tests.unit.catalog.world import TODAY, World
from tools.catalog.coverage_gaps import coverage_gaps
from tools.data.coverage import coverage_on, soundly_covered
from tools.data.database import Sessions
from tools.data.models import Coverage
from tools.domain.coverage import Gap
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import CoverageRole, Role

SINGLE = (CoverageRole.OWNER, CoverageRole.DIRECTOR)
LISTED = {Gap.UNCOVERED, Gap.TWICE, Gap.LEFT}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("single", [SINGLE, ()])
def test_sound_accounts_are_those_without_a_gap(
    sessions: Sessions, seed: int, single: tuple[CoverageRole, ...]
) -> None:
    world, random = World(sessions), Random(seed)
    accounts = _covered(world, random)
    with sessions() as session:
        for on in (TODAY, TODAY - timedelta(days=50)):
            sound = soundly_covered(session, on, single)
            known = coverage_on(session, on, RuleSet(), accounts)
            gaps = {account: set(found.gaps(single)) for account, found in known.items()}
            expected = {
                account: Gap.NO_STAND_IN not in found
                for account, found in gaps.items()
                if not found & LISTED
            }
            assert sound == expected


@pytest.mark.parametrize("seed", range(4))
def test_gaps_are_counted_over_all_accounts(sessions: Sessions, seed: int) -> None:
    world, random = World(sessions), Random(seed)
    accounts = _covered(world, random)
    found = coverage_gaps(world.deps())
    with sessions() as session:
        known = coverage_on(session, TODAY, RuleSet(), accounts)
    gaps = [one.gaps(RuleSet().coverage.single_roles) for one in known.values()]
    assert found.accounts == len(accounts)
    assert dict(found.counts) == {gap: sum(gap in one for one in gaps) for gap in Gap}
    assert len(found.found) == sum(bool(set(one) & LISTED) for one in gaps)


def _covered(world: World, random: Random) -> list[int]:
    """Accounts with up to four coverages; no deals, so no owner is derived."""
    people = [world.person(f"Person {i}", Role.REP, active=i > 1) for i in range(6)]
    accounts = [world.account(f"Account {i}") for i in range(40)]
    for account in accounts:
        for _ in range(random.randint(0, 4)):
            role = random.choice([*CoverageRole, CoverageRole.OWNER, CoverageRole.OWNER])
            world.add(
                Coverage(
                    account_id=account,
                    person_id=random.choice(people),
                    role=role,
                    starts_on=_day(random),
                    ends_on=_day(random, ahead=True),
                )
            )
    return accounts


def _day(random: Random, *, ahead: bool = False) -> date | None:
    days = random.randint(1, 100)
    return random.choice([None, TODAY + timedelta(days=days if ahead else -days)])
