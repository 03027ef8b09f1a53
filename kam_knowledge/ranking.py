"""How the scores of passages in two languages become one list, and whether to trust it.

Constants were fitted on open question sets with and without their right passage.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from kam_knowledge.lexical import Found
from kam_knowledge.terms import Field

_PLACES = 5
_POWER = 1.6
_LEAST = 0.02
_NEXT = 9
_FACTOR = {"zh": 0.45, "en": 0.3}
_NEAREST = (1.0, 0.5, 0.4, 0.3, 0.2)
_SURE_ASKED = {"zh": 0.5, "en": 0.5}
_SURE_OWN = {"zh": 0.5, "en": 0.66}
_SURE_FAR = {"zh": 0.17, "en": 0.36}


@dataclass(frozen=True)
class Leg:
    """Passages of one tongue by number with their scores, best first; the score that a
    passage would have which holds every term of the question; the weights of the fields
    that the scores are a sum of."""

    scores: Mapping[int, float]
    possible: float
    boosts: Mapping[Field, float] = field(default_factory=dict)

    @property
    def covered(self) -> float:
        """How much of the possible score the best passage has, 0 to 1."""
        best = max(self.scores.values(), default=0.0)
        return best / self.possible if self.possible else 0.0

    @property
    def lead(self) -> float:
        """How far the best passage stands out: its score by the mean of the next nine."""
        best, *others = [*self.scores.values(), 0.0]
        rest = [score for score in others[:_NEXT] if score > 0]
        return best / (sum(rest) / len(rest)) if rest else 1.0

    @property
    def evidence(self) -> float:
        return (self.covered + _LEAST) * self.lead


def merged(own: Leg, far: Leg, tongue: str, extra: Mapping[int, float]) -> dict[int, float]:
    """One score for each passage, best first.

    `far` holds the passages in the other tongue, which share meanings with the question but
    hardly a character. The less of the question the best passage of its own tongue covers,
    the more is added to theirs. `extra` is what other legs give.
    """
    raised = _FACTOR[tongue] / max(own.covered, _LEAST) ** _POWER
    scores = {number: score * raised for number, score in far.scores.items()} | dict(own.scores)
    for number, score in extra.items():
        scores[number] = scores.get(number, 0.0) + score
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


def supported(own: Leg, far: Leg, tongue: str, *, only_far: bool) -> bool:
    """Whether the passages answer the question: the best one covers much of it or stands
    out. What the other tongue shows counts only where the best of it stands in no edition
    in the asker's (`only_far`), since it is weaker evidence."""
    if own.evidence >= _SURE_OWN[tongue]:
        return True
    return only_far and far.evidence >= _SURE_FAR[tongue]


def with_both(ranked: Iterable[int], far: Container[int], limit: int) -> list[int]:
    """The first `limit` of a ranked list, the fifth place kept for the other tongue when no
    place before is."""
    order = list(ranked)
    best = next((number for number in order if number in far), None)
    if best in order[_PLACES - 1 :]:
        order.remove(best)
        order.insert(_PLACES - 1, best)
    return order[:limit]


def by_place(legs: Iterable[tuple[float, Iterable[Found]]]) -> dict[int, float]:
    """The score of each place from the questions found: the best counts in full, the next
    ones less and less, each leg with its weight; best first."""
    scores: dict[int, float] = {}
    for weight, found in legs:
        nearest: dict[int, list[float]] = {}
        for hit in found:
            nearest.setdefault(hit.spot, []).append(hit.score)
        for spot, several in nearest.items():
            several.sort(reverse=True)
            share = sum(s * part for s, part in zip(several, _NEAREST, strict=False))
            scores[spot] = scores.get(spot, 0.0) + weight * share
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))


def supported_by_questions(asked: Leg, tongue: str) -> bool:
    """Whether what was asked is near enough to what people ask of some place."""
    return asked.covered >= _SURE_ASKED[tongue]
