"""Reads of an account's projects: its open deals and those won lately, and long-term needs."""

from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from tools.data.deals import CLOSED
from tools.data.models import Need, Opportunity, Product
from tools.domain.periods import Period
from tools.domain.vocabulary import Horizon, Stage


def projects(
    session: Session, account_id: int, on: date, won_in: Period
) -> list[tuple[Opportunity, str | None]]:
    """Deals begun by that day that are open, or won in the period, each with its product; the
    open ones first, then by value."""
    begun = or_(col(Opportunity.engaged_on).is_(None), col(Opportunity.engaged_on) <= on)
    open_ = and_(col(Opportunity.stage).not_in(CLOSED), begun)
    won = and_(
        col(Opportunity.stage) == Stage.WON,
        col(Opportunity.closed_on).between(won_in.since, won_in.until),
    )
    query = (
        select(Opportunity, col(Product.name))
        .outerjoin(Product, col(Product.id) == col(Opportunity.product_id))
        .where(col(Opportunity.account_id) == account_id, or_(open_, won))
        .order_by(
            col(Opportunity.closed_on).is_not(None),
            func.coalesce(col(Opportunity.value), 0).desc(),
            col(Opportunity.id),
        )
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def long_needs(session: Session, account_id: int) -> list[date]:
    """The days on which needs of the next 1 to 3 years were recorded or made more precise."""
    query = select(col(Need.as_of)).where(
        col(Need.account_id) == account_id, col(Need.horizon) == Horizon.LONG
    )
    return list(session.execute(query.order_by(col(Need.as_of))).scalars())
