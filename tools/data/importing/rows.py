"""Rows with typed values: each cell read by what its field must be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tools.data.importing import amounts, dates, words
from tools.data.importing.amounts import Unreadable
from tools.data.importing.cells import READERS, check_text, is_blank, shown_text
from tools.data.importing.dates import DateOrder, Evidence
from tools.data.importing.mapping import FileMapping, ImportOptions
from tools.data.importing.recognise import Layout, scale_of
from tools.data.importing.schema import Cell, FieldSpec
from tools.data.importing.sheets import RawRow, Sheet
from tools.spreadsheet import unguarded
from tools.text import Text, text


@dataclass(frozen=True)
class Refusal:
    """Why a row is not imported, or not all of it: the field, its text and the reason."""

    field: str | None
    value: str
    reason: Text


@dataclass
class Row:
    """One row with the values that its cells state; empty cells state nothing.

    `respelt` holds, for a value kept as found, the well-known value it is probably meant
    to be; `unclear` the currencies that the sign of an amount may stand for; `ids` the
    records that its references mean.
    """

    line: int
    cells: tuple[Any, ...]
    values: dict[str, Any] = field(default_factory=dict)
    respelt: dict[str, str] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    ids: dict[str, int] = field(default_factory=dict)
    refusal: Refusal | None = None

    def refuse(self, name: str | None, reason: Text, value: object = None) -> None:
        """Keeps the first reason."""
        if self.refusal is None:
            shown = self.values.get(name or "") if value is None else value
            self.refusal = Refusal(name, "" if shown is None else str(shown), reason)

    def get(self, name: str) -> Any:
        return self.values.get(name)


@dataclass(frozen=True)
class Profile:
    """What a first look at all rows shows: how many there are, how columns write dates."""

    rows: int
    evidence: Mapping[str, Evidence]


def profile(sheet: Sheet, layout: Layout) -> Profile:
    """Reads the sheet once, date columns only."""
    found = {
        name: (column.index, Evidence())
        for name, column in layout.columns.items()
        if layout.kind.field(name).cell is Cell.DATE
    }
    total = 0
    for row in _body(sheet, layout):
        total += 1
        for index, seen in found.values():
            if index < len(row.cells):
                seen.add(row.cells[index])
    return Profile(total, {name: seen for name, (_, seen) in found.items()})


def _body(sheet: Sheet, layout: Layout) -> Iterator[RawRow]:
    return (row for row in sheet.rows() if row.line > layout.header_line)


class RowReader:
    """Reads the rows of one sheet under one layout."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        stated: FileMapping,
        options: ImportOptions,
        seen: Profile,
    ) -> None:
        self.sheet, self.layout, self.stated, self.options = sheet, layout, stated, options
        self._orders = {name: self._order(found) for name, found in seen.evidence.items()}
        self._scales = {name: scale_of(layout, stated, name) for name in layout.columns}
        self._fields = [
            (layout.kind.field(name), column.index) for name, column in layout.columns.items()
        ]
        self._required = [spec.name for spec in layout.kind.fields if spec.required]

    def _order(self, found: Evidence) -> DateOrder | None:
        stated = self.stated.date_order or self.options.date_order
        return stated or self.layout.date_order or found.order

    @property
    def date_order(self) -> str:
        """The order that all date columns share, or nothing."""
        orders = {order.value for order in self._orders.values() if order is not None}
        return orders.pop() if len(orders) == 1 else ""

    def rows(self) -> Iterator[Row]:
        for raw in _body(self.sheet, self.layout):
            yield self._row(raw)

    def _row(self, raw: RawRow) -> Row:
        row = Row(raw.line, raw.cells)
        if raw.problem is not None:
            row.refuse(None, raw.problem, "")
            return row
        self._check_width(row)
        for spec, index in self._fields:
            cell = row.cells[index] if index < len(row.cells) else None
            self._read(row, spec, cell)
        for name in self._required:
            if name not in row.values:
                row.refuse(name, _missing(), "")
        self._settle_currency(row)
        return row

    def _check_width(self, row: Row) -> None:
        extra = [cell for cell in row.cells[len(self.layout.headers) :] if not is_blank(cell)]
        if extra:
            row.refuse(None, _too_many_cells(), extra[0])

    def _read(self, row: Row, spec: FieldSpec, cell: object) -> None:
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return
        cell = self._replaced(spec, cell)
        try:
            value = self._value(row, spec, cell)
        except Unreadable as error:
            row.refuse(spec.name, error.reason, shown_text(cell))
            return
        if value is not None:
            row.values[spec.name] = value

    def _replaced(self, spec: FieldSpec, cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        shown = unguarded(cell.strip())
        stated = self.stated.values.get(spec.name, {})
        if shown in stated:
            return stated[shown]
        worded = spec.cell in (Cell.TEXT, Cell.CHOICE)
        return self.options.accept.get(shown, shown) if worded else shown

    def _value(self, row: Row, spec: FieldSpec, cell: object) -> object:
        if isinstance(cell, str):
            check_text(cell)
            if spec.cell is not Cell.TEXT and is_blank(cell):
                return None
        match spec.cell:
            case Cell.TEXT:
                return self._text(row, spec, cell)
            case Cell.DATE:
                return dates.parse(cell, self._orders.get(spec.name))
            case Cell.AMOUNT:
                return self._amount(row, spec, cell)
            case _:
                return READERS[spec.cell](spec, cell)

    def _text(self, row: Row, spec: FieldSpec, cell: object) -> str:
        shown = shown_text(cell)
        if spec.words is None:
            return shown
        meant = words.spelling(spec.words, shown)
        if meant is None:
            return shown
        row.respelt[spec.name] = meant
        return meant if self.options.accept_near else shown

    def _amount(self, row: Row, spec: FieldSpec, cell: object) -> Decimal:
        found = amounts.parse(cell)
        if found.number < 0 and not spec.negative:
            raise Unreadable(text("the amount is negative", "金额为负数"))
        currencies = found.currencies or self._header_currency(spec.name)
        if currencies:
            self._narrow(row, currencies)
        scale = self._scales[spec.name]
        return found.number if scale is None else amounts.fitting(found.number * scale)

    def _header_currency(self, name: str) -> tuple[str, ...]:
        code = self.layout.columns[name].currency
        return () if code is None else (code,)

    def _narrow(self, row: Row, currencies: tuple[str, ...]) -> None:
        both = tuple(code for code in row.unclear if code in currencies)
        if row.unclear and not both:
            raise Unreadable(_two_currencies())
        row.unclear = both or currencies

    def _settle_currency(self, row: Row) -> None:
        """One currency for the row: the column's, else what sign or header leave, else stated."""
        column = row.values.get("currency") or self.stated.currency
        if column is not None and row.unclear and column not in row.unclear:
            row.refuse("currency", _two_currencies(), column)
        if column is None and len(row.unclear) == 1:
            column = row.unclear[0]
        if column is not None:
            row.unclear = ()
            if "currency" in self.layout.kind.names:
                row.values["currency"] = column


def _missing() -> Text:
    return text("the cell is empty, but needed", "单元格为空，但此项必填")


def _too_many_cells() -> Text:
    return text(
        "the row has more cells than there are headers; quote cells that hold the separator",
        "该行单元格多于表头，含分隔符的内容请加引号",
    )


def _two_currencies() -> Text:
    return text("the row names two currencies", "同一行出现两种货币")
