"""How the scores of passages in two languages become one list, and whether to trust it.

Constants were fitted on open question sets with and without their right passage.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kam_knowledge.lexical import Found
from kam_knowledge.terms import Field

_PLACES = 5
_POWER = 1.6
_LEAST = 0.02
_NEXT = 9
_FACTOR = {"zh": 0.45, "en": 0.3}
OWN: Mapping[Field, float] = {"main": 0.4, "pivot": 1.0}
"""The weights of the fields for texts in the question's own tongue."""

FAR: Mapping[Field, float] = {"names": 0.5, "bridge": 1.0}
"""The weights of the fields for texts in the other tongue."""

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
    spots: Mapping[int, int] = field(default_factory=dict)

    def without(self, spots: Container[int]) -> "Leg":
        """The leg without the passages at these places."""
        kept = {n: score for n, score in self.scores.items() if self.spots.get(n) not in spots}
        return replace(self, scores=kept)

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
    """The score of each place from the best question found of each leg, with the leg's
    weight; best first."""
    scores: dict[int, float] = {}
    for weight, found in legs:
        nearest: dict[int, float] = {}
        for hit in found:
            nearest[hit.spot] = max(hit.score, nearest.get(hit.spot, 0.0))
        for spot, score in nearest.items():
            scores[spot] = scores.get(spot, 0.0) + weight * score
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))
