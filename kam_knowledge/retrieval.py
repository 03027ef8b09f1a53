"""Measures retrieval on sets of questions that name what answers them.

A question names passages by their ids (`gold_id`, `gold_ids`), or places that hold in every
language of a document (`gold`: "document#order of the section"), or nothing, if nothing
answers it.
"""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kam_knowledge.documents import DocumentError, Passage, language_of
from kam_knowledge.embedding import HashedGrams
from kam_knowledge.folders import Folders
from kam_knowledge.index import Index
from kam_knowledge.lexicon import load_lexicon
from kam_knowledge.library import IndexedLibrary
from kam_knowledge.search import Library, Readable
from kam_knowledge.stored import Batch

EVERYBODY = Readable(None, 4)
_LOOKED_AT = 10


@dataclass(frozen=True)
class Asked:
    """One question: the rank of its right passage among the first ten (0: not there), the
    places found, the seconds it took, whether the search held it to be answered."""

    set: str
    rank: int
    seconds: float
    supported: bool
    question: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Shares in percent over the questions of a set."""

    set: str
    questions: int
    first: float
    five: float
    reciprocal: float
    supported: float


def read_lines(path: Path, needed: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line. Raises `DocumentError` that names the line for
    what is no such object or lacks one of the `needed` keys."""
    with path.open(encoding="utf-8") as lines:
        return [_row(path, n, line, needed) for n, line in enumerate(lines, 1) if line.strip()]


def _row(path: Path, number: int, line: str, needed: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise DocumentError(f"{path}, line {number}: this is not JSON ({error.msg})") from error
    lacking = [key for key in needed if not isinstance(row, dict) or key not in row]
    if lacking:
        raise DocumentError(f"{path}, line {number}: {', '.join(lacking)} is missing")
    return dict(row)


def build_library(folder: Path, rows: Iterable[dict[str, Any]]) -> IndexedLibrary:
    """A library in `folder` of passages given as id and text, each its own document."""
    library = built_library(folder)
    library.index.apply(Batch(row["id"], "1", (_passage(row),)) for row in rows)
    return library


def built_library(folder: Path) -> IndexedLibrary:
    """The library that was built in `folder`, by this process or another."""
    lexicon = load_lexicon(folder)
    empty = folder / "none"
    empty.mkdir(parents=True, exist_ok=True)
    index = Index(folder, lexicon, HashedGrams())
    return IndexedLibrary(index, Folders(folder / "files.json", empty), lexicon)


def ask(library: Library, questions: Iterable[dict[str, Any]]) -> Iterator[Asked]:
    """Puts each question in its `language`; its `set` is that language if it has no other."""
    for row in questions:
        gold, text = _gold(row), row["question"]
        language = row.get("language") or language_of(text)
        begun = time.perf_counter()
        finding = library.search(text, EVERYBODY, language=language, limit=_LOOKED_AT)
        seconds = time.perf_counter() - begun
        found = [(hit.passage.id, place_of(hit.passage)) for hit in finding.hits]
        ranks = (n for n, names in enumerate(found, start=1) if gold.intersection(names))
        group = row.get("set") or row.get("language", "all")
        places = tuple(place for _, place in found)
        yield Asked(group, next(ranks, 0), seconds, finding.supported, text, places)


def place_of(passage: Passage) -> str:
    """Where a passage stands, by the same name in every language of its document."""
    return f"{passage.document}#{passage.order}"


def figures(asked: Sequence[Asked]) -> list[Figures]:
    """One line for everything, and one for each set where there are several."""
    names = sorted({one.set for one in asked})
    lines = [_figures("all", asked)]
    if len(names) > 1:
        lines += [_figures(name, [one for one in asked if one.set == name]) for name in names]
    return lines


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies, 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _gold(row: dict[str, Any]) -> set[str]:
    if "gold_id" in row:
        return {row["gold_id"]}
    return {*row.get("gold_ids", ()), *row.get("gold", ())}


def _figures(name: str, asked: Sequence[Asked]) -> Figures:
    count = len(asked) or 1
    return Figures(
        set=name,
        questions=len(asked),
        first=100 * sum(one.rank == 1 for one in asked) / count,
        five=100 * sum(1 <= one.rank <= 5 for one in asked) / count,
        reciprocal=100 * sum(1 / one.rank for one in asked if one.rank) / count,
        supported=100 * sum(one.supported for one in asked) / count,
    )


def _passage(row: dict[str, Any]) -> Passage:
    language = language_of(row["text"])
    return Passage(row["id"], row["id"], "", "", language, row["text"], "1")
