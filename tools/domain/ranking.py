"""Ranks and the top share of a scope (K3 takes the top X %; counting and ties are house)."""

from collections.abc import Mapping
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


def places(counts: Mapping[Decimal, int], share: Decimal) -> dict[Decimal, Standing]:
    """The place of each score, by how many have it; all that tie with the last in are in."""
    number = sum(counts.values())
    wanted, above = top_count(number, share), 0
    found = {}
    for score in sorted(counts, reverse=True):
        found[score] = Standing(above + 1, number, above < wanted)
        above += counts[score]
    return found
