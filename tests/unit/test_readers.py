"""What those who read along may not see is not read, whoever asks."""

import pytest

from tests.unit.catalog.world import TODAY, World
from tools.access import OPERATOR, Asker, Readers, Scope, scope_of
from tools.data.database import Sessions
from tools.data.models import Coverage
from tools.domain.vocabulary import CoverageRole, Role


@pytest.fixture
def world(sessions: Sessions) -> World:
    return World(sessions)


class Company:
    """Two regions with a rep and an account each; the manager of the first sees its account."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.east, self.west = world.unit("East"), world.unit("West")
        self.ana = world.person("Ana", Role.REP, self.east)
        self.ben = world.person("Ben", Role.REP, self.west)
        self.mia = world.person("Mia", Role.MANAGER, self.east)
        self.new = world.person("Noa", Role.NEWCOMER, self.east)
        self.ops = world.person("Ops", Role.SALES_OPERATIONS, self.east)
        self.gone = world.person("Gil", Role.MANAGER, self.east, active=False)
        self.alpha, self.beta = world.account("Alpha"), world.account("Beta")
        for account, person in ((self.alpha, self.ana), (self.beta, self.ben)):
            world.add(Coverage(account_id=account, person_id=person, role=CoverageRole.OWNER))

    def scope(self, asker: int, *readers: int, others: bool = False) -> Scope:
        one = self.world.asker(asker)
        along = Readers(frozenset(readers), others)
        with self.world.sessions() as session:
            return scope_of(
                session, Asker(one.person_id, one.name, one.role, one.unit_id, along), TODAY
            )


@pytest.fixture
def company(world: World) -> Company:
    return Company(world)


def test_alone_a_manager_reads_the_accounts_of_the_team(company: Company) -> None:
    scope = company.scope(company.mia, company.mia)

    assert scope.full == {company.alpha}
    assert company.east in scope.led


def test_with_a_rep_beside_only_what_both_read_is_read(company: Company) -> None:
    scope = company.scope(company.mia, company.mia, company.ana)

    assert scope.full == {company.alpha}
    assert scope.people == {company.ana}
    assert not scope.led
    assert not company.scope(company.mia, company.mia, company.ben).full


def test_sales_operations_narrow_nobody_and_are_narrowed(company: Company) -> None:
    assert company.scope(company.ana, company.ana, company.ops).full == {company.alpha}
    assert company.scope(company.ops, company.ana, company.ops).full == {company.alpha}
    assert company.scope(company.ops, company.ops).full is None


def test_a_newcomer_beside_hides_even_public_facts(company: Company) -> None:
    scope = company.scope(company.ana, company.ana, company.new)

    assert (scope.full, scope.elsewhere, scope.units) == (frozenset(), 0, frozenset())


@pytest.mark.parametrize("hides", ["others", "gone", "unknown"])
def test_whoever_is_no_active_colleague_hides_everything(company: Company, hides: str) -> None:
    readers = {"others": [], "gone": [company.gone], "unknown": [9_999]}[hides]

    for asker in (company.ana, company.mia, company.ops):
        scope = company.scope(asker, asker, *readers, others=hides == "others")
        assert (scope.full, scope.elsewhere) == (frozenset(), 0)
        assert not scope.people
        assert not scope.led


def test_the_operator_is_narrowed_as_well(company: Company) -> None:
    along = Asker(None, OPERATOR.name, OPERATOR.role, readers=Readers(frozenset({company.ben})))
    with company.world.sessions() as session:
        assert scope_of(session, along, TODAY).full == {company.beta}
