"""What an import did, or would do: counts, changes, rejected rows, proposals, notices."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tools.text import Language, Text, Value

Outcome = Literal["created", "updated", "unchanged"]

# What a report keeps of each list; the totals are always exact.
KEPT_REJECTIONS = 1000
KEPT_CHANGES = 10
KEPT_PROPOSALS = 1000


@dataclass(frozen=True)
class FieldChange:
    """One field of an existing record, before and after."""

    record: str
    name: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True)
class Rejection:
    """A row, or a link of a row, that was not imported; `column` is the file's header."""

    file: str
    line: int
    column: str | None
    value: str
    reason: Text


@dataclass
class Proposal:
    """A spelling that is near a known one, and how many rows use it."""

    kind: str
    field: str
    value: str
    near: tuple[str, ...]
    rows: int = 0
    applied: bool = False


@dataclass(frozen=True)
class Matched:
    """A header and the field it was taken for."""

    header: str
    field: str


@dataclass
class SheetReport:
    """One sheet: how it was read and what became of its rows; `problem` if not imported."""

    file: str
    sheet: str | None = None
    kind: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    matched: tuple[Matched, ...] = ()
    unmatched: tuple[str, ...] = ()
    rows: int = 0
    rejected: int = 0
    rejects_file: Path | None = None
    problem: Text | None = None


@dataclass
class ImportReport:
    """The whole import. `counts` is per kind of record, `changes` a few examples of each."""

    dry_run: bool = False
    sheets: list[SheetReport] = field(default_factory=list)
    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    proposals: dict[tuple[str, str], Proposal] = field(default_factory=dict)
    notices: list[Text] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return sum(sheet.rejected for sheet in self.sheets)

    @property
    def read_anything(self) -> bool:
        return any(sheet.problem is None for sheet in self.sheets)

    def total(self, outcome: Outcome) -> int:
        return sum(counter[outcome] for counter in self.counts.values())

    def count(self, record: str, outcome: Outcome, number: int = 1) -> None:
        self.counts.setdefault(record, Counter())[outcome] += number

    def changed(self, change: FieldChange) -> None:
        if self.wants_change(change.record):
            self.changes.append(change)

    def wants_change(self, record: str) -> bool:
        return sum(change.record == record for change in self.changes) < KEPT_CHANGES

    def reject(self, sheet: SheetReport, rejection: Rejection) -> None:
        sheet.rejected += 1
        if len(self.rejections) < KEPT_REJECTIONS:
            self.rejections.append(rejection)

    def propose(
        self, kind: str, name: str, value: str, near: tuple[str, ...], *, applied: bool
    ) -> None:
        """Counts one more row that uses a near-miss spelling."""
        if (name, value) not in self.proposals and len(self.proposals) >= KEPT_PROPOSALS:
            return
        proposal = self.proposals.setdefault((name, value), Proposal(kind, name, value, near))
        proposal.rows += 1
        proposal.applied = applied

    def notice(self, note: Text) -> None:
        if note not in self.notices:
            self.notices.append(note)


def as_json(report: ImportReport, language: Language) -> dict[str, object]:
    """The report as plain values, sentences in the given language."""
    return {
        "dry_run": report.dry_run,
        "created": report.total("created"),
        "updated": report.total("updated"),
        "unchanged": report.total("unchanged"),
        "rejected": report.rejected,
        "counts": {name: _counts(counter) for name, counter in report.counts.items()},
        "sheets": [_sheet(sheet, language) for sheet in report.sheets],
        "changes": [
            {
                "record": change.record,
                "name": change.name,
                "field": change.field,
                "old": _plain(change.old, language),
                "new": _plain(change.new, language),
            }
            for change in report.changes
        ],
        "rejections": [
            {
                "file": item.file,
                "line": item.line,
                "column": item.column,
                "value": item.value,
                "reason": item.reason.render(language),
            }
            for item in report.rejections
        ],
        "proposals": [
            {
                "kind": item.kind,
                "field": item.field,
                "value": item.value,
                "near": list(item.near),
                "rows": item.rows,
                "applied": item.applied,
            }
            for item in report.proposals.values()
        ],
        "notices": [note.render(language) for note in report.notices],
    }


def _counts(counter: Mapping[Outcome, int]) -> dict[str, int]:
    outcomes: tuple[Outcome, ...] = ("created", "updated", "unchanged")
    return {outcome: counter.get(outcome, 0) for outcome in outcomes}


def _plain(value: Value, language: Language) -> str | int | bool | None:
    if value is None or isinstance(value, str | int):
        return value
    return value.render(language) if isinstance(value, Text) else str(value)


def _sheet(sheet: SheetReport, language: Language) -> dict[str, object]:
    return {
        "file": sheet.file,
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_line": sheet.header_line,
        "matched": {item.header: item.field for item in sheet.matched},
        "unmatched": list(sheet.unmatched),
        "rows": sheet.rows,
        "rejected": sheet.rejected,
        "rejects_file": None if sheet.rejects_file is None else str(sheet.rejects_file),
        "problem": None if sheet.problem is None else sheet.problem.render(language),
    }
