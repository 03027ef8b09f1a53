"""What a question is after: a linear classifier over the questions that people ask of a place.

It learns which terms speak for a place and which against it, and what questions sound like
that nothing here answers. Learning takes seconds and is kept as files named after what was
learned; asking is a sum over the rows of a question's terms.
"""

import hashlib
import json
import math
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_knowledge.lexicon import Lexicon
from kam_knowledge.terms import Field, Terms, terms_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

NOWHERE = -1
"""The place of a question that nothing here answers."""

_FORMAT = "2"
_FIELDS: tuple[Field, ...] = ("main", "pivot")
_STRICTNESS = 0.5
_TWICE = 2


@dataclass(frozen=True)
class Intents:
    """What was learned: rows of `weights` are terms, columns are `places`."""

    places: Sequence[int]
    rows: Mapping[str, int]
    rarity: Sequence[float]
    weights: "Numbers"
    offsets: "Numbers"

    @cached_property
    def known(self) -> frozenset[int]:
        return frozenset(self.places)

    def margins(self, terms: Terms) -> dict[int, float]:
        """How surely the question asks for each place, best first: above 0 it does, about
        -1 says nothing for it. Empty where none of its terms is known."""
        import numpy as np

        shares = _shares(terms, self.rows, self.rarity)
        if not shares:
            return {}
        rows = self.weights[list(shares)]
        sums = np.fromiter(shares.values(), np.float32) @ rows + self.offsets
        order = np.argsort(-sums, kind="stable")
        return {self.places[n]: float(sums[n]) for n in order}


def learned(
    folder: Path, stamp: str, lexicon: Lexicon, questions: Iterable[tuple[str, int]]
) -> Intents | None:
    """What these questions, each with the place it asks for, teach; read from `folder` if it
    was learned before. None if there are fewer than two places to tell apart.

    `stamp` names the questions: with the same stamp they are not looked at again."""
    name = hashlib.sha256(f"{_FORMAT} {stamp}".encode()).hexdigest()[:16]
    kept = folder / f"intents-{name}.json"
    with suppress(FileNotFoundError):
        return _read(kept)
    asked = [(terms_of(text, lexicon), place) for text, place in questions]
    if len({place for _, place in asked}) < _TWICE:
        return None
    _learn(kept, asked)
    _forget_others(kept)
    return _read(kept)


def _read(kept: Path) -> Intents:
    import numpy as np

    known = json.loads(kept.read_bytes())
    weights = np.load(kept.with_suffix(".npy"), mmap_mode="r")
    rows = {term: row for row, term in enumerate(known["terms"])}
    return Intents(known["places"], rows, known["rarity"], weights[:-1], weights[-1])


def _forget_others(kept: Path) -> None:
    for old in kept.parent.glob("intents-*"):
        if old.stem != kept.stem:
            old.unlink(missing_ok=True)


def _learn(kept: Path, asked: Sequence[tuple[Terms, int]]) -> None:
    import numpy as np

    spread = Counter(term for terms, _ in asked for term in _frequencies(terms))
    known = [term for term, count in spread.items() if count >= _TWICE]
    rows = {term: row for row, term in enumerate(known)}
    rarity = [1 + math.log((1 + len(asked)) / (1 + spread[term])) for term in known]
    places = sorted({place for _, place in asked})
    weights = _fitted([_shares(terms, rows, rarity) for terms, _ in asked], asked, len(known))
    _replace(
        kept.with_suffix(".npy"),
        lambda file: np.save(file, weights.astype(np.float32)),
    )
    about = {"terms": known, "rarity": rarity, "places": places}
    _replace(kept, lambda file: file.write(json.dumps(about, ensure_ascii=False).encode()))


def _fitted(
    shares: Sequence[Mapping[int, float]], asked: Sequence[tuple[Terms, int]], terms: int
) -> "Numbers":
    """The weight of each term for each place, and the places' offsets as the last row."""
    import numpy as np
    from scipy.sparse import csr_array
    from sklearn.svm import LinearSVC

    ends = np.cumsum([0, *map(len, shares)], dtype=np.int32)
    columns = np.fromiter((row for share in shares for row in share), np.int32)
    values = np.fromiter((value for share in shares for value in share.values()), np.float64)
    matrix = csr_array((values, columns, ends), shape=(len(shares), terms))
    machine = LinearSVC(C=_STRICTNESS, dual=True, random_state=0).fit(
        matrix, [place for _, place in asked]
    )
    weights, offsets = machine.coef_, machine.intercept_
    if len(weights) == 1:  # of two places only the second is given
        weights, offsets = np.vstack([-weights, weights]), np.append(-offsets, offsets)
    fitted: Numbers = np.vstack([weights.T, offsets])
    return fitted


def _frequencies(terms: Terms) -> dict[str, float]:
    """How often a text has each term, by field and term."""
    return {
        f"{field} {term}": count for field in _FIELDS for term, count in terms.fields[field].items()
    }


def _shares(terms: Terms, rows: Mapping[str, int], rarity: Sequence[float]) -> dict[int, float]:
    """A text as the rows of its known terms with their weights: rare terms weigh more,
    repeated ones less than their count; each field has the same length, all together 1."""
    fields = []
    strange = max(rarity, default=1.0)
    for name in _FIELDS:
        keyed = [(f"{name} {term}", count) for term, count in terms.fields[name].items()]
        known = {rows[key]: math.log1p(n) * rarity[rows[key]] for key, n in keyed if key in rows}
        unknown = [math.log1p(n) * strange for key, n in keyed if key not in rows]
        if known:
            length = math.hypot(*known.values(), *unknown)
            fields.append({row: value / length for row, value in known.items()})
    length = math.sqrt(len(fields)) or 1.0
    return {row: value / length for field in fields for row, value in field.items()}


def _replace(path: Path, write: Any) -> None:
    """Writes the file whole, so that another process sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pending = path.with_name(f"{path.name}.{os.getpid()}")
    with pending.open("wb") as file:
        write(file)
    pending.replace(path)
