"""Tables: Slack's data table, and what shows the same where that is refused."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from wcwidth import width

from bot.slack.blocks.elements import Json, preformatted, rich, run
from bot.slack.mrkdwn import cut, length, one_line
from tools.cards import Column, Table
from tools.text import Language, Money, Percent, Text, Value, show, text

ROWS = 100
"""Rows of one table, beside its head."""
CHARACTERS = 9_000
"""Of all cells of one table; Slack refuses more than 10,000 in a message."""
COLUMNS = 20
LONGEST = 200
"""Rows shown of a table; what is longer says so."""
_CELL = 300
_PAGE = 20

_SHOWN = text("{shown} of {total} shown", "显示 {shown} / {total} 行")
_PART = text(
    "{title} (rows {first}–{last} of {total})", "{title}（第 {first}–{last} 行，共 {total} 行）"
)


def table_blocks(table: Table, title: str, language: Language) -> list[Json]:
    """The table as data tables, as many as Slack's limits need; the captions count the rows."""
    head = [_raw(show(column.label, language)) for column in table.columns[:COLUMNS]]
    rows = [_row(row, table.columns, language) for row in table.rows[:LONGEST]]
    parts = list(_parts(head, rows))
    blocks, first = [], 1
    for part in parts:
        last = first + len(part) - 1
        caption = _PART if len(parts) > 1 else None
        named = _filled(caption, language, title=title, first=first, last=last, total=table.total)
        blocks.append(_data_table(head, part, named or title))
        first = last + 1
    return blocks


def shown_of(table: Table, language: Language) -> str | None:
    """How many rows of the table are shown, where they are not all."""
    seen = min(len(table.rows), LONGEST)
    if table.total <= seen:
        return None
    return _filled(_SHOWN, language, shown=seen, total=table.total)


def _filled(template: Text | None, language: Language, **values: Value) -> str | None:
    return Text(template.en, template.zh, values).render(language) if template else None


def _data_table(head: list[Json], rows: list[list[Json]], caption: str) -> Json:
    return {
        "type": "data_table",
        "caption": cut(one_line(caption), 150),
        "page_size": min(_PAGE, len(rows)),
        "row_header_column_index": _naming(rows),
        "rows": [head, *rows],
    }


def _naming(rows: list[list[Json]]) -> int:
    """The first column of words: it names the row."""
    kinds = [cell["type"] for cell in rows[0]]
    return kinds.index("raw_text") if "raw_text" in kinds else 0


def _parts(head: list[Json], rows: list[list[Json]]) -> Iterator[list[list[Json]]]:
    """The rows in as many tables as the limits need."""
    start = sum(length(cell["text"]) for cell in head)
    held: list[list[Json]] = []
    used = start
    for row in rows:
        more = sum(length(cell["text"]) for cell in row)
        if held and (len(held) == ROWS or used + more > CHARACTERS):
            yield held
            held, used = [], start
        held.append(row)
        used += more
    if held:
        yield held


def _row(row: Sequence[Value], columns: Sequence[Column], language: Language) -> list[Json]:
    cells = zip(row, columns, strict=True)
    return [_cell(value, column, language) for value, column in list(cells)[:COLUMNS]]


def _cell(value: Value, column: Column, language: Language) -> Json:
    """A number where the column is one of numbers, so that it sorts and stands to the right."""
    shown = _raw("" if value is None else show(value, language))
    number = _number(value) if column.align == "right" else None
    return shown if number is None else {**shown, "type": "raw_number", "value": number}


def _raw(shown: str) -> Json:
    return {"type": "raw_text", "text": cut(one_line(shown), _CELL)}


def _number(value: Value) -> int | float | None:
    match value:
        case bool():
            return None
        case int():
            return value
        case Decimal() if value.is_finite():
            return float(value)
        case Money(amount) if amount.is_finite():
            return float(amount)
        case Percent(fraction) if fraction.is_finite():
            return float(fraction * 100)
        case _:
            return None


def simple_table(block: Json) -> Json:
    """A data table as a plain table."""
    numeric = _numeric(block)
    rows = [[_bold(cell) for cell in block["rows"][0]]]
    rows += [
        [{"type": "raw_text", "text": cell["text"]} for cell in row] for row in block["rows"][1:]
    ]
    return {
        "type": "table",
        "rows": rows,
        "column_settings": [
            {"align": "right" if right else "left", "is_wrapped": not right} for right in numeric
        ],
    }


def _bold(cell: Json) -> Json:
    return rich({"type": "rich_text_section", "elements": [run(cell["text"], bold=True)]})


def _numeric(block: Json) -> list[bool]:
    return [
        any(cell["type"] == "raw_number" for cell in column)
        for column in zip(*block["rows"], strict=True)
    ]


def monospace(block: Json) -> list[Json]:
    """A data table as lines of equal width."""
    return [rich(preformatted("\n".join(part))) for part in _line_parts(lines(block))]


def _line_parts(drawn: list[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for row in drawn:
        if held and sum(length(each) + 1 for each in held) + length(row) > 2_900:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def lines(block: Json) -> list[str]:
    """The rows of a data table as text in columns of equal width."""
    numeric = _numeric(block)
    rows = [[cell["text"] for cell in row] for row in block["rows"]]
    widths = [max(width(text) for text in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            _padded(text, room, right=right)
            for text, room, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    ]


def _padded(text: str, room: int, *, right: bool) -> str:
    fill = " " * (room - width(text))
    return f"{fill}{text}" if right else f"{text}{fill}"
