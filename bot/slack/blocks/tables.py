"""Tables: Slack's data table, and what shows the same where that is refused."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from wcwidth import width

from bot.slack.blocks.elements import Json, line, listed, named, preformatted, rich, run
from bot.slack.mrkdwn import DASH, cut, length, one_line
from kam_knowledge.scripts import has_chinese
from tools.cards import Column, Table
from tools.text import Language, Money, Percent, Text, Value, show, text

ROWS = 99
"""Rows of one table beside its head, so that a plain table can take them too."""
CHARACTERS = 9_000
"""Of all cells of one table; Slack refuses more than 10,000 in a message."""
COLUMNS = 20
LONGEST = 3 * ROWS
"""Rows shown of a table; what is longer says so."""
_PAGE = 20
_CELL, _CELLS = 1_000, 6_000
_WIDEST = 96
# A short word of Chinese that may be broken is, into one character a line.
_UNWRAPPED = 24

_SHOWN = text("{shown} of {total} shown", "显示 {shown} / {total}")
_COLUMNS = text("{shown} of {total} columns shown", "显示 {shown} / {total} 列")
_PART = text(
    "{title} (rows {first}–{last} of {total})", "{title}（第 {first}–{last} 行，共 {total} 行）"
)


def table_blocks(table: Table, title: str, language: Language) -> list[Json]:
    """The table as data tables, as many as Slack's limits need; the captions count the rows."""
    room = min(_CELL, _CELLS // max(1, min(COLUMNS, len(table.columns))))
    head = [_raw(named(column.label, language), 75) for column in table.columns[:COLUMNS]]
    rows = [_row(row, table.columns, language, room) for row in table.rows[:LONGEST]]
    parts = list(_parts(head, rows))
    if len(parts) == 1:
        return [_data_table(head, rows, title)]
    blocks, first = [], 1
    for part in parts:
        last = first + len(part) - 1
        caption = _filled(_PART, language, title=title, first=first, last=last, total=table.total)
        blocks.append(_data_table(head, part, caption))
        first = last + 1
    return blocks


def not_shown(table: Table, language: Language) -> list[str]:
    """What of the table is not shown, in words that count it."""
    seen, wide = min(len(table.rows), LONGEST), len(table.columns)
    rows = _filled(_SHOWN, language, shown=seen, total=table.total)
    columns = _filled(_COLUMNS, language, shown=COLUMNS, total=wide)
    return [rows] * (table.total > seen) + [columns] * (wide > COLUMNS)


def _filled(template: Text, language: Language, **values: Value) -> str:
    return Text(template.en, template.zh, values).render(language)


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
    start = _size(head)
    held: list[list[Json]] = []
    used = start
    for row in rows:
        if held and (len(held) == ROWS or used + _size(row) > CHARACTERS):
            yield held
            held, used = [], start
        held.append(row)
        used += _size(row)
    if held:
        yield held


def _size(cells: Sequence[Json]) -> int:
    return sum(length(cell["text"]) for cell in cells)


def _row(
    row: Sequence[Value], columns: Sequence[Column], language: Language, room: int
) -> list[Json]:
    cells = list(zip(row, columns, strict=True))[:COLUMNS]
    return [_cell(value, column, language, room) for value, column in cells]


def _cell(value: Value, column: Column, language: Language, room: int) -> Json:
    """A number where the column is one of numbers, so that it sorts and stands to the right."""
    cell = _raw("" if value is None else show(value, language), room)
    number = _number(value) if column.align == "right" else None
    return cell if number is None else {"type": "raw_number", "value": number, "text": cell["text"]}


def _raw(said: str, room: int) -> Json:
    return {"type": "raw_text", "text": cut(one_line(said), room)}


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


def plain_table(block: Json) -> Json:
    """A data table as a table without sorting and pages."""
    head, *rows = block["rows"]
    cells = [[{"type": "raw_text", "text": cell["text"]} for cell in row] for row in rows]
    settings = [
        {"align": "right" if right else "left", "is_wrapped": wide > _UNWRAPPED}
        for right, wide in zip(_numeric(block), _widths(block), strict=True)
    ]
    return {
        "type": "table",
        "rows": [[rich(line(run(cell["text"], bold=True))) for cell in head], *cells],
        "column_settings": settings,
    }


def _widths(block: Json) -> list[int]:
    """The widest cell of each column, in columns of a terminal."""
    columns = zip(*block["rows"], strict=True)
    return [max(max(0, width(cell["text"])) for cell in column) for column in columns]


def _numeric(block: Json) -> list[bool]:
    """Which columns hold numbers."""
    columns = zip(*block["rows"], strict=True)
    return [any(cell["type"] == "raw_number" for cell in column) for column in columns]


def written_table(block: Json, *, above: str = "") -> list[Json]:
    """A data table in letters: columns of equal width, or a list where that is too wide or
    would not stand in line. `above` is the heading that it stands under, which is not repeated."""
    caption = "" if block["caption"] == one_line(above) else block["caption"]
    drawn = _aligned(block)
    if max(map(width, drawn)) > _WIDEST or _staggers(block):
        return listed(caption, ([run(each)] for each in records(block)))
    parts = (rich(preformatted("\n".join(part))) for part in _line_parts(drawn))
    return [*([rich(line(run(caption, bold=True)))] if caption else []), *parts]


def _staggers(block: Json) -> bool:
    """Whether wide characters stand before the last column: fonts give them other widths than
    two letters, so that what follows is out of line."""
    return any(
        width(cell["text"]) > length(cell["text"]) for row in block["rows"] for cell in row[:-1]
    )


def _line_parts(drawn: list[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for row in drawn:
        if held and sum(length(each) + 1 for each in held) + length(row) > 2_900:
            yield held
            held = []
        held.append(row)
    yield held


def _aligned(block: Json) -> list[str]:
    rows = [[cell["text"] for cell in row] for row in block["rows"]]
    widths, numeric = _widths(block), _numeric(block)
    return [
        "  ".join(
            _padded(said, room, right)
            for said, room, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    ]


def _padded(said: str, room: int, right: bool) -> str:
    fill = " " * (room - max(0, width(said)))
    return f"{fill}{said}" if right else f"{said}{fill}"


def records(block: Json) -> list[str]:
    """Each row of a data table as a line of its values, named by the head."""
    head, *rows = ([cell["text"] for cell in row] for row in block["rows"])
    return [_record(head, row, block["row_header_column_index"]) for row in rows]


def _record(head: list[str], row: list[str], naming: int) -> str:
    others = [
        f"{label}{'：' if has_chinese(label) else ': '}{said}"
        for place, (label, said) in enumerate(zip(head, row, strict=True))
        if place != naming and said != DASH
    ]
    return " · ".join([row[naming], *others])
