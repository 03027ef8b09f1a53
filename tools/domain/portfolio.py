"""What a manager looks at over many accounts: plans, suppliers, and what stands out (house)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from tools.domain.upkeep import PlanState


class Issue(StrEnum):
    """What stands out, in the order in which it is shown."""

    RISK = "risk"
    OVERDUE_REVIEW = "overdue_review"
    STALE_PLAN = "stale_plan"
    SINGLE_CONTACT = "single_contact"
    TIER_DRIFT = "tier_drift"
    WALLET_GAP = "wallet_gap"


class Staleness(StrEnum):
    """Why a plan does not serve."""

    NO_PLAN = "no_plan"
    EXPIRED = "expired"
    NOT_BEGUN = "not_begun"


def staleness(plan: PlanState | None, on: date, *, key_account: bool) -> Staleness | None:
    """What is wrong with a plan on a day; only a key account has to have one."""
    if plan is None:
        return Staleness.NO_PLAN if key_account else None
    if plan.ends < on:
        return Staleness.EXPIRED
    return Staleness.NOT_BEGUN if plan.starts > on else None


class Bought(NamedTuple):
    """What a customer buys from one supplier in a year, in one currency for all."""

    year: int
    supplier: str
    ours: bool
    amount: Decimal


@dataclass(frozen=True)
class Position:
    """Our place among the suppliers of the newest year; None where it is not recorded."""

    year: int
    ours: Decimal | None
    rival: str | None
    theirs: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """How far the largest competitor is ahead; negative where we are."""
        if self.ours is None or self.theirs is None:
            return None
        return self.theirs - self.ours


def position(bought: Iterable[Bought]) -> Position | None:
    """Our place in the newest year; None where no supplier is recorded."""
    rows = list(bought)
    if not rows:
        return None
    year = max(row.year for row in rows)
    ours: list[Decimal] = []
    others: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.year == year and row.ours:
            ours.append(row.amount)
        elif row.year == year:
            others[row.supplier] += row.amount
    rival = min(others, key=lambda name: (-others[name], name), default=None)
    return Position(
        year, sum(ours, Decimal(0)) if ours else None, rival, others[rival] if rival else None
    )
