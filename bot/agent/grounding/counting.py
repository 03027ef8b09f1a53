"""Small counts and places in a list, which a reader can check by looking at the table.

A plain whole number up to twenty passes without standing in the evidence if it counts rows
that the evidence shows: all rows of a table, the rows that the sentence names, the rows of
which a cell is said in the sentence ("two are overdue"), or the lines that the sentence
introduces. An ordinal passes if the row in that place is named beside it.
"""

from collections.abc import Iterator
from decimal import Decimal

from bot.agent.builtin.folding import fold
from bot.agent.grounding.evidence import Listing
from bot.agent.grounding.figures import Figure

_SMALL = 20
_CELL = 2


def counts(figure: Figure, text: str, items: int, listings: tuple[Listing, ...]) -> bool:
    """Whether the figure counts, or places, rows of a listing; `text` is folded, `items` how
    many lines it introduces."""
    if figure.currency or figure.value != int(figure.value) or figure.value > _SMALL:
        return False
    if figure.kind == "ordinal":
        return any(_places(int(figure.value), text, listing) for listing in listings)
    if figure.kind != "plain" or figure.size != 1:
        return False
    return figure.value == items > 0 or any(
        figure.value == count for listing in listings for count in _counts(text, listing)
    )


def _counts(text: str, listing: Listing) -> Iterator[Decimal]:
    yield Decimal(listing.total)
    rows = [[fold(cell).text for cell in row] for row in listing.rows]
    named = {row[0] for row in rows if row and _said(row[0], text)}
    if named:
        yield Decimal(len(named))
    for column in zip(*rows, strict=False):
        for cell in set(column):
            if _said(cell, text):
                yield Decimal(column.count(cell))


def _places(place: int, text: str, listing: Listing) -> bool:
    if not 0 < place <= len(listing.rows):
        return False
    return any(_said(fold(cell).text, text) for cell in listing.rows[place - 1])


def _said(cell: str, text: str) -> bool:
    return len(cell) >= _CELL and not cell.replace(",", "").isdigit() and cell in text
