"""Slack's documented limits on blocks and views, checked before anything is sent.

The limits are data (`limits.yaml`), each shape with its page of Slack's reference.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.slack.mrkdwn import length

Place = Literal["message", "modal", "home"]
Shape = Mapping[str, Any]

_FILE = Path(__file__).with_name("limits.yaml")
_KINDS = ("string", "text", "number", "flag", "choice", "one", "list", "any")


@lru_cache(maxsize=1)
def limits() -> Mapping[str, Any]:
    """The limits as they stand in the file."""
    found: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def violations(blocks: Sequence[Mapping[str, Any]], *, view: Place) -> list[str]:
    """What Slack would refuse in these blocks, each in words that say what and where."""
    found = [*_count(len(blocks), limits()[view], f"{view}: blocks")]
    for number, block in enumerate(blocks):
        found += _block(block, f"blocks[{number}]", view)
    found += _twice([block.get("block_id") for block in blocks], "blocks", "block_id")
    return found + ([] if found or view != "message" else [*_together(blocks)])


def view_violations(view: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in a modal or a Home tab."""
    place = view.get("type")
    if place not in {"modal", "home"}:
        return [f"view: type {place!r} is neither modal nor home"]
    found = [*_shape(view, limits()[place], "view", extra=("type",))]
    found += violations(view.get("blocks", ()), view=place)
    if "submit" not in view and any(b.get("type") == "input" for b in view.get("blocks", ())):
        found += ["view: a view with input blocks needs submit"] if place == "modal" else []
    return found


def message_violations(text: str, blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """What Slack would refuse or cut in a message; a message without its text is one."""
    found = [] if text.strip() else ["message: text is empty"]
    most = limits()["message"]["text"]
    if length(text) > most:
        found.append(f"message: text has {length(text)} characters, {most} are taken")
    return found + violations(blocks, view="message")


def _count(given: int, spec: Shape, where: str) -> Iterator[str]:
    if given > spec["blocks"]:
        yield f"{where}: {given}, {spec['blocks']} are taken"


def _block(block: Mapping[str, Any], where: str, place: Place) -> Iterator[str]:
    kind = block.get("type")
    shape = limits()["blocks"].get(kind)
    if shape is None:
        yield f"{where}: unknown type {kind!r}"
        return
    if place not in shape["surfaces"]:
        yield f"{where}: {kind} is not for a {place}"
    found = [*_shape(block, shape, f"{where} {kind}", extra=("type", "block_id"))]
    found += _string(block.get("block_id", "-"), {"most": 255}, f"{where}.block_id")
    yield from found or _whole(block, where)


def _whole(block: Mapping[str, Any], where: str) -> Iterator[str]:
    """What a block whose fields are right can still break."""
    ids = [each.get("action_id") for each in _elements(block)]
    yield from _twice(ids, where, "action_id")
    rule = _RULES.get(block["type"])
    yield from rule(block, where) if rule else ()


def _elements(block: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    held = [block.get("accessory"), block.get("element")]
    if block.get("type") in {"actions", "context_actions"}:
        held += block.get("elements", [])
    return [each for each in held if isinstance(each, Mapping)]


def _twice(given: Sequence[Any], where: str, name: str) -> Iterator[str]:
    for value, times in Counter(each for each in given if each is not None).items():
        if times > 1:
            yield f"{where}: {name} {value!r} is there {times} times"


def _shape(
    given: Mapping[str, Any], shape: Shape, where: str, extra: Sequence[str] = ()
) -> Iterator[str]:
    """Whether the fields are known, those needed are there, and each is as it should be."""
    for name in shape.get("needs", ()):
        if name not in given:
            yield f"{where}: {name} is missing"
    if "any" in shape and not any(name in given for name in shape["any"]):
        yield f"{where}: needs one of {', '.join(shape['any'])}"
    for name, value in given.items():
        if name in shape["takes"]:
            yield from _field(value, shape["takes"][name], f"{where}.{name}")
        elif name not in extra:
            yield f"{where}: unknown field {name}"


def _field(value: Any, spec: Shape, where: str) -> Iterator[str]:
    kind = next(kind for kind in _KINDS if kind in spec)
    return _CHECKS[kind](value, spec, where)


def _string(value: Any, spec: Shape, where: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{where}: not a string"
        return
    if spec.get("least", 1) and not (value if spec.get("blank") else value.strip()):
        yield f"{where}: empty"
    if length(value) > spec["most"]:
        yield f"{where}: {length(value)} characters, {spec['most']} are taken"


def _text(value: Any, spec: Shape, where: str) -> Iterator[str]:
    types = ["plain_text"] if spec["text"] == "plain" else ["plain_text", "mrkdwn"]
    yield from _one(value, {"one": types}, where)
    if isinstance(value, Mapping):
        yield from _string(value.get("text"), spec, f"{where}.text")


def _number(value: Any, spec: Shape, where: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield f"{where}: not a number"
    elif not (spec.get("least", value) <= value <= spec.get("most", value)):
        yield f"{where}: {value} is not from {spec.get('least')} to {spec.get('most')}"
    elif value <= spec.get("above", value - 1):
        yield f"{where}: {value} is not above {spec['above']}"


def _flag(value: Any, spec: Shape, where: str) -> Iterator[str]:  # noqa: ARG001
    if not isinstance(value, bool):
        yield f"{where}: neither true nor false"


def _choice(value: Any, spec: Shape, where: str) -> Iterator[str]:
    if value not in spec["choice"]:
        yield f"{where}: {value!r} is none of {', '.join(spec['choice'])}"


def _one(value: Any, spec: Shape, where: str) -> Iterator[str]:
    """An object by its `type`; where one untyped shape is taken, an object of that shape."""
    if not isinstance(value, Mapping):
        yield f"{where}: not an object"
        return
    name = spec["one"][0]
    untyped = bool(_named(name).get("untyped"))
    kind = name if untyped else str(value.get("type"))
    if kind not in spec["one"]:
        yield f"{where}: type {kind!r} is none of {', '.join(spec['one'])}"
        return
    fixed = () if untyped else ("type", "block_id")
    yield from _shape(value, _named(kind), f"{where} {kind}", extra=fixed)


def _named(name: str) -> Shape:
    for part in ("parts", "elements", "blocks"):
        if name in limits()[part]:
            found: Shape = limits()[part][name]
            return found
    raise KeyError(name)


def _list(value: Any, spec: Shape, where: str) -> Iterator[str]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        yield f"{where}: not a list"
        return
    least, most = spec.get("least", 0), spec.get("most", len(value))
    if not least <= len(value) <= most:
        yield f"{where}: {len(value)} items, {least} to {most} are taken"
    for number, each in enumerate(value):
        yield from _field(each, spec["list"], f"{where}[{number}]")


def _any(value: Any, spec: Shape, where: str) -> Iterator[str]:  # noqa: ARG001
    yield from ()


_CHECKS: Mapping[str, Callable[[Any, Shape, str], Iterator[str]]] = {
    "string": _string,
    "text": _text,
    "number": _number,
    "flag": _flag,
    "choice": _choice,
    "one": _one,
    "list": _list,
    "any": _any,
}


def _even(block: Mapping[str, Any], where: str) -> Iterator[str]:
    widths = {len(row) for row in block["rows"]}
    if len(widths) > 1:
        yield f"{where}: rows of {sorted(widths)} cells; all need as many"


def _data_table(block: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from _even(block, where)
    head = block["rows"][0]
    if any(cell.get("type") == "rich_text" for cell in head):
        yield f"{where}: rich_text in the head"
    if block.get("row_header_column_index", 0) >= len(head):
        yield f"{where}: row_header_column_index names no column"


def _chart(block: Mapping[str, Any], where: str) -> Iterator[str]:
    chart = block["chart"]
    series = chart.get("series", [])
    categories = chart["axis_config"]["categories"] if series else []
    yield from _twice([each["name"] for each in series], where, "series")
    yield from _twice(categories, where, "category")
    for each in series:
        if [point["label"] for point in each["data"]] != list(categories):
            yield f"{where}: the labels of {each['name']!r} are not the categories"


def _ticked(block: Mapping[str, Any], where: str) -> Iterator[str]:
    for element in _elements(block):
        options = element.get("options", [])
        yield from _twice([option.get("value") for option in options], where, "option")
        chosen = [*element.get("initial_options", ())]
        chosen += [element["initial_option"]] if "initial_option" in element else []
        if options and any(option not in options for option in chosen):
            yield f"{where}: an initial option is not among the options"


_RULES: Mapping[str, Callable[[Mapping[str, Any], str], Iterator[str]]] = {
    "table": _even,
    "data_table": _data_table,
    "data_visualization": _chart,
    "actions": _ticked,
    "section": _ticked,
    "input": _ticked,
}


def _together(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What only the blocks of a message together can break."""
    most = limits()["message"]
    kinds = Counter(block["type"] for block in blocks)
    marked = sum(length(b["text"]) for b in blocks if b["type"] == "markdown")
    given = {
        "charts": kinds["data_visualization"],
        "tables": kinds["table"],
        "markdown": marked,
        "table_characters": sum(map(table_characters, blocks)),
        "characters": sum(map(characters, blocks)),
    }
    for name, count in given.items():
        if count > most[name]:
            yield f"message: {count} {name.replace('_', ' ')}, {most[name]} are taken"


def table_characters(block: Mapping[str, Any]) -> int:
    """Characters of all cells of a table; none for another block."""
    return characters(block["rows"]) if block["type"] in {"table", "data_table"} else 0


def characters(given: Any) -> int:
    """Characters that are shown of a block or of a part of one."""
    if isinstance(given, Mapping):
        own = sum(length(given[name]) for name in _SHOWN if isinstance(given.get(name), str))
        return own + sum(characters(v) for v in given.values() if not isinstance(v, str))
    listed = isinstance(given, Sequence) and not isinstance(given, str)
    return sum(map(characters, given)) if listed else 0


_SHOWN = ("text", "caption", "title", "label", "name", "alt_text")
