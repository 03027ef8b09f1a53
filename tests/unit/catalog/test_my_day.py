"""What waits for a person: each kind, in its order, for that person alone."""

from datetime import timedelta

import pytest

from tests.unit.catalog.world import TODAY, World, english, facts, renders, table_rows
from tools.access import OPERATOR
from tools.catalog.my_day import my_day
from tools.catalog.update_account import update_account
from tools.data.models import ChecklistItem, ChecklistRun, Plan, StrategyItem
from tools.domain.vocabulary import CoverageRole, Dimension, ItemState, PlanStatus, Role
from tools.errors import NotAllowed

DAY = timedelta(days=1)


class Desk:
    """Ana covers Alpha, Ben covers Beta; Mia leads Ana's unit."""

    def __init__(self, world: World) -> None:
        self.world = world
        east = world.unit("East")
        self.ana, self.ben = world.person("Ana", Role.REP, east), world.person("Ben")
        self.mia = world.person("Mia", Role.MANAGER, east)
        self.alpha, self.beta = world.account("Alpha"), world.account("Beta")
        world.covers(self.ana, self.alpha, role=CoverageRole.OWNER)
        world.covers(self.ben, self.beta, role=CoverageRole.OWNER)

    def task(self, account: int, person: int, what: str, due: int, **more: object) -> None:
        self.world.add(
            StrategyItem(
                account_id=account,
                kind="task",
                stage="task",
                description=what,
                due_on=TODAY + due * DAY,
                owner_id=person,
                **more,
            )
        )

    def rows(self, person: int) -> list[list[str]]:
        card = my_day(self.world.deps(self.world.asker(person))).card()
        renders(card)
        return table_rows(card) if card.table else []


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_day_without_anything(world: World) -> None:
    card = my_day(world.deps(world.asker(world.person("Ana")))).card()

    renders(card)
    assert english(card.headline).startswith("Nothing waits for you on 2018-01-01; you cover 0")


def test_tasks_are_the_persons_own_and_open(desk: Desk) -> None:
    desk.task(desk.alpha, desk.ana, "call them", 3)
    desk.task(desk.alpha, desk.ana, "send the offer", -2)
    desk.task(desk.alpha, desk.ana, "done long ago", -9, done_on=TODAY)
    desk.task(desk.alpha, desk.ben, "not hers", 1)

    assert desk.rows(desk.ana) == [
        ["Task", "Alpha", "send the offer", "2017-12-30"],
        ["Task", "Alpha", "call them", "2018-01-04"],
    ]
    card = my_day(desk.world.deps(desk.world.asker(desk.ana))).card()
    assert "2 things wait for you on 2018-01-01, 1 of them late" in english(card.headline)
    assert facts(card) == {"Task": "2"}


def test_a_late_evaluation_and_a_change_wait(desk: Desk) -> None:
    held = TODAY - 500 * DAY
    desk.world.evaluated(desk.alpha, Dimension.RELATIONSHIP, 70, held)
    deps = desk.world.deps(desk.world.asker(desk.ana))
    proposal = update_account(deps, "Alpha", city="Lyon")

    kinds = {row[0]: row for row in desk.rows(desk.ana)}

    assert kinds["Evaluation"][1] == "Alpha"
    assert kinds["Evaluation"][2].endswith("overdue")
    assert kinds["Change to confirm"][2].startswith(f"#{proposal.change_id}: ")
    assert not [row for row in desk.rows(desk.ben) if row[0] != "Slipping account"]


def test_a_checklist_under_way_says_how_far_it_is(desk: Desk) -> None:
    run = ChecklistRun(account_id=desk.alpha, checklist="penetration_plan", started_on=TODAY)
    number = desk.world.add(run)
    for item, state in (("incumbent", ItemState.DONE), ("other", ItemState.OPEN)):
        desk.world.add(ChecklistItem(run_id=number, item=item, state=state))
    finished = ChecklistRun(
        account_id=desk.alpha, checklist="acquisition_plan", started_on=TODAY, finished_on=TODAY
    )
    desk.world.add(finished)

    (row,) = [row for row in desk.rows(desk.ana) if row[0] == "Open checklist"]

    assert ": 1 of " in row[2]
    assert row[2].endswith("decided, since 2018-01-01")


def test_a_submitted_plan_waits_for_the_manager_alone(desk: Desk) -> None:
    plan = Plan(
        account_id=desk.alpha,
        title="Plan",
        status=PlanStatus.SUBMITTED,
        period_start=TODAY,
        period_end=TODAY + 300 * DAY,
        author_id=desk.ana,
        updated_on=TODAY,
    )
    desk.world.add(plan)

    assert ["Plan to approve", "Alpha", "by Ana", "–"] in desk.rows(desk.mia)
    assert not [row for row in desk.rows(desk.ana) if row[0] == "Plan to approve"]


def test_the_operator_has_no_day(world: World) -> None:
    with pytest.raises(NotAllowed):
        my_day(world.deps(OPERATOR))
