"""Movements between two account reviews (K1): who entered, left, rose and fell.

Falling and being overtaken are told apart (house): the answer to each differs.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from tools.domain.score import Inputs, Raw
from tools.domain.vocabulary import Factor
from tools.text import Value


class Place(NamedTuple):
    """How an account stands; `inputs` are the raw values of the factors by name."""

    rank: int | None
    score: Decimal | None
    key: bool
    tier: str | None = None
    inputs: Mapping[str, Any] = {}


class Movement(StrEnum):
    """What became of an account, what asks for most attention first."""

    ENTERED = "entered"
    LEFT = "left"
    FELL = "fell"
    OVERTAKEN = "overtaken"
    ROSE = "rose"
    UNRANKED = "unranked"
    NEWLY_RANKED = "newly_ranked"
    STAYED = "stayed"
    NEVER_RANKED = "never_ranked"


NOWHERE = Place(None, None, False)


def movement(then: Place, now: Place) -> Movement:
    """What became of an account between two places."""
    if now.key != then.key:
        return Movement.ENTERED if now.key else Movement.LEFT
    if then.rank is None or now.rank is None:
        return _between(then, now)
    if now.rank == then.rank:
        return Movement.STAYED
    if now.rank < then.rank:
        return Movement.ROSE
    lower = then.score is None or now.score is None or now.score < then.score
    return Movement.FELL if lower else Movement.OVERTAKEN


def _between(then: Place, now: Place) -> Movement:
    if then.rank is None and now.rank is None:
        return Movement.NEVER_RANKED
    return Movement.UNRANKED if now.rank is None else Movement.NEWLY_RANKED


def inputs_of(place: Place, unit: str, as_of: date, source: Value) -> Inputs:
    """The raw values that a review kept, as inputs of a score; factors without one are absent."""
    return {
        factor: Raw(Decimal(str(value)), unit, as_of, source, confirmed=True)
        for factor in Factor
        if (value := place.inputs.get(factor.value)) is not None
    }
