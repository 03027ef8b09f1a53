"""Reads of the score's inputs of a whole company, by column."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.columns import (
    Base,
    as_read,
    in_base,
    integers,
    newest,
    plain,
    ranks,
    read,
    rising,
    standing,
    transposed,
    yearly,
)
from tools.data.factors import with_sales
from tools.data.models import FactorInput
from tools.data.rates import rates
from tools.data.sales import base_currency_sales, foreign_sales
from tools.domain.columns import SCALE
from tools.domain.customers import Customer
from tools.domain.periods import Period, last_months
from tools.domain.rules import RuleSet
from tools.domain.sales import fold
from tools.domain.score_columns import FactorColumns
from tools.domain.vocabulary import Factor, Measure

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers

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
        self._base = Base(rules.company.base_currency, rates(session))
        self._among = company.keys() if practice else None
        self.columns = _empty(company)

    def yearly_revenue(self) -> None:
        found = yearly(self._session, self._on, self._base, Measure.OUR_REVENUE, self._among)
        self._put(Factor.REVENUE, *found)

    def recorded(self) -> None:
        query = select(
            col(FactorInput.account_id),
            plain(FactorInput.value),
            col(FactorInput.unit),
            as_read(FactorInput.as_of),
            as_read(FactorInput.factor),
        ).where(col(FactorInput.as_of) <= self._on)
        accounts, amounts, units, days, factors = read(
            self._session, query, FactorInput.account_id, self._among
        )
        ours = ("", self._base.currency)
        foreign = [
            i
            for i, (factor, unit) in enumerate(zip(factors, units, strict=True))
            if factor in _MONEY and unit not in ours
        ]
        values, usable = in_base(self._base, amounts, units, days, foreign)
        order, ids = rising(ranks(days)), integers(accounts)
        of = integers(map([factor.value for factor in Factor].index, factors))[order]
        for position, factor in enumerate(Factor):
            own = order[of == position]
            self._put(factor, ids[own], values[own], usable[own])

    def computed(self) -> None:
        """Revenue is computed where any deal or transaction is recorded."""
        import numpy as np

        selling = integers(with_sales(self._session, self._on, self._among))
        self._put(Factor.REVENUE, selling, np.zeros_like(selling), np.ones_like(selling, bool))
        period = last_months(self._on, self._rules.score.revenue_months)
        base = self._base.currency
        found = base_currency_sales(self._session, base, period, self._among)
        sold = [integers(column) for column in transposed(found)]
        if sold:
            at, kept = self._rows(sold[0])
            np.add.at(self.columns.values[Factor.REVENUE], at, sold[1][kept])
        self._foreign(period)

    def _foreign(self, period: Period) -> None:
        base = self._base.currency
        slices = foreign_sales(self._session, base, period, self._among)
        for account, found in fold(slices, base, lambda key: key[0]).items():
            at, _ = self._rows(integers([account] if isinstance(account, int) else ()))
            self.columns.values[Factor.REVENUE][at] += int(found.total.amount * SCALE)
            self.columns.known[Factor.REVENUE][at] = not found.unconverted

    def _put(
        self, factor: Factor, accounts: "Integers", values: "Integers", usable: "Flags"
    ) -> None:
        newest(self.columns.values[factor], self.columns.accounts, accounts, values)
        newest(self.columns.known[factor], self.columns.accounts, accounts, usable)

    def _rows(self, accounts: "Integers") -> tuple["Integers", "Flags"]:
        """Where these accounts stand in the columns, and which of them do."""
        return standing(self.columns.accounts, accounts)


def _empty(company: Mapping[int, Customer]) -> FactorColumns:
    import numpy as np

    customers = [company[account] for account in sorted(company)]
    segments = list(dict.fromkeys(customer.segment for customer in customers))
    position = {segment: at for at, segment in enumerate(segments)}
    return FactorColumns(
        integers([customer.id for customer in customers]),
        segments,
        integers([position[customer.segment] for customer in customers]),
        {factor: np.zeros(len(customers), np.int64) for factor in Factor},
        {factor: np.zeros(len(customers), bool) for factor in Factor},
    )
