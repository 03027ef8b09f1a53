"""Evaluations against their cadence (K3), and what about an account needs attention first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum

from tools.domain.rules import Cadence
from tools.domain.vocabulary import Dimension


class Timeliness(StrEnum):
    """Where an evaluation stands in its cadence."""

    NEVER = "never"
    OVERDUE = "overdue"
    DUE = "due"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A dimension's last evaluation, and until when the next one is on time."""

    dimension: Dimension
    last: date | None
    next_by: date | None
    timeliness: Timeliness


def evaluated(
    last: Mapping[Dimension, date], cadences: tuple[Cadence, ...], on: date, *, tight: bool = False
) -> tuple[Evaluated, ...]:
    """Each dimension with a cadence: due from the short end, overdue past the long end.

    With `tight` (VIP accounts, house) an evaluation is overdue past the short end already.
    """
    return tuple(_evaluated(last.get(c.dimension), c, on, tight=tight) for c in cadences)


def _evaluated(last: date | None, cadence: Cadence, on: date, *, tight: bool) -> Evaluated:
    if last is None:
        return Evaluated(cadence.dimension, None, None, Timeliness.NEVER)
    longest = cadence.due_days if tight else cadence.overdue_days
    age = (on - last).days
    state = Timeliness.CURRENT
    if age > longest:
        state = Timeliness.OVERDUE
    elif age >= cadence.due_days:
        state = Timeliness.DUE
    return Evaluated(cadence.dimension, last, last + timedelta(days=longest), state)


class Urgency(IntEnum):
    """How soon something asks for action (house)."""

    NOW = 1
    SOON = 2
    LATER = 3


class Concern(StrEnum):
    """What can be wrong with an account (house)."""

    NO_OWNER = "no_owner"
    GRAVE_RISK = "grave_risk"
    NO_CONTACT = "no_contact"
    PLAN_EXPIRED = "plan_expired"
    EVALUATION_OVERDUE = "evaluation_overdue"
    REVENUE_FALLS = "revenue_falls"
    NO_PLAN = "no_plan"
    DERIVED_OWNER = "derived_owner"
    NO_DECISION_CONTACT = "no_decision_contact"
    EVALUATION_DUE = "evaluation_due"
    NEED_GAP = "need_gap"
    STEP_LATE = "step_late"
    PLAN_UNAPPROVED = "plan_unapproved"
    SCORE_INCOMPLETE = "score_incomplete"


_NOW = (
    Concern.NO_OWNER,
    Concern.GRAVE_RISK,
    Concern.NO_CONTACT,
    Concern.PLAN_EXPIRED,
    Concern.EVALUATION_OVERDUE,
)
_LATER = (Concern.PLAN_UNAPPROVED, Concern.SCORE_INCOMPLETE)

GRAVE_RISK = 15
REVENUE_FALL = Decimal("-0.20")


def urgency(concern: Concern) -> Urgency:
    if concern in _NOW:
        return Urgency.NOW
    return Urgency.LATER if concern in _LATER else Urgency.SOON


@dataclass(frozen=True)
class Health:
    """What the concerns are found from; None where it is not known or not there."""

    owned: bool
    derived: bool
    risks: tuple[int, ...]
    last_contact: date | None
    window_days: int
    decision_contact: bool
    plan_until: date | None
    plan_approved: bool
    evaluations: tuple[Evaluated, ...]
    growth: Decimal | None
    need_gaps: int
    late_steps: int
    scored: bool


def concerns(health: Health, on: date) -> list[Concern]:
    """What needs attention, the most urgent first; in the order of `Concern` between equals."""
    states = {item.timeliness for item in health.evaluations}
    found = {
        Concern.NO_OWNER: not health.owned,
        Concern.DERIVED_OWNER: health.derived,
        Concern.GRAVE_RISK: max(health.risks, default=0) >= GRAVE_RISK,
        Concern.NO_CONTACT: _silent(health, on),
        Concern.NO_DECISION_CONTACT: not health.decision_contact,
        Concern.NO_PLAN: health.plan_until is None,
        Concern.PLAN_EXPIRED: health.plan_until is not None and health.plan_until < on,
        Concern.PLAN_UNAPPROVED: health.plan_until is not None and not health.plan_approved,
        Concern.EVALUATION_OVERDUE: bool(states & {Timeliness.NEVER, Timeliness.OVERDUE}),
        Concern.EVALUATION_DUE: Timeliness.DUE in states,
        Concern.REVENUE_FALLS: health.growth is not None and health.growth <= REVENUE_FALL,
        Concern.NEED_GAP: health.need_gaps > 0,
        Concern.STEP_LATE: health.late_steps > 0,
        Concern.SCORE_INCOMPLETE: not health.scored,
    }
    order = list(Concern)
    return sorted(
        (c for c, is_so in found.items() if is_so), key=lambda c: (urgency(c), order.index(c))
    )


def _silent(health: Health, on: date) -> bool:
    return health.last_contact is None or (on - health.last_contact).days > health.window_days
