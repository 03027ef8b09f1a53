"""What people say for each tool, learned: a linear classifier over the forms of a sentence.

The weights stand beside this module in `routes.npz`, made from the phrases of the catalog by
`make learn`; nothing is learned while the assistant runs.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from bot.agent.builtin.forms import forms
from bot.agent.builtin.reading import Reading

WEIGHTS = Path(__file__).with_name("routes.npz")
_NOTHING = -1.0


class Routes:
    """The learned weights: rows are hashed forms, columns are tools and `ELSEWHERE`."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self._path = path
        self._leanings: WeakKeyDictionary[Reading, Mapping[str, float]] = WeakKeyDictionary()

    @cached_property
    def _held(self) -> Mapping[str, Any]:
        import numpy as np

        with np.load(self._path) as kept:
            return {name: kept[name] for name in kept.files}

    @property
    def stamp(self) -> str:
        """Names the phrases that were learned from."""
        return str(self._held["stamp"])

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(str(name) for name in self._held["names"])

    def leaning(self, reading: Reading) -> Mapping[str, float]:
        """How strongly the sentence speaks for each tool: 0 is nothing, 1 is as surely as a
        phrase that was learned. Weighed once for each reading."""
        found = self._leanings.get(reading)
        if found is None:
            found = self._leanings[reading] = self._weighed(reading)
        return found

    def _weighed(self, reading: Reading) -> Mapping[str, float]:
        import numpy as np

        held = self._held
        rows = np.fromiter(forms(reading), np.int64)
        rarity = held["rarity"][rows]
        length = float(np.sqrt(rarity @ rarity)) or 1.0
        sums = (rarity / length) @ (held["weights"][rows].astype(np.float32) * held["scale"])
        margins = np.maximum(sums + held["offsets"], _NOTHING) - _NOTHING
        return dict(zip(self.names, margins.tolist(), strict=True))


@lru_cache
def learned_routes() -> Routes:
    """The routes that come with the assistant."""
    return Routes()
