"""The parts that blocks are made of, as Slack's JSON has them. All text in them is literal."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.slack.mrkdwn import cut, one_line, pieces, shown

Json = dict[str, Any]

PIECE = 2_900


def plain(text: str, room: int) -> Json:
    """A text object that Slack formats nothing in."""
    return {"type": "plain_text", "text": cut(one_line(text), room), "emoji": False}


def header(text: str) -> Json:
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, accessory: Json | None = None) -> Json:
    """A line of plain text, with a button beside it if given."""
    block: Json = {"type": "section", "text": plain(text, 3_000)}
    return block | ({"accessory": accessory} if accessory else {})


def context(lines: Iterable[str]) -> list[Json]:
    """Small print, ten lines to a block."""
    elements = [plain(line, 2_000) for line in lines]
    return [
        {"type": "context", "elements": elements[start : start + 10]}
        for start in range(0, len(elements), 10)
    ]


def button(label: str, action: str, value: str | None = None) -> Json:
    element: Json = {"type": "button", "text": plain(label, 75), "action_id": action}
    return element | ({"value": value} if value is not None else {})


def actions(elements: Sequence[Json]) -> Json:
    return {"type": "actions", "elements": list(elements)}


def run(text: str, **style: bool) -> Json:
    """A run of rich text in one style."""
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def line(*runs: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(runs)}


def bullets(items: Sequence[Sequence[Json]], *, ordered: bool = False, indent: int = 0) -> Json:
    return {
        "type": "rich_text_list",
        "style": "ordered" if ordered else "bullet",
        "indent": indent,
        "border": 0,
        "elements": [line(*runs) for runs in items],
    }


def quoted(text: str) -> Json:
    return {"type": "rich_text_quote", "elements": [run(shown(text))]}


def preformatted(text: str) -> Json:
    return {"type": "rich_text_preformatted", "elements": [run(text)], "border": 0}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def sentences(text: str, **style: bool) -> list[Json]:
    """A text as rich text, in as many blocks as its length needs."""
    return [rich(line(run(piece, **style))) for piece in pieces(shown(text), PIECE)]
