"""What was learned of the phrases: up to date, and of use."""

import random
from datetime import date

import pytest

from bot.agent.builtin.learning import filled, phrases, stamp_of
from bot.agent.builtin.reading import read
from bot.agent.builtin.routes import learned_routes
from bot.agent.builtin.routing import ELSEWHERE
from tests.unit.builtin.world import TODAY, lexicon
from tools.catalog import READS, WRITES


def best(sentence: str) -> str:
    leaning = learned_routes().leaning(read(sentence, lexicon(), TODAY, lambda _: True))
    return max(leaning, key=lambda name: leaning[name])


def test_the_weights_are_those_of_the_phrases() -> None:
    """After a phrase was changed, `make learn` writes the weights anew."""
    assert learned_routes().stamp == stamp_of(phrases())


def test_each_tool_was_learned_from_many_phrases() -> None:
    said: dict[str, int] = {}
    for _, name in phrases():
        said[name] = said.get(name, 0) + 1
    assert set(learned_routes().names) == {tool.name for tool in (*READS, *WRITES)} | {ELSEWHERE}
    assert min(said.values()) >= 60, min(said, key=lambda name: said[name])


@pytest.mark.parametrize(
    ("sentence", "tool"),
    [
        ("um I'm seeing Zoomit tomorrow, who is our person there?", "coverage_owner"),
        ("老板问Zoomit今年赢了多少钱", "revenue"),
        ("Zoomit的钱包份额咱们占几成", "share_of_wallet"),
        ("please note that I called Zoomit this morning about the delay", "log_interaction"),
        ("写一首关于春天的诗", ELSEWHERE),
        ("what's the weather like in Paris", ELSEWHERE),
    ],
)
def test_sentences_that_were_not_learned(sentence: str, tool: str) -> None:
    assert best(sentence) == tool


def test_slots_hold_samples_before_they_are_learned() -> None:
    chance = random.Random(1)
    assert "{" not in filled("what is {term}, and {amount} by {date}", chance)
    assert filled("{contact} of {account}", chance) == "{person} of {account}"


def test_an_empty_sentence_leans_nowhere() -> None:
    leaning = learned_routes().leaning(read("", lexicon(), date(2017, 1, 1), lambda _: True))
    assert max(leaning.values()) < 1
