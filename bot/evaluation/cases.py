"""Cases as data: conversations, and what has to come of each."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kam_knowledge.yamls import read_yaml

OPERATOR = "operator"
STRANGER = "stranger"

Call = dict[str, dict[str, Any]]
"""One tool by name, with its arguments."""
Fact = str | list[str]
"""Words, a figure or a date in any form; of a list, one is enough."""
Fields = dict[str, Any]

Capability = Literal[
    "read",
    "write",
    "ambiguous",
    "correction",
    "follow-up",
    "compound",
    "stale confirm",
    "access",
    "injection",
    "abstention",
    "newcomer",
    "unknown person",
    "amounts and dates",
]
Spoken = Literal["en", "zh-Hans", "zh-Hant", "mixed"]


class CaseError(Exception):
    """A file of cases that cannot be used; says where and why."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Said(_Strict):
    """A message, and what its reply must be. What is not named must not happen: no tool runs,
    nothing is asked back, the reply does not abstain; `None` leaves the last two open.

    `person` and `thread` differ from the case's own where another person comes in; `wait` lets
    this many hours pass before the message. `alternatives` are other lists of calls that are as
    good as `calls`. `refuses`: words, but no result. `waits`: how many changes wait afterwards.
    """

    say: str
    person: str | None = None
    thread: str = ""
    wait: float = Field(default=0, ge=0)
    calls: list[Call] = []
    alternatives: list[list[Call]] = []
    says: list[Fact] = []
    shows: list[Fact] = []
    never: list[Fact] = []
    asks: bool | None = False
    abstains: bool | None = False
    refuses: bool = False
    waits: int | None = None

    @property
    def gives(self) -> bool:
        """Whether more than words of refusal is wanted."""
        return bool(self.asks or self.calls)


class Case(_Strict):
    """A conversation of one person in one thread.

    `given` changes rows before it begins, `changes` are the rows that it changes for good: by
    "table name", with "+" before a row made and "-" before one deleted, and their new fields.
    """

    id: str
    capability: Capability
    language: Spoken
    person: str = OPERATOR
    given: dict[str, Fields] = {}
    turns: list[Said] = Field(min_length=1)
    changes: dict[str, Fields] = {}

    @model_validator(mode="after")
    def _wants_something(self) -> Self:
        if not self.changes and not any(turn.gives for turn in self.turns):
            raise ValueError("wants nothing but refusals, so that silence would pass it")
        return self


def load_cases(paths: Iterable[Path]) -> list[Case]:
    """The cases of YAML files and of folders of them; a fault is a `CaseError`."""
    cases = [case for path in paths for file in files_of(path) for case in _cases(file)]
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseError(f"two cases are called {case.id}")
        seen.add(case.id)
    if not cases:
        raise CaseError("there are no cases")
    return cases


def files_of(path: Path) -> Sequence[Path]:
    """The file itself, or the files of cases in a folder."""
    return sorted(path.glob("*.yaml")) if path.is_dir() else [path]


def _cases(file: Path) -> list[Case]:
    rows = read_yaml(file)
    if not isinstance(rows, list):
        raise CaseError(f"{file}: a list of cases is expected")
    return [_case(file, row) for row in rows]


def _case(file: Path, row: Mapping[str, Any]) -> Case:
    try:
        return Case.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        named = row.get("id", "?") if isinstance(row, Mapping) else "?"
        raise CaseError(f"{file}: case {named}: {where} {first['msg']}".rstrip()) from error
