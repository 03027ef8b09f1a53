"""Targets of KPIs: for whom, for when, in what, and who may set them."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from tests.unit.catalog.tooling import follows_the_contract
from tests.unit.catalog.world import World, english, renders
from tools.catalog import kpis as reading
from tools.catalog import set_kpi_target as module
from tools.catalog.set_kpi_target import set_kpi_target
from tools.changes import Outcome, Proposal, confirm, undo
from tools.data.models import KpiFigure
from tools.deps import Deps
from tools.domain.vocabulary import Role
from tools.errors import Ambiguous, BadInput, NotAllowed, NotFound
from tools.kpi_labels import KPIS, Counted, kpi_named

D = Decimal


def test_it_is_a_tool_of_the_catalog() -> None:
    follows_the_contract(module)


@pytest.fixture
def chief(world: World) -> Deps:
    """A manager of East with Anna below, whose account is Alpha; West is somebody else's."""
    east = world.unit("East")
    branch = world.unit("Harbour", parent=east)
    world.unit("West")
    anna = world.person("Anna", unit=branch)
    world.person("Ben", unit=world.unit("North"))
    world.covers(anna, world.account("Alpha"))
    world.account("Beta")
    return world.deps(world.asker(world.person("Chief", Role.MANAGER, east)))


def figures(world: World) -> list[KpiFigure]:
    with world.sessions() as session:
        return list(session.exec(select(KpiFigure).order_by(KpiFigure.id)))  # type: ignore[arg-type]


def done(deps: Deps, proposal: Proposal) -> None:
    assert confirm(deps, proposal.change_id).outcome is Outcome.APPLIED


def test_a_target_of_a_team_for_the_year(world: World, chief: Deps) -> None:
    proposal = set_kpi_target(chief, "retention", D(95), unit="Harbour")
    assert proposal.title == "Target of Harbour for retention, 2018-01-01 to 2018-12-31"
    assert {english(f.field) for f in proposal.fields if f.assumed} == {
        "period from",
        "period until",
    }
    renders(proposal.card())
    assert figures(world) == []
    done(chief, proposal)
    (kept,) = figures(world)
    assert (kept.kpi, kept.target, kept.amount, kept.unit) == ("retention", True, D(95), "%")
    assert (kept.period_start, kept.period_end) == (date(2018, 1, 1), date(2018, 12, 31))
    assert kept.source == "Chief"
    assert undo(chief, proposal.change_id).outcome is Outcome.UNDONE
    assert figures(world) == []


def test_a_target_said_again_is_changed_and_read_back(world: World, chief: Deps) -> None:
    quarter = {"since": date(2018, 1, 1), "until": date(2018, 3, 31)}
    first = set_kpi_target(chief, "revenue", D(100), person="Anna", currency="EUR", **quarter)
    done(chief, first)
    assert [f for f in first.fields if f.assumed] == []
    again = set_kpi_target(
        chief, "大客户收入", D("120.5"), person="Anna", currency="EUR", **quarter
    )
    assert [(f.before, f.after) for f in again.fields] == [(D(100), D("120.5"))]
    done(chief, again)
    assert [row.amount for row in figures(world)] == [D("120.5")]
    (read,) = reading.kpis(chief, person="Anna", on=date(2018, 2, 1)).kpis
    assert read.target is not None
    assert (read.target.value, read.target.unit) == (D("120.5"), "EUR")
    with pytest.raises(BadInput, match="nothing to change"):
        set_kpi_target(chief, "revenue", D("120.5"), person="Anna", currency="EUR", **quarter)


def test_two_at_once_leave_one_figure(world: World, chief: Deps) -> None:
    one = set_kpi_target(chief, "retention", D(90), account="Alpha").change_id
    two = set_kpi_target(chief, "retention", D(80), account="Alpha").change_id
    assert confirm(chief, one).outcome is Outcome.APPLIED
    assert confirm(chief, two).outcome is Outcome.STALE
    assert [row.amount for row in figures(world)] == [D(90)]


def test_an_actual_is_only_entered_where_nothing_computes_it(world: World, chief: Deps) -> None:
    done(chief, set_kpi_target(chief, "executive visits", D(4), person="Anna", actual=True))
    done(chief, set_kpi_target(chief, "profit", D(-4), unit="East", actual=True))
    assert [row.target for row in figures(world)] == [False, False]
    for kpi, of in (
        ("revenue", {"person": "Anna"}),
        ("share of wallet", {"account": "Alpha"}),
        ("profit", {"account": "Alpha"}),
        ("计划有效率", {"unit": "East"}),
    ):
        with pytest.raises(BadInput, match="computed"):
            set_kpi_target(chief, kpi, D(4), actual=True, **of)
    with pytest.raises(BadInput, match="still to come"):
        set_kpi_target(
            chief, "retention", D(4), account="Alpha", actual=True, since=date(2018, 2, 1)
        )


@pytest.mark.parametrize(
    ("kpi", "amount"),
    [
        ("retention", "101"),
        ("retention", "-1"),
        ("executive visits", "2.5"),
        ("executive visits", "-2"),
        ("revenue", "-2"),
    ],
)
def test_a_figure_that_does_not_fit(chief: Deps, kpi: str, amount: str) -> None:
    with pytest.raises(BadInput, match="does not fit"):
        set_kpi_target(chief, kpi, D(amount), account="Alpha")


def test_growth_may_fall_and_pass_a_hundred(world: World, chief: Deps) -> None:
    done(chief, set_kpi_target(chief, "growth", D(-5), account="Alpha"))
    done(chief, set_kpi_target(chief, "growth", D(140), account="Alpha"))
    assert [row.amount for row in figures(world)] == [D(140)]


def test_what_is_not_said_is_asked(chief: Deps) -> None:
    for of in ({}, {"account": "Alpha", "unit": "East"}):
        with pytest.raises(BadInput, match="Name the one"):
            set_kpi_target(chief, "retention", D(1), **of)
    with pytest.raises(NotFound) as missing:
        set_kpi_target(chief, "sunshine", D(1), unit="East")
    assert "retention" in missing.value.choices
    with pytest.raises(BadInput, match="before it begins"):
        set_kpi_target(
            chief, "growth", D(1), unit="East", since=date(2018, 5, 1), until=date(2018, 4, 1)
        )


def test_a_manager_sets_targets_below_and_nobody_else_does(world: World, chief: Deps) -> None:
    for of in ({"unit": "West"}, {"person": "Ben"}):
        with pytest.raises(NotAllowed, match="who lead"):
            set_kpi_target(chief, "retention", D(1), **of)
    with pytest.raises(NotAllowed, match="account team"):
        set_kpi_target(chief, "retention", D(1), account="Beta")
    for role in (Role.NEWCOMER, Role.REP, Role.DIRECTOR, Role.SPONSOR, Role.SALES_OPERATIONS):
        somebody = world.deps(world.asker(world.person(role.value, role, chief.asker.unit_id)))
        with pytest.raises(NotAllowed):
            set_kpi_target(somebody, "retention", D(1), unit="East")
    world.add(
        KpiFigure(
            kpi="retention",
            target=True,
            amount=D(1),
            unit="%",
            source="board",
            period_start=date(2018, 1, 1),
            period_end=date(2018, 12, 31),
        )
    )
    done(world.deps(), set_kpi_target(world.deps(), "retention", D(2), unit="West"))


def test_every_kpi_is_found_by_each_of_its_names() -> None:
    for key, kpi in KPIS.items():
        for name in (key, kpi.label.en, kpi.label.zh, *kpi.aliases):
            assert kpi_named(name) == key
    assert {kpi.counted for kpi in KPIS.values()} == set(Counted)
    with pytest.raises((Ambiguous, NotFound)):
        kpi_named("customers")
