"""The validator says what Slack would refuse, and where."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.slack.limits import limits, message_violations, view_violations, violations

Json = dict[str, Any]


def plain(said: str) -> Json:
    return {"type": "plain_text", "text": said}


def section(**fields: Any) -> Json:
    return {"type": "section", **fields}


def boxes(count: int, **fields: Any) -> Json:
    options = [{"text": plain(f"item {n}"), "value": f"v{n}"} for n in range(count)]
    element = {"type": "checkboxes", "action_id": "a", "options": options, **fields}
    return {"type": "actions", "elements": [element]}


def button(**fields: Any) -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **fields}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def cell(said: str) -> Json:
    return {"type": "raw_text", "text": said}


def data_table(rows: int, columns: int = 1, said: str = "x", **fields: Any) -> Json:
    cells = [[cell(said) for _ in range(columns)] for _ in range(rows)]
    return {"type": "data_table", "caption": "c", "rows": cells, **fields}


def chart(points: int, kind: str = "bar", value: float = 1, label: str = "l") -> Json:
    data = [{"label": f"{label}{n}", "value": value} for n in range(points)]
    drawn: Json = {"type": kind, "segments": data}
    if kind != "pie":
        drawn = {
            "type": kind,
            "series": [{"name": "s", "data": data}],
            "axis_config": {"categories": [point["label"] for point in data]},
        }
    return {"type": "data_visualization", "title": "t", "chart": drawn}


def rich(*elements: Json) -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": list(elements)}],
    }


GOOD = {
    "section": section(text=plain("x" * 3_000)),
    "fields": section(fields=[plain("x" * 2_000)] * 6),
    "ten boxes": boxes(10),
    "25 buttons": actions(*(button(action_id=f"a{n}") for n in range(25))),
    "data table": data_table(101, 20),
    "chart": chart(20),
    "pie": chart(6, "pie"),
    "a line break": rich({"type": "text", "text": "\n"}),
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain("Good"), "value": "good"},
                "negative_button": {"text": plain("Bad"), "value": "bad"},
            }
        ],
    },
}
BAD: Mapping[str, tuple[Json, str]] = {
    "no such block": ({"type": "sectoin"}, "unknown type 'sectoin'"),
    "no type": ({}, "unknown type None"),
    "unknown field": (section(text=plain("x"), txt="y"), "unknown field txt"),
    "nothing in a section": (section(), "needs one of text, fields"),
    "section too long": (section(text=plain("x" * 3_001)), "3001 characters, 3000 are taken"),
    "pairs count twice": (section(text=plain("👍" * 1_501)), "3002 characters"),
    "field too long": (section(fields=[plain("x" * 2_001)]), "2001 characters"),
    "11 fields": (section(fields=[plain("x")] * 11), "11 items, 1 to 10"),
    "blank text": (section(text=plain(" ")), "text: empty"),
    "header as mrkdwn": (
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        "none of plain_text",
    ),
    "header too long": ({"type": "header", "text": plain("x" * 151)}, "151 characters"),
    "input as accessory": (
        section(text=plain("x"), accessory={"type": "plain_text_input"}),
        "is none of",
    ),
    "11 context elements": ({"type": "context", "elements": [plain("x")] * 11}, "11 items"),
    "26 buttons": (actions(*(button(action_id=f"a{n}") for n in range(26))), "26 items"),
    "one action twice": (actions(button(), button()), "action_id 'go' is there 2 times"),
    "button too long": (actions(button(text=plain("x" * 76))), "76 characters"),
    "value too long": (actions(button(value="x" * 2_001)), "2001 characters"),
    "action_id too long": (actions(button(action_id="x" * 256)), "256 characters"),
    "block_id too long": (section(text=plain("x"), block_id="x" * 256), "256 characters"),
    "style unknown": (actions(button(style="green")), "'green' is none of primary, danger"),
    "11 boxes": (boxes(11), "11 items"),
    "initial option unknown": (
        boxes(1, initial_options=[{"text": plain("other"), "value": "o"}]),
        "initial option is not among",
    ),
    "no options": (boxes(0), "0 items, 1 to 10"),
    "102 rows": (data_table(102), "102 items, 2 to 101"),
    "head alone": (data_table(1), "1 items, 2 to 101"),
    "21 columns": (data_table(2, 21), "21 items, 1 to 20"),
    "empty cell": (data_table(2, 1, ""), "text: empty"),
    "page of none": (data_table(2, page_size=0), "0 is not from 1 to 100"),
    "no such column": (data_table(2, row_header_column_index=1), "names no column"),
    "uneven rows": (
        {"type": "data_table", "caption": "c", "rows": [[cell("a")], [cell("a"), cell("b")]]},
        "rows of [1, 2] cells",
    ),
    "rich head": (
        {
            "type": "data_table",
            "caption": "c",
            "rows": [[rich({"type": "text", "text": "a"})], [cell("b")]],
        },
        "rich_text in the head",
    ),
    "cells too long together": (data_table(100, 20, "x" * 6), "table characters, 10000"),
    "21 points": (chart(21), "21 items"),
    "7 segments": (chart(7, "pie"), "7 items"),
    "segment of nothing": (chart(1, "pie", 0), "0 is not above 0"),
    "not a number": (chart(1, "bar", float("nan")), "not a number"),
    "label too long": (chart(1, "bar", 1, "x" * 20), "21 characters"),
    "markdown too long": ({"type": "markdown", "text": "x" * 12_001}, "12001 characters"),
    "empty rich text": (rich(), "0 items"),
    "empty run": (rich({"type": "text", "text": ""}), "text: empty"),
    "alert": ({"type": "alert", "text": plain("x")}, "alert is not for a message"),
}


@pytest.mark.parametrize("block", GOOD.values(), ids=GOOD)
def test_what_slack_takes_passes(block: Json) -> None:
    assert violations([block], view="message") == []


@pytest.mark.parametrize(("block", "said"), BAD.values(), ids=BAD)
def test_what_slack_refuses_is_said(block: Json, said: str) -> None:
    assert said in " ".join(violations([block], view="message"))


TOGETHER = {
    "51 blocks": ([{"type": "divider"}] * 51, "51, 50 are taken"),
    "three charts": ([chart(1)] * 3, "3 charts, 2"),
    "two plain tables": ([{"type": "table", "rows": [[cell("x")]]}] * 2, "2 tables, 1"),
    "one block_id twice": ([section(text=plain("x"), block_id="b")] * 2, "block_id 'b'"),
    "markdown together": ([{"type": "markdown", "text": "x" * 7_000}] * 2, "14000 markdown"),
    "all text together": ([section(text=plain("x" * 3_000))] * 5, "15000 characters"),
}


@pytest.mark.parametrize(("blocks", "said"), TOGETHER.values(), ids=TOGETHER)
def test_blocks_of_one_message_are_held_to_limits_together(blocks: list[Json], said: str) -> None:
    assert said in " ".join(violations(blocks, view="message"))


def test_what_is_for_messages_alone_is_refused_elsewhere() -> None:
    for place in ("modal", "home"):
        assert violations([data_table(2)], view=place) != []  # type: ignore[arg-type]
        assert violations([{"type": "divider"}] * 100, view=place) == []  # type: ignore[arg-type]


def modal(**fields: Any) -> Json:
    return {"type": "modal", "title": plain("x" * 24), "blocks": [{"type": "divider"}], **fields}


VIEWS = {
    "title": (modal(title=plain("x" * 25)), "25 characters, 24"),
    "close": (modal(close=plain("x" * 25)), "25 characters, 24"),
    "metadata": (modal(private_metadata="x" * 3_001), "3001 characters"),
    "blocks": (modal(blocks=[{"type": "divider"}] * 101), "101"),
    "no submit": (
        modal(
            blocks=[{"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}]
        ),
        "needs submit",
    ),
    "what view": ({"type": "popup"}, "'popup' is neither"),
}


@pytest.mark.parametrize(("view", "said"), VIEWS.values(), ids=VIEWS)
def test_views_are_held_to_their_limits(view: Json, said: str) -> None:
    assert said in " ".join(view_violations(view))
    assert view_violations(modal()) == []


def test_a_message_needs_its_text() -> None:
    assert message_violations(" ", []) == ["message: text is empty"]
    assert message_violations("x" * 40_001, [])
    assert message_violations("x" * 40_000, []) == []


def shapes() -> list[tuple[str, Mapping[str, Any]]]:
    found = limits()
    places = [(place, found[place]) for place in ("message", "modal", "home")]
    return places + [
        each for kind in ("blocks", "elements", "parts") for each in found[kind].items()
    ]


@pytest.mark.parametrize(
    ("name", "shape"), shapes(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_limit_names_its_page(name: str, shape: Mapping[str, Any]) -> None:
    assert shape["page"].startswith(("block-kit/", "views/")), name
