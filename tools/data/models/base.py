"""What every record shares."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from tools.data.types import FixedDecimal, UtcDateTime, enum_type
from tools.domain.vocabulary import Level


class Record(SQLModel):
    """A row that change sets may edit: `version` rises with each change."""

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1


class Sourced(Record):
    """A recorded fact: where it comes from, as of when, and who may see it.

    `confirmed` is false for an assumption. `level` is the information level (K2).
    """

    as_of: date
    source: str
    confirmed: bool = False
    level: int = Level.PRIVATE


def decimal_field(default: Any = ..., **options: Any) -> Any:
    """An exact decimal with four places."""
    return Field(default, sa_type=FixedDecimal, **options)


def instant_field(default: Any = ..., **options: Any) -> Any:
    """A point in time, kept in UTC."""
    return Field(default, sa_type=UtcDateTime, **options)


def enum_field(kind: type[Any], default: Any = ..., **options: Any) -> Any:
    """A closed list, kept as text."""
    return Field(default, sa_type=enum_type(kind), **options)


def json_field() -> Any:
    """A JSON object, for values whose shape another record decides."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def now() -> datetime:
    return datetime.now(UTC)
