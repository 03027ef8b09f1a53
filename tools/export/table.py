"""What is exported: headings and rows, whatever the file's format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tools.text import Money, Percent, Text

Cell = str | int | bool | Decimal | date | datetime | Money | Percent | Text | None


@dataclass(frozen=True)
class Sheet:
    """Rows are made as they are written, so that any number of them fits."""

    title: Text
    headings: tuple[Text, ...]
    rows: Iterable[tuple[Cell, ...]]
