"""Profitability (K1): revenue − cost of goods − cost to serve, of one account and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tools.domain.figures import Figure
from tools.domain.vocabulary import Measure
from tools.text import Money

COST_TO_SERVE = (
    Measure.COST_SALES,
    Measure.COST_PRESALES,
    Measure.COST_DELIVERY,
    Measure.COST_SERVICE,
    Measure.REBATES,
    Measure.RECEIVABLES_FINANCING,
)
COSTS = (Measure.COST_OF_GOODS, *COST_TO_SERVE)


@dataclass(frozen=True)
class Profit:
    """Revenue and costs in one currency; a cost that is not known is None, never zero."""

    currency: str
    revenue: Figure | None
    costs: Mapping[Measure, Figure | None]

    @property
    def missing(self) -> tuple[Measure, ...]:
        """What is not known, revenue as `OUR_REVENUE`."""
        revenue = () if self.revenue else (Measure.OUR_REVENUE,)
        return (*revenue, *(cost for cost in COSTS if self.costs.get(cost) is None))

    @property
    def gross(self) -> Money | None:
        """Revenue − cost of goods."""
        goods = self.costs.get(Measure.COST_OF_GOODS)
        if self.revenue is None or goods is None:
            return None
        return self.revenue.amount - goods.amount

    @property
    def to_serve(self) -> Money | None:
        """The cost to serve; None while one of its kinds is missing."""
        known = [figure for cost in COST_TO_SERVE if (figure := self.costs.get(cost))]
        if len(known) < len(COST_TO_SERVE):
            return None
        return Money(sum((f.amount.amount for f in known), Decimal(0)), self.currency)

    @property
    def remains(self) -> Money | None:
        """What is left after the known costs; None without revenue."""
        if self.revenue is None:
            return None
        known = [figure for cost in COSTS if (figure := self.costs.get(cost))]
        spent = sum((figure.amount.amount for figure in known), Decimal(0))
        return Money(self.revenue.amount.amount - spent, self.currency)

    @property
    def profit(self) -> Money | None:
        """The profit; None while anything is missing."""
        return None if self.missing else self.remains

    def on_revenue(self, amount: Money | None) -> Decimal | None:
        """An amount as a fraction of the revenue; None without revenue."""
        if amount is None or self.revenue is None or self.revenue.amount.amount <= 0:
            return None
        return amount.amount / self.revenue.amount.amount
