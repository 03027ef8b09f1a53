"""The deals of an account that are being worked on, and what people call them."""

from sqlmodel import Session, col, select

from tools.data.models import Opportunity, Product
from tools.domain.vocabulary import Stage


def open_deals(session: Session, account_id: int) -> list[tuple[Opportunity, str]]:
    """The open deals of the account, each with its name, product and number."""
    query = (
        select(Opportunity, Product.name)
        .outerjoin(Product, col(Product.id) == Opportunity.product_id)
        .where(
            Opportunity.account_id == account_id,
            col(Opportunity.stage).in_((Stage.PROSPECTING, Stage.ENGAGING)),
        )
        .order_by(col(Opportunity.id))
    )
    return [
        (deal, " · ".join(filter(None, (deal.name, product, deal.external_id or f"#{deal.id}"))))
        for deal, product in session.exec(query)
    ]
