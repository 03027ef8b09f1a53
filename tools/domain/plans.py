"""Account plans (K2): what one should contain, and where it stands on a day (contents house)."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from tools.domain.vocabulary import PlanStatus


class Topic(StrEnum):
    """The sections of an account plan, by the key they are kept under (house)."""

    PROFILE = "profile"
    DECISION_STRUCTURE = "decision_structure"
    NEEDS = "needs"
    COMPETITION = "competition"
    STRATEGY = "strategy"
    RELATIONSHIP = "relationship"
    MILESTONES = "milestones"
    RISKS = "risks"


class Validity(StrEnum):
    """Whether a plan serves on a day."""

    IN_FORCE = "in_force"
    NOT_APPROVED = "not_approved"
    NOT_BEGUN = "not_begun"
    EXPIRED = "expired"


def validity(starts: date, ends: date, status: PlanStatus, on: date) -> Validity:
    """In force on its days once it is approved."""
    if ends < on:
        return Validity.EXPIRED
    if status is not PlanStatus.APPROVED:
        return Validity.NOT_APPROVED
    return Validity.NOT_BEGUN if starts > on else Validity.IN_FORCE


def absent(keys: Collection[str]) -> tuple[Topic, ...]:
    """The topics that a plan has no section on."""
    return tuple(topic for topic in Topic if topic.value not in keys)
