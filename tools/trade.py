"""What one account buys: won revenue by period, its products, its open deals."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.data import sales
from tools.data.deals import Where
from tools.deal_selection import OPEN
from tools.domain.periods import Period, before, last_months, year_to_date
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, fold, nothing, ranked, total
from tools.groups import names
from tools.text import Value

_PRODUCTS = 5


@dataclass(frozen=True)
class Trade:
    """Won revenue of an account by period, the products with the highest, the open deals."""

    year: tuple[Period, Tally]
    year_before: tuple[Period, Tally]
    this_year: tuple[Period, Tally]
    ever: Tally
    products: tuple[tuple[Value, Tally], ...]
    open: Tally


def trade_of(session: Session, rules: RuleSet, account_id: int, on: date) -> Trade:
    """The account's trade as known on that day; nothing later counts."""
    base = rules.company.base_currency

    def won(period: Period) -> tuple[Period, Tally]:
        found = sales.won_by_account(session, base, period, (account_id,))
        return period, found.get(account_id, nothing(base))

    year = last_months(on, 12)
    return Trade(
        won(year),
        won(before(year)),
        won(year_to_date(on)),
        won(Period(None, on))[1],
        _products(session, base, account_id, on),
        _open(session, base, account_id, on),
    )


def _products(
    session: Session, base: str, account_id: int, on: date
) -> tuple[tuple[Value, Tally], ...]:
    where = Where(period=Period(None, on), accounts=(account_id,), sandbox=True)
    bought = ranked(fold(sales.won(session, base, ("product",), where), base, lambda key: key[0]))
    best = [(key if isinstance(key, int) else None, found) for _, key, found in bought]
    called = names(session, "product", [key for key, _ in best[:_PRODUCTS]])
    return tuple((called[key], found) for key, found in best[:_PRODUCTS])


def _open(session: Session, base: str, account_id: int, on: date) -> Tally:
    where = Where(accounts=(account_id,), stages=OPEN, sandbox=True)
    slices = sales.deals(session, base, (), where, on)
    return total(fold(slices, base, lambda key: key).values(), base)
