"""Values as cells: numbers stay numbers, and no text becomes a formula."""

from datetime import date, datetime
from decimal import Decimal

from tools.export.table import Cell
from tools.text import Language, Money, Percent, Text, show

_CONTROLS = (number for number in range(32) if chr(number) not in "\t\n\r")
_ILLEGAL = dict.fromkeys((*_CONTROLS, 0xFFFE, 0xFFFF))

Plain = str | int | Decimal | date | datetime | None


def plain(cell: Cell, language: Language) -> Plain:
    """A value as a spreadsheet knows it: amounts and shares as numbers, words as text."""
    match cell:
        case Money(amount, _):
            return amount
        case Percent(fraction):
            return fraction
        case bool() | Text():
            return _legal(show(cell, language))
        case datetime():
            return cell.replace(tzinfo=None, microsecond=0)
        case str():
            return _legal(cell)
        case _:
            return cell


def _legal(words: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return words.translate(_ILLEGAL)
