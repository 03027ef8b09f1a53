"""Who may propose what on whose account: every role, every tool that writes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

from tests.unit.catalog.access_world import (
    ACCOUNTS,
    EVERYBODY,
    OTHER_SANDBOX,
    READS,
    SELLERS,
    Company,
    Which,
    Who,
    company,
)
from tools.catalog import WRITES
from tools.changes import Proposal
from tools.deps import Deps
from tools.domain.vocabulary import PlanStatus
from tools.errors import NotAllowed, NotFound

EVERYBODY_KNOWN: frozenset[Who] = frozenset(EVERYBODY) - {"unknown"}
SELLING: frozenset[Who] = frozenset({"newcomer", "rep", "manager"})
JUDGING: frozenset[Who] = SELLING | {"director"}
MANAGER: frozenset[Who] = frozenset({"manager"})
DIRECTOR: frozenset[Who] = frozenset({"director"})
SPONSOR: frozenset[Who] = frozenset({"sponsor"})
OPERATIONS: frozenset[Who] = frozenset({"sales operations"})


@dataclass(frozen=True)
class Writes:
    """Who may use a tool, and its arguments for an account; `anywhere` needs no account."""

    who: frozenset[Who]
    arguments: Callable[[Which], Mapping[str, object]]
    anywhere: bool = False


def on(who: frozenset[Who], **more: object) -> Writes:
    """A tool that writes on one account."""
    return Writes(who, lambda which: {"account": ACCOUNTS[which], **more})


TABLE: dict[str, Writes] = {
    "update_account": on(SELLING, city="Lyon"),
    "add_alias": Writes(
        SELLING, lambda which: {"account": ACCOUNTS[which], "alias": f"Other {ACCOUNTS[which]}"}
    ),
    "log_interaction": on(SELLING, summary="they want more"),
    "add_contact": on(SELLING, name="Wu"),
    "update_contact": on(SELLING, contact="Zebulon", title="CFO"),
    "add_need": on(SELLING, description="a pump"),
    "update_need": on(SELLING, state="closed"),
    "add_opportunity": on(SELLING, name="line two"),
    "update_opportunity": on(SELLING, stage="won"),
    "note_to_plan": on(SELLING, note="Visited. They need a pump in May."),
    "set_factor_input": on(SELLING, factor="potential", value=Decimal(5)),
    "set_financial": on(SELLING, measure="rebates", year=2017, amount=Decimal(8)),
    "set_wallet_share": on(SELLING, supplier="Rival", year=2017, amount=Decimal(3)),
    "add_risk": on(SELLING, description="late payment", kind="financial"),
    "update_risk": on(SELLING, answer="wait"),
    "edit_plan_section": on(SELLING, section="goals", body="Sell more."),
    "start_plan": on(SELLING),
    "add_plan_section": on(SELLING, section="risks", body="Fire."),
    "submit_plan": on(SELLING),
    "set_level": on(SELLING, kind="need", level=4),
    "record_answer": on(SELLING, question="how does a purchase run", answer="slowly"),
    "set_purchasing_behaviour": on(SELLING, trait="buying", value="local"),
    "review_plan": on(SPONSOR, verdict="agree", comment="go on"),
    "add_task": on(JUDGING, description="call them"),
    "update_task": on(JUDGING, state="done"),
    "set_credit_shares": Writes(
        OPERATIONS,
        lambda which: {"account": ACCOUNTS[which], "shares": {SELLERS[which]: Decimal(100)}},
    ),
    "approve_plan": on(MANAGER),
    "assign_coverage": on(MANAGER, person="Zeno"),
    "end_coverage": Writes(
        MANAGER, lambda which: {"account": ACCOUNTS[which], "person": SELLERS[which]}
    ),
    "set_kpi_target": on(MANAGER, kpi="growth", amount=Decimal(5)),
    "set_checklist_item": on(
        JUDGING, checklist="penetration plan", item="incumbent", evidence="minutes"
    ),
    "record_evaluation": on(JUDGING, dimension="relationship", points=Decimal(70)),
    "hand_over": Writes(MANAGER, lambda which: {"person": SELLERS[which], "successor": "Zeno"}),
    "close_review": Writes(
        DIRECTOR,
        lambda which: {"region": "West" if which == "foreign" else "East"},
    ),
    "set_exchange_rate": Writes(
        OPERATIONS, lambda _: {"currency": "EUR", "rate": Decimal("1.1")}, anywhere=True
    ),
    "update_rollout": Writes(
        OPERATIONS, lambda _: {"activity": "train", "state": "done"}, anywhere=True
    ),
    "change_rule": Writes(
        OPERATIONS, lambda _: {"path": "score.top_share", "value": "0.15"}, anywhere=True
    ),
    "finish_lesson": Writes(
        EVERYBODY_KNOWN, lambda _: {"lesson": "1", "answers": "a b c a"}, anywhere=True
    ),
}
STATUS = {"approve_plan": PlanStatus.SUBMITTED, "start_plan": PlanStatus.APPROVED}
EXPECTED = [(tool, who) for tool in sorted(TABLE) for who in EVERYBODY]


@pytest.fixture(scope="module")
def companies(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[PlanStatus, Company]]:
    folder = tmp_path_factory.mktemp("writers")
    states = (PlanStatus.DRAFT, *STATUS.values())
    made = {status: company(sqlite_template, folder, status) for status in states}
    yield made
    for each in made.values():
        each.close()


def test_no_tool_that_writes_is_missing_here() -> None:
    assert {tool.name for tool in WRITES} <= set(TABLE)


@pytest.mark.parametrize(("tool", "who"), EXPECTED)
def test_each_role_writes_what_is_theirs(
    companies: dict[PlanStatus, Company],
    tool: str,
    who: Who,
    record_property: Callable[[str, object], None],
) -> None:
    record_property("decisions", ("writes", tool, str(who), len(ACCOUNTS)))
    status = STATUS.get(tool, PlanStatus.DRAFT)
    deps, row = companies[status].deps(who), TABLE[tool]
    allowed = {which for which in ACCOUNTS if proposes(deps, tool, row.arguments(which))}
    everywhere = set(ACCOUNTS) if row.anywhere else READS[who]
    assert allowed == (everywhere if who in row.who else set())


def proposes(deps: Deps, tool: str, arguments: Mapping[str, object]) -> bool:
    """Whether the tool proposes something; a refusal names nothing that the asker may not know."""
    function = getattr(import_module(f"tools.catalog.{tool}"), tool)
    choices: tuple[str, ...] = ()
    try:
        return isinstance(function(deps, **arguments), Proposal)
    except NotAllowed:
        pass
    except NotFound as error:
        choices = error.choices
    assert set(choices) <= {ACCOUNTS["sandbox"], OTHER_SANDBOX}
    return False
