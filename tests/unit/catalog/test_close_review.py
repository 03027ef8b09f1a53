"""Closing an account review: what is kept, of whom, once, and by whom."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from tests.unit.catalog.tooling import follows_the_contract
from tests.unit.catalog.world import TODAY, World, english, renders
from tools.catalog import close_review as module
from tools.catalog.close_review import close_review
from tools.changes import Outcome, confirm, remove_line, undo
from tools.data.models import Account, ReviewEntry, ReviewPeriod
from tools.data.reviews import last_review
from tools.data.upkeep import last_key_accounts
from tools.deps import Deps
from tools.domain.vocabulary import Factor, Measure, Role
from tools.errors import BadInput, NotAllowed

D = Decimal
KNOWN, YEAR_END = date(2017, 12, 1), date(2017, 12, 31)


def test_it_is_a_tool_of_the_catalog() -> None:
    follows_the_contract(module)


@pytest.fixture
def east(world: World) -> Deps:
    """The director of East, where Alpha is scored high, Beta low and Gamma not at all."""
    region = world.unit("East")
    rep = world.person("Anna", unit=region)
    for name, potential, points in (("Alpha", 40_000_000, 90), ("Beta", 100_000, 10)):
        account = world.account(name, region="East")
        world.covers(rep, account)
        world.figure(account, Measure.OUR_REVENUE, potential // 10, as_of=KNOWN)
        world.factor(account, Factor.POTENTIAL, potential, KNOWN, "USD")
        world.factor(account, Factor.DEMONSTRATION, points, KNOWN)
        world.factor(account, Factor.ABILITY, points, KNOWN)
    world.covers(rep, world.account("Gamma", region="East"))
    world.covers(world.person("Other", unit=world.unit("West")), world.account("Delta"))
    return world.deps(world.asker(world.person("Head", Role.DIRECTOR, region)))


def entries(world: World) -> dict[str, ReviewEntry]:
    with world.sessions() as session:
        found = session.exec(select(ReviewEntry))
        return {session.get_one(Account, e.account_id).name: e for e in found}


def periods(world: World) -> list[ReviewPeriod]:
    with world.sessions() as session:
        return list(session.exec(select(ReviewPeriod).order_by(ReviewPeriod.id)))  # type: ignore[arg-type]


def close(deps: Deps, **dates: date) -> Outcome:
    return confirm(deps, close_review(deps, **dates).change_id).outcome


def test_every_account_of_the_region_is_kept_as_it_stands(world: World, east: Deps) -> None:
    proposal = close_review(east)
    assert proposal.title == (
        "Close the account review of East, 2017-10-01 to 2017-12-31: 3 accounts"
    )
    assert entries(world) == {}
    records = {english(f.record).split(":")[0] for f in proposal.fields}
    assert records == {"account review East", "Alpha", "Beta", "Gamma"}
    assumed = {english(f.field) for f in proposal.fields if f.assumed}
    assert assumed == {"period from", "period until"}
    renders(proposal.card())
    assert confirm(east, proposal.change_id).outcome is Outcome.APPLIED
    (period,) = periods(world)
    assert (period.scope, period.period_start, period.period_end, period.closed_on) == (
        "East",
        date(2017, 10, 1),
        YEAR_END,
        TODAY,
    )
    assert (period.closed_by_id, period.rules_version) == (east.asker.person_id, 0)
    # Alpha 0.3 × 80 + 0.3 × 100 + 0.2 × 100 + 0.2 × 100; Beta 20 in each of the four.
    kept = {n: (e.rank, e.score, e.key_account, e.tier) for n, e in entries(world).items()}
    assert kept == {
        "Alpha": (1, D(94), True, "vip"),
        "Beta": (2, D(20), False, "basic"),
        "Gamma": (None, None, False, None),
    }
    assert entries(world)["Alpha"].inputs == {
        "revenue": "4000000",
        "potential": "40000000",
        "demonstration": "90",
        "ability": "90",
    }


def test_undoing_takes_all_rows_back(world: World, east: Deps) -> None:
    change = close_review(east).change_id
    confirm(east, change)
    assert undo(east, change).outcome is Outcome.UNDONE
    assert (entries(world), periods(world)) == ({}, [])
    assert close(east) is Outcome.APPLIED


def test_an_account_taken_out_is_not_kept(world: World, east: Deps) -> None:
    proposal = close_review(east)
    gamma = next(f.position for f in proposal.fields if english(f.record).startswith("Gamma"))
    remove_line(east, proposal.change_id, gamma)
    confirm(east, proposal.change_id)
    assert set(entries(world)) == {"Alpha", "Beta"}


def test_a_period_closes_once_and_the_next_one_follows(world: World, east: Deps) -> None:
    assert close(east, until=date(2017, 9, 30)) is Outcome.APPLIED
    for dates in (
        {"since": date(2017, 8, 1), "until": date(2017, 10, 31)},
        {"until": date(2017, 9, 30)},
        {"until": date(2017, 8, 31)},
    ):
        with pytest.raises(BadInput, match="closed until 2017-09-30"):
            close_review(east, **dates)
    assert close(east) is Outcome.APPLIED
    assert [(p.period_start, p.period_end) for p in periods(world)] == [
        (date(2017, 7, 1), date(2017, 9, 30)),
        (date(2017, 10, 1), YEAR_END),
    ]
    with pytest.raises(BadInput, match="still to come"):
        close_review(east, until=date(2018, 1, 2))
    with pytest.raises(BadInput, match="cannot close"):
        close_review(east, since=date(2018, 1, 1), until=date(2017, 12, 31))


def test_two_who_close_at_once_leave_one_review(world: World, east: Deps) -> None:
    second = world.deps(world.asker(world.person("Deputy", Role.DIRECTOR, east.asker.unit_id)))
    one, two = close_review(east).change_id, close_review(second).change_id
    assert confirm(east, one).outcome is Outcome.APPLIED
    assert confirm(second, two).outcome is Outcome.STALE
    assert len(periods(world)) == 1


def test_what_the_director_does_not_read_is_left_out_and_said(world: World, east: Deps) -> None:
    world.account("Hidden", region="East")
    proposal = close_review(east)
    assert [english(line) for line in proposal.card().missing] == [
        "Left out, as you do not read them in full: 1 account."
    ]
    confirm(east, proposal.change_id)
    assert "Hidden" not in entries(world)


def test_a_review_of_the_company_holds_every_account(world: World, east: Deps) -> None:
    head = world.deps(world.asker(world.person("Chief", Role.DIRECTOR, world.unit("HQ2"))))
    with pytest.raises(BadInput, match="no account"):
        close_review(head)
    reader = world.person("Reader", Role.DIRECTOR)
    world.reports(world.person("Rep"), reader)
    some = world.deps(world.asker(reader))
    with pytest.raises(NotAllowed, match="no account"):
        close_review(some)
    assert close(world.deps()) is Outcome.APPLIED
    assert set(entries(world)) == {"Alpha", "Beta", "Gamma", "Delta"}
    with world.sessions() as session:
        found = last_review(session, YEAR_END)
        assert found is not None
        assert found.scope == "company"
        assert [session.get_one(Account, i).name for i in last_key_accounts(session, TODAY)] == [
            "Alpha"
        ]


def test_a_later_review_of_a_region_leaves_the_others_as_they_were(
    world: World, east: Deps
) -> None:
    close(world.deps(), until=date(2017, 12, 30))
    with world.sessions() as session:
        kept = last_key_accounts(session, TODAY)
        delta = session.exec(select(Account.id).where(Account.name == "Delta")).one()
        period = session.exec(select(ReviewPeriod.id)).one()
        entry = session.exec(select(ReviewEntry).where(ReviewEntry.account_id == delta)).one()
        entry.key_account = True
        session.commit()
    close(east, since=YEAR_END)
    with world.sessions() as session:
        assert last_key_accounts(session, TODAY) == kept | {delta}
        assert period == 1


def test_only_directors_close_reviews(world: World, east: Deps) -> None:
    roles = (Role.NEWCOMER, Role.REP, Role.MANAGER, Role.SPONSOR, Role.SALES_OPERATIONS)
    for role in roles:
        somebody = world.deps(world.asker(world.person(role.value, role, east.asker.unit_id)))
        with pytest.raises(NotAllowed):
            close_review(somebody)
