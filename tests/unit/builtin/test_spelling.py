"""Slips of the keyboard."""

import pytest

from bot.agent.builtin.folding import fold
from bot.agent.builtin.spelling import corrected
from bot.agent.builtin.thesaurus import stem, tokens_of


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("reveune", "revenue"),
        ("acounts", "accounts"),
        ("scroe", "score"),
        ("pipline", "pipeline"),
        ("wich", "which"),
        ("custmers", "customers"),
        ("oportunities", "opportunities"),
        ("score", "score"),
        ("world", "world"),
        ("sea", "sea"),
        ("poem", "poem"),
        ("weather", "weather"),
    ],
)
def test_one_slip_is_mended(word: str, meant: str) -> None:
    folded = fold(f"the {word}")
    form = corrected(tokens_of(folded.text), folded, lambda _word: False)[-1].form
    assert form == stem(meant)


def test_a_name_and_a_word_of_the_examples_stay() -> None:
    folded = fold("the Scroe scroe")
    forms = [
        t.form for t in corrected(tokens_of(folded.text), folded, lambda w: w == stem("scroe"))
    ]
    assert forms == ["the", "scroe", "scroe"]
    forms = [t.form for t in corrected(tokens_of(folded.text), folded, lambda _w: False)]
    assert forms == ["the", "scroe", "score"]
