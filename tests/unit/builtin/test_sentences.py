"""Whole sentences, follow-ups and questions, over the tools of the catalog."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.agent.builtin.language import language_of
from bot.agent.builtin.outcomes import Calls, Lost, Outcome, Question
from bot.agent.builtin.routes import learned_routes
from bot.agent.builtin.routing import Router, example_reading
from bot.agent.builtin.thread import Call, Thread
from bot.agent.builtin.understanding import Understanding
from kam_knowledge.scripts import has_chinese
from tests.unit.builtin.world import TODAY, lexicon
from tools.catalog import READS, WRITES
from tools.catalog.spec import Tool
from tools.text import Language

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
Expected = list[list[Any]]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    routes = learned_routes()
    return Understanding(Router(READS, routes), lexicon(), TODAY, writer=Router(WRITES, routes))


def rows(section: str, *, held: bool) -> Iterator[list[Any]]:
    """Rows without their mark, of those that have it or of those that have not."""
    for row in CASES[section]:
        if ("held" in row) == held:
            yield [part for part in row if part != "held"]


def _arguments(call: Call) -> dict[str, Any]:
    return {k: v for k, v in call.arguments.items() if k != "question"}


def calls_of(outcome: Outcome) -> Expected | None:
    if not isinstance(outcome, Calls):
        return None
    return [[call.tool, _arguments(call)] for call in outcome.calls]


def proposal_of(outcome: Outcome) -> list[Any] | None:
    """The call that a change leads to, even where it waits for what is missing."""
    if isinstance(outcome, Question):
        return [outcome.asked.call.tool, _arguments(outcome.asked.call)]
    calls = calls_of(outcome)
    return calls[0] if calls and len(calls) == 1 else None


def expected(row: list[Any]) -> Expected:
    return row[1] if isinstance(row[1], list) else [[row[1], row[2]]]


@pytest.mark.parametrize("held", [False, True], ids=["tuned", "held"])
def test_at_least_97_in_100_sentences_are_understood_in_each_language(
    understanding: Understanding, held: bool
) -> None:
    right: dict[Language, int] = defaultdict(int)
    wrong: dict[Language, list[str]] = defaultdict(list)
    for row in rows("single", held=held):
        language = language_of(row[0], Language.ENGLISH)
        got = calls_of(understanding.of(Thread(row[0], (), None)))
        if got == expected(row):
            right[language] += 1
        else:
            wrong[language].append(f"{row[0]}: {got}")
    assert set(right) == set(Language)
    for language, count in right.items():
        assert count >= 0.97 * (count + len(wrong[language])), wrong[language]


@pytest.mark.parametrize("held", [False, True], ids=["tuned", "held"])
def test_at_least_97_in_100_changes_are_proposed_as_said(
    understanding: Understanding, held: bool
) -> None:
    every = list(rows("changes", held=held))
    got = {row[0]: proposal_of(understanding.of(Thread(row[0], (), None))) for row in every}
    wrong = [f"{row[0]}: {got[row[0]]}" for row in every if got[row[0]] != row[1:]]
    assert every
    assert len(wrong) <= 0.03 * len(every), wrong


def test_no_question_leads_to_a_change(understanding: Understanding) -> None:
    writes = {tool.name for tool in WRITES}
    sentences = [row[0] for row in CASES["single"]] + CASES["lost"]
    outcomes = {s: proposal_of(understanding.of(Thread(s, (), None))) for s in sentences}
    assert [s for s, call in outcomes.items() if call and call[0] in writes] == []


def test_no_change_is_taken_for_a_question(understanding: Understanding) -> None:
    writes = {tool.name for tool in WRITES}
    outcomes = {
        r[0]: proposal_of(understanding.of(Thread(r[0], (), None))) for r in CASES["changes"]
    }
    assert [s for s, call in outcomes.items() if call and call[0] not in writes] == []


def test_each_tool_is_asked_for_in_both_languages() -> None:
    asked: dict[str, list[str]] = defaultdict(list)
    for row in (*CASES["single"], *CASES["changes"]):
        for tool, _ in expected(row):
            asked[tool].append(row[0])
    for tool in (*READS, *WRITES):
        chinese = [s for s in asked[tool.name] if has_chinese(s)]
        assert len(chinese) >= 4, tool.name
        assert len(asked[tool.name]) - len(chinese) >= 3, tool.name


@pytest.mark.parametrize("tools", [READS, WRITES], ids=["reads", "writes"])
def test_each_example_of_a_tool_leads_to_that_tool(tools: tuple[Tool, ...]) -> None:
    router = Router(tools)
    wrong = [
        f"{tool.name}: {example}"
        for tool in tools
        for example in (*tool.examples.en, *tool.examples.zh)
        if router.choices(example_reading(example))[0].tool != tool
    ]
    assert len(wrong) <= 0.05 * sum(len(t.examples.en) + len(t.examples.zh) for t in tools), wrong


@pytest.mark.parametrize("row", [r for h in (False, True) for r in rows("asks", held=h)], ids=str)
def test_a_missing_argument_is_asked_for(understanding: Understanding, row: list[Any]) -> None:
    outcome = understanding.of(Thread(row[0], (), None))
    assert isinstance(outcome, Question)
    assert (outcome.asked.call.tool, outcome.asked.slot) == (row[1], row[2])


@pytest.mark.parametrize("sentence", CASES["lost"])
def test_what_is_not_of_the_field_is_not_answered(
    understanding: Understanding, sentence: str
) -> None:
    outcome = understanding.of(Thread(sentence, (), None))
    assert isinstance(outcome, Lost)
    assert len(outcome.nearest) == 3


@pytest.mark.parametrize("turns", CASES["threads"], ids=lambda turns: turns[0][0])
def test_a_thread_keeps_its_subject(understanding: Understanding, turns: list[Any]) -> None:
    last: tuple[Call, ...] = ()
    earlier: list[Call] = []
    for message, wanted in turns:
        outcome = understanding.of(Thread(message, last, None, tuple(earlier)))
        assert calls_of(outcome) == wanted, message
        assert isinstance(outcome, Calls)
        last = outcome.calls
        earlier = [*last, *earlier]


def test_only_allowed_tools_are_chosen() -> None:
    narrow = Understanding(Router(READS), lexicon(), TODAY, among=["revenue", "capabilities"])
    outcome = narrow.of(Thread("Who covers Cancity?", (), None))
    assert not isinstance(outcome, Calls) or {c.tool for c in outcome.calls} <= {
        "revenue",
        "capabilities",
    }


def test_a_name_that_several_share_by_sound_is_asked_about(understanding: Understanding) -> None:
    outcome = understanding.of(Thread("li na's accounts", (), None))
    assert isinstance(outcome, Question)
    assert outcome.asked.choices == ("李娜", "黎娜")
    assert outcome.named == "li na"


def test_two_accounts_of_one_alias_are_left_to_the_tool(understanding: Understanding) -> None:
    assert calls_of(understanding.of(Thread("谁负责精工", (), None))) == [
        ["coverage_owner", {"account": "精工"}]
    ]
