"""Whole sentences, follow-ups and questions, over the tools of the catalog."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.agent.builtin.language import language_of
from bot.agent.builtin.outcomes import Calls, Lost, Outcome, Question
from bot.agent.builtin.routing import Router, example_reading
from bot.agent.builtin.thread import Call, Thread
from bot.agent.builtin.understanding import Understanding
from tests.unit.builtin.world import TODAY, lexicon
from tools.catalog import READS, WRITES
from tools.text import Language

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
Expected = list[list[Any]]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(Router(READS), lexicon(), TODAY, writer=Router(WRITES))


def rows(section: str, *, held: bool) -> Iterator[list[Any]]:
    """Rows without their mark, of those that have it or of those that have not."""
    for row in CASES[section]:
        if ("held" in row) == held:
            yield [part for part in row if part != "held"]


def calls_of(outcome: Outcome) -> Expected | None:
    if not isinstance(outcome, Calls):
        return None
    return [
        [c.tool, {k: v for k, v in c.arguments.items() if k != "question"}] for c in outcome.calls
    ]


def expected(row: list[Any]) -> Expected:
    return row[1] if isinstance(row[1], list) else [[row[1], row[2]]]


@pytest.mark.parametrize("held", [False, True], ids=["tuned", "held"])
def test_at_least_95_in_100_sentences_are_understood_in_each_language(
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
        assert count >= 0.95 * (count + len(wrong[language])), wrong[language]


def test_each_example_of_a_tool_leads_to_that_tool(understanding: Understanding) -> None:
    wrong = [
        f"{tool.name}: {example}"
        for tool in READS
        for example in (*tool.examples.en, *tool.examples.zh)
        if understanding.ranked(example_reading(example))[0].tool != tool
    ]
    assert len(wrong) <= 0.05 * sum(len(t.examples.en) + len(t.examples.zh) for t in READS), wrong


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
