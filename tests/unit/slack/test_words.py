"""Markdown of a language model: styles without asterisks, lists, and no link or mention."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks.words import inline, word_blocks
from bot.slack.blocks.written import written
from bot.slack.limits import violations


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        ("**粗体**，后文", [("粗体", "bold"), ("，后文", "")]),
        ("客户**“霁川”**的得分", [("客户", ""), ("“霁川”", "bold"), ("的得分", "")]),
        ("共**（三家）**。", [("共", ""), ("（三家）", "bold"), ("。", "")]),
        ("a `b*c` and *it*", [("a ", ""), ("b*c", "code"), (" and ", ""), ("it", "italic")]),
        ("~~old~~ 2 * 3 * 4", [("old", "strike"), (" 2 * 3 * 4", "")]),
        ("snake_case and a*b*c", [("snake_case and a*b*c", "")]),
        ("[here](https://x.example)", [("here (https://x.example)", "")]),
        ("<!channel> <@U1>", [("<!channel> <@U1>", "")]),
    ],
)
def test_styles_of_a_line(said: str, runs: list[tuple[str, str]]) -> None:
    found = [(run["text"], next(iter(run.get("style", {})), "")) for run in inline(said)]
    assert found == runs


def test_structure_of_an_answer() -> None:
    blocks = word_blocks(
        "# 结论\n**甲**领先。\n\n- 一\n- 二\n\n1. first\n2. second\n\n> said\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode * x\n```"
    )
    kinds = [part["type"].removeprefix("rich_text_") for b in blocks for part in b["elements"]]
    assert kinds == ["section", "section", "list", "list", "quote", "preformatted", "preformatted"]
    assert [b["elements"][0].get("style") for b in blocks][2:4] == ["bullet", "ordered"]
    assert written(blocks).startswith(
        "结论\n甲领先。\n• 一\n• 二\n1. first\n2. second\nsaid\n| a | b |"
    )
    assert "*" not in written(blocks[:-1])
    assert violations(blocks, view="message") == []


@given(st.text("*_~`#->|[]()<!@1.\n 中文，（）ab", max_size=200))
def test_any_markdown_keeps_the_limits_and_holds_text_alone(said: str) -> None:
    blocks = word_blocks(said)
    assert violations(blocks, view="message") == []
    assert set(re.findall(r'"type": "(\w+)"', json.dumps(blocks))) <= {
        "rich_text",
        "rich_text_section",
        "rich_text_list",
        "rich_text_quote",
        "rich_text_preformatted",
        "text",
    }
