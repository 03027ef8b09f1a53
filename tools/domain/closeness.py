"""Relationship closeness, 0 to 100: a part computed from contacts, a part judged by people.

K3 names the two parts; the formula is house. A part that nothing is recorded for is missing,
so that the closeness is a range and not a number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tools.domain.rules import ClosenessRules
from tools.domain.vocabulary import Layer
from tools.errors import BadInput
from tools.text import text

_NONE, _FULL = Decimal(0), Decimal(100)
_PLACES = 12


class Aspect(StrEnum):
    """What makes up the closeness."""

    RECENCY = "recency"
    FREQUENCY = "frequency"
    BREADTH = "breadth"
    EXECUTIVE = "executive"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The points (0 to 100) that a person gave for the relationship on a day."""

    points: Decimal
    held_on: date


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is logged of an account until a day.

    `last` is the latest interaction ever, `count` and `layers` those of the window, `executive`
    the latest one with an executive or the decision layer. `layers` is None where the window
    has interactions but no layer of a participant is known.
    """

    last: date | None = None
    count: int = 0
    layers: frozenset[Layer] | None = frozenset()
    executive: date | None = None
    judged: Judgement | None = None


@dataclass(frozen=True)
class Closeness:
    """Points per aspect, None while missing, and their weights."""

    points: Mapping[Aspect, Decimal | None]
    weights: Mapping[Aspect, Decimal]

    @property
    def missing(self) -> tuple[Aspect, ...]:
        return tuple(aspect for aspect in Aspect if self.points[aspect] is None)

    @property
    def computed(self) -> Decimal | None:
        """What the logged contacts contribute; None while one of those aspects is missing."""
        aspects = [aspect for aspect in Aspect if aspect is not Aspect.JUDGED]
        missing = any(self.points[aspect] is None for aspect in aspects)
        return None if missing else self._sum(aspects)

    @property
    def judged(self) -> Decimal | None:
        """What the judgement contributes."""
        known = self.points[Aspect.JUDGED] is not None
        return self._sum([Aspect.JUDGED]) if known else None

    @property
    def total(self) -> Decimal | None:
        """The closeness; None while an aspect is missing."""
        return None if self.missing else self.lowest

    @property
    def lowest(self) -> Decimal:
        """The closeness if every missing aspect earned nothing."""
        return self._sum(Aspect)

    @property
    def highest(self) -> Decimal:
        """The closeness if every missing aspect earned all its points."""
        return self.lowest + _FULL * sum((self.weights[a] for a in self.missing), Decimal(0))

    def _sum(self, aspects: Iterable[Aspect]) -> Decimal:
        return added((self.points[a] or _NONE) * self.weights[a] for a in aspects)


def closeness(contacts: Contacts, on: date, rules: ClosenessRules) -> Closeness:
    """The closeness on a day, aspect by aspect.

    Recency is full up to the target interval and falls to 0 at the end of the window;
    frequency compares the window's interactions with the target's; breadth is the share of
    the three layers met; executive contact counts or does not; a judgement counts while it
    lies in the window.
    """
    points: dict[Aspect, Decimal | None] = dict.fromkeys(Aspect)
    if contacts.last is not None:
        points[Aspect.RECENCY] = recency((on - contacts.last).days, rules)
        points[Aspect.FREQUENCY] = frequency(contacts.count, rules)
        latest = contacts.executive
        recent = latest is not None and (on - latest).days <= rules.executive_days
        points[Aspect.EXECUTIVE] = executive(recent)
        if contacts.layers is not None:
            points[Aspect.BREADTH] = breadth(len(contacts.layers))
    judged = contacts.judged
    if judged is not None and (on - judged.held_on).days <= rules.window_days:
        points[Aspect.JUDGED] = judged.points
    return Closeness(points, aspect_weights(rules))


def aspect_weights(rules: ClosenessRules) -> dict[Aspect, Decimal]:
    """The weight of each aspect; refuses weights that do not sum to 1."""
    weights = {aspect: getattr(rules, f"{aspect.value}_weight") for aspect in Aspect}
    total = sum(weights.values(), Decimal(0))
    if total != 1 or min(weights.values()) < 0:
        raise BadInput(
            text(
                "The closeness weights must not be negative and must sum to 1; they sum to "
                "{total}. Sales operations can correct the rules under closeness.",
                "关系紧密度权重不能为负，且合计必须等于 1，目前合计为 {total}。"
                "请销售运营修改规则 closeness。",
                total=str(total),
            )
        )
    return weights


def added(contributions: Iterable[Decimal]) -> Decimal:
    """The sum to twelve places: thirds of points do not end, yet three of them are a whole, and
    a closeness on the limit counts as close."""
    return round(sum(contributions, _NONE), _PLACES)


def recency(days: int, rules: ClosenessRules) -> Decimal:
    """Points for so many days since the latest interaction."""
    if days <= rules.target_days:
        return _FULL
    if days >= rules.window_days:
        return _NONE
    return _FULL * (rules.window_days - days) / (rules.window_days - rules.target_days)


def frequency(count: int, rules: ClosenessRules) -> Decimal:
    """Points for so many interactions in the window."""
    return min(_FULL, _FULL * count * rules.target_days / rules.window_days)


def breadth(layers: int) -> Decimal:
    """Points for so many layers met in the window."""
    return _FULL * layers / len(Layer)


def executive(recent: bool) -> Decimal:
    """Points for recent contact with an executive or the decision layer."""
    return _FULL if recent else _NONE
