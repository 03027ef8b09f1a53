"""Names as people write them: one key per name, and the nearest names to a misspelt one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kam_knowledge.scripts import normalise

_LEGAL = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团公司|集团|公司)$"
    r"|\b(incorporated|inc|corporation|corp|company|co|ltd|limited|llc|gmbh|plc|group|holdings?)$"
)
_NOISE = re.compile(r"[\W_]+")


def name_key(name: str) -> str:
    """The form under which a name is looked up: normal script, no spaces or punctuation."""
    return _NOISE.sub("", normalise(name))


def short_key(name: str) -> str:
    """The key without the legal form ("Acme Corporation" and "Acme" agree)."""
    words = normalise(name).strip(" .")
    shorter = _LEGAL.sub("", words).strip(" .,&")
    return _NOISE.sub("", shorter) or name_key(name)


@dataclass(frozen=True)
class NearName:
    """A known name and how near it is to the one asked for: 0 to 100."""

    name: str
    likeness: float


def nearest(name: str, known: Sequence[str], *, at_least: float, limit: int = 5) -> list[NearName]:
    """The known names nearest to `name`, best first; ties by name."""
    from rapidfuzz import fuzz

    wanted = name_key(name)
    scored = (NearName(other, fuzz.ratio(wanted, name_key(other))) for other in known)
    near = [item for item in scored if item.likeness >= at_least]
    return sorted(near, key=lambda item: (-item.likeness, item.name))[:limit]


def keys(names: Iterable[str]) -> set[str]:
    """All keys by which a thing with these names can be found."""
    return {key for name in names for key in (name_key(name), short_key(name)) if key}
