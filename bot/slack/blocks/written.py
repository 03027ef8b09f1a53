"""Blocks as plain text: for notifications, readers aloud, and where blocks are refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bot.slack.blocks.charts import bars
from bot.slack.blocks.elements import Json
from bot.slack.blocks.tables import records
from bot.slack.mrkdwn import cut, escaped, length

BRIEF = 3_000
LONGEST = 39_000


def fallback(text: str, room: int = BRIEF) -> str:
    """A text for the field that Slack reads as mrkdwn; nothing in it is formatted."""
    safe, taken = escaped(text), room
    while length(safe) > room:
        safe, taken = escaped(cut(text, taken)), taken * 3 // 4
    return safe


def written(blocks: Sequence[Json]) -> str:
    """What the blocks say, line by line."""
    return "\n".join(said for block in blocks for said in _WRITTEN.get(block["type"], _none)(block))


def _none(block: Json) -> Iterable[str]:  # noqa: ARG001
    return ()


def _header(block: Json) -> Iterable[str]:
    return [block["text"]["text"]]


def _context(block: Json) -> Iterable[str]:
    return [element["text"] for element in block["elements"]]


def _actions(block: Json) -> Iterator[str]:
    """Boxes with their state; what only works when pressed is left out."""
    for element in block["elements"]:
        chosen = element.get("initial_options", ())
        for option in element.get("options", ()) if element["type"] == "checkboxes" else ():
            yield f"{'☑' if option in chosen else '☐'} {option['text']['text']}"


def _rich(block: Json) -> Iterator[str]:
    for part in block["elements"]:
        if part["type"] == "rich_text_list":
            for number, each in enumerate(part["elements"], 1 + part.get("offset", 0)):
                mark = f"{number}." if part["style"] == "ordered" else "•"
                yield f"{mark} {_runs(each)}"
        else:
            yield _runs(part)


def _runs(part: Json) -> str:
    return "".join(run.get("text") or run.get("fallback", "") for run in part["elements"])


def _table(block: Json) -> Iterable[str]:
    return [block["caption"], *records(block)]


def _plain_table(block: Json) -> Iterator[str]:
    for row in block["rows"]:
        yield " · ".join(cell.get("text") or "".join(_rich(cell)) for cell in row)


def _chart(block: Json) -> Iterable[str]:
    return [block["title"], *bars(block)]


_WRITTEN: Mapping[str, Callable[[Json], Iterable[str]]] = {
    "header": _header,
    "section": _header,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich,
    "data_table": _table,
    "table": _plain_table,
    "data_visualization": _chart,
}
