"""The parts that blocks are made of, as Slack's JSON has them. All text in them is literal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.slack.mrkdwn import clean, cut, length, one_line, pieces, shown
from tools.text import Language, Text, show

Json = dict[str, Any]
Runs = list[Json]

PIECE = 2_900
"""Characters of one block of rich text, so that a message can be ended between any two."""
_RUNS = 200
_ITEMS = 50


def plain(text: str, room: int) -> Json:
    """A text object in which Slack formats nothing."""
    return {"type": "plain_text", "text": cut(one_line(text), room), "emoji": False}


def header(text: str) -> Json:
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, accessory: Json | None = None) -> Json:
    """A line of plain text, with a button beside it if given."""
    block: Json = {"type": "section", "text": plain(text, PIECE)}
    return block | ({"accessory": accessory} if accessory else {})


def context(lines: Iterable[str]) -> list[Json]:
    """Small print, ten lines to a block at most."""
    blocks: list[Json] = []
    for element in (plain(line, 1_000) for line in lines):
        if not blocks or _full(blocks[-1]["elements"], element):
            blocks.append({"type": "context", "elements": []})
        blocks[-1]["elements"].append(element)
    return blocks


def _full(elements: Sequence[Json], further: Json) -> bool:
    held = sum(length(element["text"]) for element in elements)
    return len(elements) == 10 or held + length(further["text"]) > PIECE


def button(label: str, action: str, value: str) -> Json:
    text = plain(label, 75)
    return {"type": "button", "text": text, "action_id": action, "value": clean(value)}


def actions(elements: Sequence[Json]) -> Json:
    return {"type": "actions", "elements": list(elements)}


def run(text: str, **style: bool) -> Json:
    """A run of rich text in one style."""
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def line(*runs: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(runs)}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def preformatted(text: str) -> Json:
    return {"type": "rich_text_preformatted", "elements": [run(text)], "border": 0}


def paragraphs(lines: Iterable[Runs]) -> list[Json]:
    """Lines one below the other, in as many blocks as they need."""
    blocks: list[Runs] = []
    for runs in lines:
        parts = [part for each in runs for part in _short(each)]
        if blocks and not _fits(blocks[-1], parts):
            blocks.append([])
        for part in parts:
            if not blocks or not _fits(blocks[-1], [part]):
                blocks.append([])
            blocks[-1].append(part)
        blocks[-1].append(run("\n"))
    return [rich(line(*runs[:-1])) for runs in map(_closed, blocks)]


def _closed(runs: Runs) -> Runs:
    return runs if runs[-1]["text"] == "\n" else [*runs, run("\n")]


def _short(given: Json) -> Iterator[Json]:
    for piece in pieces(given["text"], PIECE - 1):
        yield {**given, "text": piece}


def _fits(held: Runs, further: Runs) -> bool:
    return size(held) + size(further) < PIECE and len(held) + len(further) < _RUNS


def size(runs: Iterable[Json]) -> int:
    return sum(length(each["text"]) for each in runs)


def sentences(text: str, **style: bool) -> list[Json]:
    """A text as rich text, in as many blocks as its length needs."""
    return paragraphs([[run(shown(text), **style)]])


def named(label: Text, language: Language) -> str:
    """A label as it stands before its value: in English with a capital, where the words are our
    own and not a name."""
    said = show(label, language)
    return said if label.en.startswith("{") else f"{said[:1].upper()}{said[1:]}"


def listed(title: str | None, items: Iterable[Runs], *, ordered: bool = False) -> list[Json]:
    """Blocks of a list under its title; an item longer than a block is cut."""
    parts: list[list[Runs]] = []
    for item in items:
        if not parts or _list_full(parts[-1], item):
            parts.append([])
        parts[-1].append(item)
    lists = [bullets(part, ordered=ordered, offset=at) for part, at in _offsets(parts)]
    head = [line(run(title, bold=True))] if title else []
    return [rich(*(head if n == 0 else []), drawn) for n, drawn in enumerate(lists)]


def _offsets(parts: list[list[Runs]]) -> Iterator[tuple[list[Runs], int]]:
    offset = 0
    for part in parts:
        yield part, offset
        offset += len(part)


def _list_full(held: list[Runs], item: Runs) -> bool:
    return len(held) == _ITEMS or sum(map(size, held)) + size(item) > PIECE


def bullets(items: Sequence[Runs], *, ordered: bool = False, offset: int = 0) -> Json:
    """A list within rich text; a numbered one goes on after `offset` items."""
    marked: Json = {"style": "ordered", "offset": offset} if ordered else {"style": "bullet"}
    sections = [line(*(_cut_run(each) for each in runs)) for runs in items]
    return {"type": "rich_text_list", **marked, "indent": 0, "elements": sections}


def _cut_run(given: Json) -> Json:
    return {**given, "text": cut(given["text"], PIECE)}


def item(text: str) -> Runs:
    """An item of a list."""
    return [run(cut(one_line(text), PIECE))]


def quoted(text: str) -> list[Json]:
    """A passage's own words, in as many blocks as they need."""
    drawn = pieces(shown(text), PIECE)
    return [rich({"type": "rich_text_quote", "elements": [run(piece)]}) for piece in drawn]
