"""Who reads what of whose account: every role, every tool that reads.

A tool either refuses an account that the asker does not read in full, or shows what is public
of it. In neither case does a secret of that account come out.
"""

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest

from bot.present import plain_card
from tests.unit.catalog.access_world import (
    ACCOUNTS,
    EVERYBODY,
    OTHER_SANDBOX,
    READS,
    SECRETS,
    Company,
    Which,
    Who,
    company,
)
from tools import catalog
from tools.deps import Deps
from tools.errors import KamError, NotAllowed, NotFound
from tools.text import Language

Answer = Literal["shown", "refused", "unknown"]
Call = Callable[[Which], Mapping[str, object]]
ALONE: Call = lambda which: {"account": ACCOUNTS[which]}  # noqa: E731

INTERNAL: dict[str, Call] = {
    **dict.fromkeys(
        (
            "account_plan",
            "account_summary",
            "account_value",
            "acquisition_readiness",
            "checklist_state",
            "closeness",
            "composite_score",
            "contact_map",
            "deal_credit",
            "esp_stage",
            "evaluations_due",
            "health",
            "information_state",
            "kpis",
            "needs",
            "penetration_barriers",
            "pipeline",
            "profitability",
            "revenue",
            "review_changes",
            "risks",
            "score_changes",
            "selection_criteria",
            "serving_mode",
            "share_of_wallet",
            "strategic_assessment",
            "strategy_state",
            "three_checks",
            "tier",
            "what_changed",
            "whcse",
            "win_rate",
        ),
        ALONE,
    ),
    "account_search": lambda which: {"question": "goals", "account": ACCOUNTS[which]},
    "contact": lambda which: {"contact": SECRETS["contact"], "account": ACCOUNTS[which]},
    "compare_accounts": lambda which: {"accounts": [ACCOUNTS[which], OTHER_SANDBOX]},
    "score_what_if": lambda which: {"account": ACCOUNTS[which], "potential": Decimal(9)},
}
"""Refused to whoever does not read the account in full."""
PUBLIC: dict[str, Call] = dict.fromkeys(
    ("account_family", "account_profile", "coverage_owner"), ALONE
)
"""Shows what is public of an account to everybody but newcomers and unknown people."""
TABLE = INTERNAL | PUBLIC
EXPECTED = [(tool, who) for tool in sorted(TABLE) for who in EVERYBODY]
LISTS = sorted(
    tool.name
    for tool in catalog.READS
    if all(
        parameter.default is not parameter.empty
        for name, parameter in inspect.signature(tool.function).parameters.items()
        if name != "deps"
    )
)


@pytest.fixture(scope="module")
def alder(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = company(sqlite_template, tmp_path_factory.mktemp("readers"))
    yield made
    made.close()


def test_no_tool_that_takes_an_account_is_missing_here() -> None:
    takes = {
        tool.name
        for tool in catalog.READS
        if {"account", "accounts"} & set(inspect.signature(tool.function).parameters)
    }
    assert takes <= set(TABLE)


@pytest.mark.parametrize(("tool", "who"), EXPECTED)
def test_each_role_reads_what_is_theirs(
    alder: Company, tool: str, who: Who, record_property: Callable[[str, object], None]
) -> None:
    record_property("decisions", ("reads", tool, str(who), len(ACCOUNTS)))
    answers = {which: _answer(alder.deps(who), tool, which) for which in ACCOUNTS}
    assert answers == {which: _expected(tool, who, which) for which in ACCOUNTS}


@pytest.mark.parametrize("tool", LISTS)
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_list_holds_no_secret_of_others(alder: Company, tool: str, who: Who) -> None:
    function = getattr(import_module(f"tools.catalog.{tool}"), tool)
    try:
        shown = _shown(function(alder.deps(who)).card())
    except KamError:
        return
    hidden = [number for number, which in enumerate(ACCOUNTS) if which not in READS[who]]
    assert not [number for number in hidden if f"7,654,32{number}" in shown]
    if not READS[who]:
        assert not [secret for secret in SECRETS.values() if secret in shown]


def _expected(tool: str, who: Who, which: Which) -> Answer:
    if which in READS[who]:
        return "shown"
    if who == "unknown":
        return "refused"
    if who == "newcomer":
        return "unknown"
    return "shown" if tool in PUBLIC else "refused"


def _answer(deps: Deps, tool: str, which: Which) -> Answer:
    function = getattr(import_module(f"tools.catalog.{tool}"), tool)
    try:
        result = function(deps, **TABLE[tool](which))
    except NotAllowed:
        return "refused"
    except NotFound as error:
        choices = error.choices
    else:
        shown = _shown(result.card())
        if which not in {w for w in ACCOUNTS if _reads(deps, w)}:
            assert not [secret for secret in SECRETS.values() if secret in shown]
        return "shown"
    assert set(choices) <= {ACCOUNTS["sandbox"], OTHER_SANDBOX}
    return "unknown"


def _reads(deps: Deps, which: Which) -> bool:
    from tools.access import scope_of

    with deps.sessions() as session:
        number = list(ACCOUNTS).index(which) + 1
        return scope_of(session, deps.asker, deps.today).reads_fully(number)


def _shown(card: object) -> str:
    return json.dumps(plain_card(card, Language.ENGLISH), ensure_ascii=False)  # type: ignore[arg-type]
