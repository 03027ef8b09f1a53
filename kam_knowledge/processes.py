"""The five processes and their key process matrices (K1), read once from `processes.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kam_knowledge.practice import Phrase
from kam_knowledge.yamls import read_yaml

_FILE = Path(__file__).with_name("processes.yaml")
CELLS = ("owner", "input", "output", "metric")


@dataclass(frozen=True)
class MatrixRow:
    """A step of a process; a cell that nobody has filled in is None."""

    step: Phrase
    owner: Phrase | None
    input: Phrase | None
    output: Phrase | None
    metric: Phrase | None

    @property
    def cells(self) -> tuple[Phrase | None, ...]:
        return self.owner, self.input, self.output, self.metric


@dataclass(frozen=True)
class Process:
    """A process; `key` is also that of its checklist. Without rows its matrix is open."""

    key: str
    name: Phrase
    aliases: tuple[str, ...]
    question: Phrase
    result: Phrase
    rows: tuple[MatrixRow, ...]


@lru_cache
def processes() -> tuple[Process, ...]:
    """All five, in the order of the method; a faulty file is a KeyError or TypeError."""
    return tuple(_process(entry) for entry in read_yaml(_FILE))


def _process(entry: Mapping[str, Any]) -> Process:
    return Process(
        entry["key"],
        Phrase(entry["en"], entry["zh"]),
        tuple(entry["aliases"]),
        Phrase(entry["question_en"], entry["question_zh"]),
        Phrase(entry["result_en"], entry["result_zh"]),
        tuple(_row(row) for row in entry["rows"]),
    )


def _row(entry: Mapping[str, Any]) -> MatrixRow:
    cells = {name: Phrase(*entry[name]) if name in entry else None for name in CELLS}
    return MatrixRow(Phrase(*entry["step"]), **cells)
