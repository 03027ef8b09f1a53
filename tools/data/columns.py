"""What the reads of a whole company by column have in common.

They find what single accounts are read with, without the words that explain it.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, String, func, select, type_coerce
from sqlmodel import Session, col

from tools.data.models import Financial
from tools.data.portfolio import Query, rows
from tools.domain.columns import SCALE, amount
from tools.domain.rates import Rates
from tools.domain.vocabulary import Measure
from tools.text import Money

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers

_HELD = 200


class Base(NamedTuple):
    """The base currency, and the rates that lead to it."""

    currency: str
    rates: Rates


class Dated(NamedTuple):
    """Amounts of accounts in ten-thousandths of the base currency, the newest last; one that no
    exchange rate converts is not `usable`."""

    accounts: "Integers"
    values: "Integers"
    usable: "Flags"


def read(
    session: Session, query: Query, account: Any, among: Collection[int] | None
) -> list[list[Any]]:
    """The query's columns, of these accounts (None: of all)."""
    found = transposed(rows(session, query, col(account), among))
    return found or [[] for _ in query.selected_columns]


def transposed(found: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """The columns of the rows. Few rows are held at a time: hundreds of thousands of them cost
    the garbage collector more than reading them does."""
    pending = iter(found)
    columns: list[list[Any]] = []
    while some := list(islice(pending, _HELD)):
        columns = columns or [[] for _ in some[0]]
        for column, more in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(more)
    return columns


def yearly(
    session: Session, on: date, base: Base, measure: Measure, among: Collection[int] | None
) -> Dated:
    """The yearly figures known by that day."""
    query = (
        select(
            col(Financial.account_id),
            plain(Financial.amount),
            col(Financial.currency),
            as_read(Financial.as_of),
            func.coalesce(col(Financial.year), -1),
        )
        .where(
            col(Financial.measure) == measure,
            col(Financial.forecast).is_(False),
            col(Financial.as_of) <= on,
        )
        .order_by(col(Financial.id))
    )
    accounts, amounts, currencies, days, years = read(session, query, Financial.account_id, among)
    foreign = [i for i, unit in enumerate(currencies) if unit and unit != base.currency]
    values, usable = in_base(base, amounts, currencies, days, foreign)
    order = rising(ranks(days), years)
    return Dated(integers(accounts)[order], values[order], usable[order])


def in_base(
    base: Base,
    amounts: Sequence[int],
    units: Sequence[str],
    days: Sequence[Any],
    foreign: Iterable[int],
) -> tuple["Integers", "Flags"]:
    """The amounts in the base currency, and which of them a rate was known for."""
    import numpy as np

    values, usable = integers(amounts), np.ones(len(amounts), bool)
    for row in foreign:
        foreign_amount = Money(amount(amounts[row]), units[row])
        money = base.rates.convert(foreign_amount, base.currency, as_day(days[row]))
        values[row] = 0 if money is None else int(money.amount * SCALE)
        usable[row] = money is not None
    return values, usable


def newest(
    column: "Integers | Flags", known: "Integers", accounts: "Integers", values: "Integers | Flags"
) -> None:
    """Fills the column of the accounts known with the last of each account's values."""
    at, kept = standing(known, accounts)
    column[at] = values[kept]


def standing(known: "Integers", accounts: "Integers") -> tuple["Integers", "Flags"]:
    """Where these accounts stand among those known, which rise, and which of them do."""
    if not len(known):
        return accounts[:0], accounts < 0
    at = known.searchsorted(accounts).clip(max=len(known) - 1)
    kept = known[at] == accounts
    return at[kept], kept


def plain(column: Any) -> Any:
    """A decimal column as the ten-thousandths that it keeps."""
    return type_coerce(col(column), BigInteger)


def as_read(column: Any) -> Any:
    """A column as the driver hands it over."""
    return type_coerce(column, String)


def as_day(handed_over: Any) -> date:
    """A day as it is read, which SQLite hands over as text."""
    return handed_over if isinstance(handed_over, date) else date.fromisoformat(handed_over)


def integers(values: Iterable[int]) -> "Integers":
    """A column of whole numbers."""
    import numpy as np

    return np.fromiter(values, np.int64)


def ranks(days: Sequence[Any]) -> "Integers":
    """Numbers that rise as the days do."""
    order = {day: rank for rank, day in enumerate(sorted(set(days)))}
    return integers(map(order.__getitem__, days))


def days_before(on: date, days: Sequence[Any]) -> "Integers":
    """How many days before `on` each of the days is."""
    ago = {day: (on - as_day(day)).days for day in set(days)}
    return integers(map(ago.__getitem__, days))


def rising(days: "Integers", years: Iterable[int] | None = None) -> "Integers":
    """The rows from the oldest to the newest: by year, then by day, then as they were read."""
    import numpy as np

    return np.lexsort((days,) if years is None else (days, integers(years)))
