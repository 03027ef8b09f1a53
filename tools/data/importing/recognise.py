"""What a sheet holds: its kind and which column is which field, from its headers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from kam_knowledge.scripts import normalise
from tools.data.importing import amounts, words
from tools.data.importing.dates import DateOrder
from tools.data.importing.mapping import FileMapping
from tools.data.importing.schema import KINDS, Cell, Kind
from tools.data.importing.sheets import MAX_COLUMNS, RawRow, Sheet, too_wide
from tools.domain.names import name_key
from tools.text import Text, text

_SEARCHED_ROWS = 10
_HINT = 0.6
_MISSING = 1.5
_QUALIFIER = re.compile(r"[(（\[【](.*?)[)）\]】]")

# Columns that a rejects file adds; they are read past, but for the date order.
REASON_COLUMNS = ("kam_line", "kam_column", "kam_reason", "kam_date_order")


@dataclass(frozen=True)
class Column:
    """One matched column: where it stands, and what its header says of unit and currency."""

    index: int
    header: str
    scale: int | None = None
    currency: str | None = None


@dataclass(frozen=True)
class Layout:
    """How to read a sheet."""

    kind: Kind
    header_line: int
    headers: tuple[str, ...]
    columns: Mapping[str, Column]
    unmatched: tuple[str, ...]
    date_order: DateOrder | None = None

    def header(self, field: str) -> str:
        """The column's header in the file, for messages; the field's name where there is none."""
        column = self.columns.get(field)
        return field if column is None else column.header


@dataclass(frozen=True)
class Unrecognised:
    """Why a sheet is not imported, with the headers that were seen."""

    reason: Text
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    layout: Layout
    missing: tuple[str, ...]
    score: float


def recognise(sheet: Sheet, stated: FileMapping, asked: str | None) -> Layout | Unrecognised:
    """The layout of a sheet, from the best of its first rows. Raises `UnreadableFile`."""
    kinds = [KINDS[name] for name in (stated.kind or asked,) if name] or list(KINDS.values())
    found: list[_Candidate] = []
    seen: tuple[str, ...] = ()
    for row in islice(sheet.rows(), _SEARCHED_ROWS):
        headers = _headers(sheet, row)
        seen = seen or headers
        found += [_candidate(sheet, kind, row.line, headers, stated) for kind in kinds]
    ranked = sorted(found, key=lambda item: -item.score)
    if stated.kind or asked:
        ranked = [item for item in ranked if not item.missing]
    if not ranked or ranked[0].missing or not ranked[0].layout.columns:
        return _unrecognised(found, seen)
    if len(ranked) > 1 and ranked[0].score == ranked[1].score:
        return _undecided([item for item in ranked if item.score == ranked[0].score])
    return _with_date_order(sheet, ranked[0].layout)


def _headers(sheet: Sheet, row: RawRow) -> tuple[str, ...]:
    if len(row.cells) > MAX_COLUMNS:
        raise too_wide(sheet.label, len(row.cells))
    return tuple("" if cell is None else str(cell).strip() for cell in row.cells)


def _candidate(
    sheet: Sheet, kind: Kind, line: int, headers: tuple[str, ...], stated: FileMapping
) -> _Candidate:
    columns: dict[str, Column] = {}
    unmatched: list[str] = []
    for index, header in enumerate(headers):
        field = _field(kind, header, stated)
        if field is not None and field not in columns:
            columns[field] = _column(kind, field, index, header)
        elif header and name_key(header) not in map(name_key, REASON_COLUMNS):
            unmatched.append(header)
    missing = tuple(f.name for f in kind.fields if f.required and f.name not in columns)
    layout = Layout(kind, line, headers, columns, tuple(unmatched))
    missing += _also_needed(kind, columns)
    score = _score(sheet, layout) - _MISSING * len(missing)
    return _Candidate(layout, missing, score)


def _also_needed(kind: Kind, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """What a kind needs beyond its required fields."""
    if kind.name == "aliases" and not {"account", "person", "unit"} & set(columns):
        return ("account",)
    if kind.name == "financials" and not _figures(columns):
        return ("measure",)
    return ()


def _figures(columns: Mapping[str, Column]) -> bool:
    wide = set(columns) - {"account", "year", "measure", "amount", "currency", "forecast"}
    return {"measure", "amount"} <= set(columns) or bool(wide - {"as_of", "level"})


def _score(sheet: Sheet, layout: Layout) -> float:
    """Columns explained less columns not, and a hint from the file's or sheet's name."""
    named = {
        name_key(word)
        for name in (sheet.source.rsplit(".", 1)[0], sheet.name or "")
        for word in (*re.split(r"[\W_\d]+", name), name)
    }
    hinted = bool(named & words.hints(layout.kind.name))
    return len(layout.columns) - 0.5 * len(layout.unmatched) + (_HINT if hinted else 0)


def _field(kind: Kind, header: str, stated: FileMapping) -> str | None:
    if header in stated.columns:
        field = stated.columns[header]
        return field if field in kind.names else None
    known = words.field_headers(kind.name)
    return known.get(name_key(header)) or known.get(name_key(_QUALIFIER.sub("", header)))


def _column(kind: Kind, field: str, index: int, header: str) -> Column:
    if kind.field(field).cell is not Cell.AMOUNT:
        return Column(index, header)
    scale = currency = None
    for part in _QUALIFIER.findall(header):
        for word in amounts.unit_words(re.sub("[,/]", " ", normalise(part))):
            scale = words.scales().get(word, scale)
            currency = words.currencies().get(word, currency)
    return Column(index, header, scale, currency)


def _with_date_order(sheet: Sheet, layout: Layout) -> Layout:
    """A rejects file carries the date order that its original proved."""
    keys = [name_key(header) for header in layout.headers]
    if name_key("kam_date_order") not in keys:
        return layout
    index = keys.index(name_key("kam_date_order"))
    rows = (row.cells for row in sheet.rows() if row.line > layout.header_line)
    orders = {str(_cell(cells, index)) for cells in rows}
    for order in DateOrder:
        if order.value in orders:
            return replace(layout, date_order=order)
    return layout


def _cell(cells: tuple[Any, ...], index: int) -> Any:
    return cells[index] if index < len(cells) else None


def _unrecognised(found: list[_Candidate], seen: tuple[str, ...]) -> Unrecognised:
    partial = [item for item in found if len(item.layout.columns) > 1]
    if not partial:
        return Unrecognised(
            text(
                "no row of headers was recognised; name kind and columns in a mapping file",
                "没有认出表头行，请在映射文件中写明类型和各列",
            ),
            seen,
        )
    near = max(partial, key=lambda item: item.score - len(item.missing))
    kind = near.layout.kind.name
    return Unrecognised(
        text(
            "nearest to {kind}, but there is no column for: {missing}",
            "最接近“{kind}”，但缺少这些列：{missing}",
            kind=words.kind_label(kind),
            missing=_joined(kind, near.missing),
        ),
        near.layout.headers,
    )


def _joined(kind: str, fields: tuple[str, ...]) -> Text:
    labels = [words.field_label(kind, field) for field in fields]
    return text(", ".join(item.en for item in labels), "、".join(item.zh for item in labels))


def _undecided(tied: list[_Candidate]) -> Unrecognised:
    labels = [words.kind_label(item.layout.kind.name) for item in tied]
    return Unrecognised(
        text(
            "it may hold {kinds}; say which with --kind",
            "可能是{kinds}，请用 --kind 指明",
            kinds=text(" / ".join(item.en for item in labels), "、".join(i.zh for i in labels)),
        ),
        tied[0].layout.headers,
    )


def scale_of(layout: Layout, stated: FileMapping, field: str) -> Decimal | None:
    """The stated multiplier of an amount column, from the mapping or the header."""
    column = layout.columns.get(field)
    scale = stated.scale.get(field) or (column.scale if column else None)
    return None if scale is None else Decimal(scale)
