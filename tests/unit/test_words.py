"""Text in a terminal breaks between Chinese characters, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.cli.words import Words

CONSOLE = Console(width=80)
SENTENCE = "- 虚线：同一位销售与区域大客户总监相连（K3）。总监派任务、给指导、做培训。"


def broken(text: str, width: int) -> list[str]:
    return [line.plain for line in Words(text).wrap(CONSOLE, width)]


def test_lines_of_chinese_are_filled() -> None:
    lines = broken(SENTENCE, 30)
    assert lines[0].startswith("- 虚线：同一位")
    assert all(cell_len(line) >= 26 for line in lines[:-1])


@pytest.mark.parametrize("width", [10, 24, 80])
def test_words_of_english_stay_whole(width: int) -> None:
    text = "A dedicated team is dear"
    assert " ".join(line.strip() for line in broken(text, width)) == text


@given(st.text("虚线（K3）。abc de \n", max_size=60), st.integers(4, 40))
def test_no_line_is_too_wide_and_no_sign_is_lost(text: str, width: int) -> None:
    lines = broken(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_figures_stay_to_the_right() -> None:
    (line,) = Words("42").wrap(CONSOLE, 6, justify="right")
    assert line.plain == "    42"
