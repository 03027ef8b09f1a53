"""Colleagues by surname and title."""

import pytest

from bot.agent.builtin.folding import fold
from bot.agent.builtin.titles import titled_mentions
from tests.unit.builtin.world import lexicon


@pytest.mark.parametrize(
    ("text", "said", "person"),
    [
        ("what does Ms Schlecht cover", "Ms Schlecht", "Darcel Schlecht"),
        ("Mr. Frase's win rate", "Mr. Frase", "Moses Frase"),
        ("张总的客户", "张总", "张伟"),
        ("張經理的客戶", "張經理", "张伟"),
        ("ms zhang's accounts", "ms zhang", "张伟"),
        ("黎女士负责哪些客户", "黎女士", "黎娜"),
    ],
)
def test_one_colleague_of_the_surname(text: str, said: str, person: str) -> None:
    (mention,) = titled_mentions(fold(text), lexicon())
    assert (mention.said, mention.values, mention.choices) == (said, {"person": person}, ())


def test_several_of_one_surname_are_a_question() -> None:
    (mention,) = titled_mentions(fold("Ms Li's accounts"), lexicon())
    assert mention.choices == ("李娜", "黎娜")


@pytest.mark.parametrize("text", ["大客户总监的职责", "Mr Nobody", "客户经理是谁", "总经理"])
def test_no_colleague_of_the_surname(text: str) -> None:
    assert list(titled_mentions(fold(text), lexicon())) == []
