"""Reads of the score's inputs of a whole company, by column.

They are the values that single accounts are read with, without the words that explain them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, String, func, select, type_coerce
from sqlmodel import Session, col

from tools.data.factors import with_sales
from tools.data.models import FactorInput, Financial
from tools.data.portfolio import Query, rows
from tools.data.rates import rates
from tools.data.sales import base_currency_sales, foreign_sales
from tools.domain.customers import Customer
from tools.domain.periods import Period, last_months
from tools.domain.rates import Rates
from tools.domain.rules import RuleSet
from tools.domain.sales import fold
from tools.domain.score_columns import SCALE, FactorColumns, amount
from tools.domain.vocabulary import Factor, Measure
from tools.text import Money

if TYPE_CHECKING:
    from tools.domain.score_columns import Flags, Integers

_HELD = 200
_MONEY = {Factor.REVENUE.value, Factor.POTENTIAL.value}


def factor_columns(
    session: Session, on: date, rules: RuleSet, company: Mapping[int, Customer], *, practice: bool
) -> FactorColumns:
    """The factors of every account of the company, as they were known on that day."""
    reader = _Reader(session, on, rules, company, practice=practice)
    reader.yearly_revenue()
    reader.recorded()
    reader.computed()
    return reader.columns


class _Reader:
    """Fills the columns; what is read later replaces what was read before."""

    def __init__(
        self,
        session: Session,
        on: date,
        rules: RuleSet,
        company: Mapping[int, Customer],
        *,
        practice: bool,
    ) -> None:
        self._session, self._on, self._rules = session, on, rules
        self._base = rules.company.base_currency
        self._rates = rates(session)
        self._among = company.keys() if practice else None
        self.columns = _empty(company)

    def yearly_revenue(self) -> None:
        query = select(
            col(Financial.account_id),
            _plain(Financial.amount),
            col(Financial.currency),
            _text(Financial.as_of),
            func.coalesce(col(Financial.year), -1),
        ).where(
            col(Financial.measure) == Measure.OUR_REVENUE,
            col(Financial.forecast).is_(False),
            col(Financial.as_of) <= self._on,
        )
        found = self._read(query, Financial.account_id)
        if not found:
            return
        accounts, amounts, currencies, days, years = found
        foreign = [i for i, unit in enumerate(currencies) if unit and unit != self._base]
        values, usable = self._in_base(amounts, currencies, days, foreign)
        order = _rising(_ranks(days), years)
        self._put(Factor.REVENUE, _integers(accounts)[order], values[order], usable[order])

    def recorded(self) -> None:
        query = select(
            col(FactorInput.account_id),
            _plain(FactorInput.value),
            col(FactorInput.unit),
            _text(FactorInput.as_of),
            _text(FactorInput.factor),
        ).where(col(FactorInput.as_of) <= self._on)
        found = self._read(query, FactorInput.account_id)
        if not found:
            return
        accounts, amounts, units, days, factors = found
        ours = ("", self._base)
        foreign = [
            i
            for i, (factor, unit) in enumerate(zip(factors, units, strict=True))
            if factor in _MONEY and unit not in ours
        ]
        values, usable = self._in_base(amounts, units, days, foreign)
        order, ids = _rising(_ranks(days)), _integers(accounts)
        of = _integers(map([factor.value for factor in Factor].index, factors))[order]
        for position, factor in enumerate(Factor):
            own = order[of == position]
            self._put(factor, ids[own], values[own], usable[own])

    def computed(self) -> None:
        """Revenue is computed where any deal or transaction is recorded."""
        import numpy as np

        selling = _integers(with_sales(self._session, self._on, self._among))
        self._put(Factor.REVENUE, selling, np.zeros_like(selling), np.ones_like(selling, bool))
        period = last_months(self._on, self._rules.score.revenue_months)
        found = base_currency_sales(self._session, self._base, period, self._among)
        sold = [_integers(column) for column in _columns(found)]
        if sold:
            at, kept = self._rows(sold[0])
            np.add.at(self.columns.values[Factor.REVENUE], at, sold[1][kept])
        self._foreign(period)

    def _foreign(self, period: Period) -> None:
        slices = foreign_sales(self._session, self._base, period, self._among)
        for account, found in fold(slices, self._base, lambda key: key[0]).items():
            at, _ = self._rows(_integers([account] if isinstance(account, int) else ()))
            self.columns.values[Factor.REVENUE][at] += int(found.total.amount * SCALE)
            self.columns.known[Factor.REVENUE][at] = not found.unconverted

    def _read(self, query: Query, account: Any) -> list[list[Any]]:
        """The query's columns; empty where it has no rows."""
        return _columns(rows(self._session, query, col(account), self._among))

    def _in_base(
        self,
        amounts: Sequence[int],
        units: Sequence[str],
        days: Sequence[Any],
        foreign: Iterable[int],
    ) -> tuple["Integers", "Flags"]:
        """The amounts in the base currency, and which of them a rate was known for."""
        import numpy as np

        values, usable = _integers(amounts), np.ones(len(amounts), bool)
        for row in foreign:
            found = _converted(self._rates, amounts[row], units[row], self._base, days[row])
            values[row], usable[row] = found or 0, found is not None
        return values, usable

    def _put(
        self, factor: Factor, accounts: "Integers", values: "Integers", usable: "Flags"
    ) -> None:
        at, kept = self._rows(accounts)
        self.columns.values[factor][at] = values[kept]
        self.columns.known[factor][at] = usable[kept]

    def _rows(self, accounts: "Integers") -> tuple["Integers", "Flags"]:
        """Where these accounts stand in the columns, and which of them do."""
        known = self.columns.accounts
        if not len(known):
            return accounts[:0], accounts < 0
        at = known.searchsorted(accounts).clip(max=len(known) - 1)
        kept = known[at] == accounts
        return at[kept], kept


def _empty(company: Mapping[int, Customer]) -> FactorColumns:
    import numpy as np

    customers = [company[account] for account in sorted(company)]
    segments = list(dict.fromkeys(customer.segment for customer in customers))
    position = {segment: at for at, segment in enumerate(segments)}
    return FactorColumns(
        _integers([customer.id for customer in customers]),
        segments,
        _integers([position[customer.segment] for customer in customers]),
        {factor: np.zeros(len(customers), np.int64) for factor in Factor},
        {factor: np.zeros(len(customers), bool) for factor in Factor},
    )


def _converted(known: Rates, value: int, unit: str, base: str, day: Any) -> int | None:
    on = day if isinstance(day, date) else date.fromisoformat(day)
    money = known.convert(Money(amount(value), unit), base, on)
    return None if money is None else int(money.amount * SCALE)


def _columns(found: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """The columns of the rows. Few rows are held at a time: hundreds of thousands of them cost
    the garbage collector more than reading them does."""
    pending = iter(found)
    columns: list[list[Any]] = []
    while some := list(islice(pending, _HELD)):
        columns = columns or [[] for _ in some[0]]
        for column, more in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(more)
    return columns


def _plain(column: Any) -> Any:
    """A decimal column as the ten-thousandths that it keeps."""
    return type_coerce(col(column), BigInteger)


def _text(column: Any) -> Any:
    """A column as the driver hands it over, to be compared only."""
    return type_coerce(col(column), String)


def _integers(values: Iterable[int]) -> "Integers":
    import numpy as np

    return np.fromiter(values, np.int64)


def _ranks(days: Sequence[Any]) -> "Integers":
    """Numbers that rise as the days do."""
    order = {day: rank for rank, day in enumerate(sorted(set(days)))}
    return _integers(map(order.__getitem__, days))


def _rising(days: "Integers", years: Iterable[int] | None = None) -> "Integers":
    """The rows from the oldest to the newest: by year, then by day."""
    import numpy as np

    return np.lexsort((days,) if years is None else (days, _integers(years)))
