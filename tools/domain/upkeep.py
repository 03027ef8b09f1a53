"""How an account is kept: coverage, lines, evaluations, contacts, plan; and the three checks.

K3 asks whether the account, its salesperson and the mechanism still qualify; which evidence
answers each question is house.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tools.domain.coverage import AccountCoverage
from tools.domain.review import Evaluated, Timeliness
from tools.domain.vocabulary import Line, PlanStatus


class PlanState(NamedTuple):
    """The edition of an account plan that counts."""

    edition: int
    starts: date
    ends: date
    status: PlanStatus
    updated_on: date

    def covers(self, day: date) -> bool:
        return self.starts <= day <= self.ends


@dataclass(frozen=True)
class Upkeep:
    """What is known of the upkeep of one account on a day.

    `in_top` is None while the account has no full score; `lines` are those of its owners.
    """

    in_top: bool | None
    coverage: AccountCoverage
    lines: frozenset[Line]
    evaluations: tuple[Evaluated, ...]
    last_contact: date | None
    plan: PlanState | None

    @property
    def recorded(self) -> bool:
        """Whether an owner is recorded who has not left."""
        return not self.coverage.is_derived and any(o.active for o in self.coverage.owners)

    @property
    def late(self) -> tuple[Evaluated, ...]:
        """Evaluations that are overdue or were never held."""
        wrong = (Timeliness.OVERDUE, Timeliness.NEVER)
        return tuple(found for found in self.evaluations if found.timeliness in wrong)


class Check(StrEnum):
    """The three checks (K3)."""

    ACCOUNT = "account"
    SALESPERSON = "salesperson"
    MECHANISM = "mechanism"


class Fault(StrEnum):
    """Why a check is not passed (house)."""

    NOT_SCORED = "not_scored"
    OUTSIDE_TOP = "outside_top"
    EVALUATION_LATE = "evaluation_late"
    NO_CONTACT = "no_contact"
    NO_CURRENT_PLAN = "no_current_plan"
    OWNER_NOT_RECORDED = "owner_not_recorded"
    NO_SOLID_LINE = "no_solid_line"
    NO_DOTTED_LINE = "no_dotted_line"
    PLAN_NOT_APPROVED = "plan_not_approved"


def three_checks(known: Upkeep, on: date, window_days: int) -> Mapping[Check, tuple[Fault, ...]]:
    """The faults per check; none means passed.

    A contact counts while it lies in the window of the closeness.
    """
    silent = known.last_contact is None or (on - known.last_contact).days > window_days
    current = known.plan is not None and known.plan.covers(on)
    approved = known.plan is not None and known.plan.status is PlanStatus.APPROVED
    found = {
        Check.ACCOUNT: {
            Fault.NOT_SCORED: known.in_top is None,
            Fault.OUTSIDE_TOP: known.in_top is False,
        },
        Check.SALESPERSON: {
            Fault.EVALUATION_LATE: bool(known.late),
            Fault.NO_CONTACT: silent,
            Fault.NO_CURRENT_PLAN: not current,
        },
        Check.MECHANISM: {
            Fault.OWNER_NOT_RECORDED: not known.recorded,
            Fault.NO_SOLID_LINE: Line.SOLID not in known.lines,
            Fault.NO_DOTTED_LINE: Line.DOTTED not in known.lines,
            Fault.PLAN_NOT_APPROVED: not approved,
        },
    }
    return {
        check: tuple(fault for fault, is_so in faults.items() if is_so)
        for check, faults in found.items()
    }
