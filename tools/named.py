"""Things of the knowledge (checklists, terms) by any of their names."""

from collections.abc import Mapping
from dataclasses import dataclass

from tools.domain.names import name_key, nearest

_LIKELY, _OFFERED, _CLEAR_LEAD = 80.0, 45.0, 8.0


@dataclass(frozen=True)
class Match:
    """What a name may mean: `likely` ids (one: found; several: a question), else `offered`."""

    likely: tuple[str, ...]
    offered: tuple[str, ...] = ()
    exact: bool = False


def match(name: str, known: Mapping[str, str]) -> Match:
    """The ids that go by a name or nearly so; `known` gives the id of each name key."""
    key = name_key(name)
    if key in known:
        return Match((known[key],), exact=True)
    near = nearest(name, list(known), at_least=_OFFERED)
    floor = max(_LIKELY, near[0].likeness - _CLEAR_LEAD) if near else _LIKELY
    likely = dict.fromkeys(known[item.name] for item in near if item.likeness >= floor)
    return Match(tuple(likely), tuple(dict.fromkeys(known[item.name] for item in near)))
