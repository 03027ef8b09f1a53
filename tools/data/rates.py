"""Reads of exchange rates."""

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.models import ExchangeRate
from tools.domain.rates import Rate, Rates


def rates(session: Session) -> Rates:
    """Every recorded rate."""
    query = select(
        col(ExchangeRate.currency),
        col(ExchangeRate.into),
        col(ExchangeRate.valid_from),
        col(ExchangeRate.rate),
    )
    return Rates(Rate(*row) for row in session.execute(query))
