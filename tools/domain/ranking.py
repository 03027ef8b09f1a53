"""Ranks and the top share of a scope (K3 takes the top X %; counting and ties are house)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Mapping
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from tools.errors import BadInput
from tools.text import Percent, text


class Standing(NamedTuple):
    """A place among `of` ranked accounts; equal scores share the better rank."""

    rank: int
    of: int
    in_top: bool


def top_count(number: int, share: Decimal) -> int:
    """How many make up the top share (0 to 1) of that number: ceil(number × share)."""
    if not 0 <= share <= 1:
        raise BadInput(
            text(
                "The top share is between 0 % and 100 %, not {share}.",
                "前百分之几须在 0% 到 100% 之间，不能是 {share}。",
                share=Percent(share),
            )
        )
    return int((number * share).to_integral_value(ROUND_CEILING))


def standings(scores: Mapping[int, Decimal], share: Decimal) -> dict[int, Standing]:
    """The place of each id, highest score first; all that tie with the last in are in."""
    count = top_count(len(scores), share)
    ascending = sorted(scores.values())
    lowest_in = ascending[-count] if count else None
    places = {
        score: Standing(
            len(ascending) - bisect_right(ascending, score) + 1,
            len(ascending),
            lowest_in is not None and score >= lowest_in,
        )
        for score in set(ascending)
    }
    return {key: places[score] for key, score in scores.items()}


def standings_within(
    scores: Mapping[int, Decimal], groups: Mapping[int, Hashable], share: Decimal
) -> dict[int, Standing]:
    """The place of each id within its group; ids whose group is None are left out."""
    grouped: dict[Hashable, dict[int, Decimal]] = defaultdict(dict)
    for key, score in scores.items():
        if groups[key] is not None:
            grouped[groups[key]][key] = score
    return {
        key: standing
        for members in grouped.values()
        for key, standing in standings(members, share).items()
    }
