"""Our own organisation: units, people and who reports to whom."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

from tools.data.models.base import Record, enum_field
from tools.domain.vocabulary import Line, Role, UnitKind


class Unit(Record, table=True):
    """Headquarters, a region or a branch; `parent_id` is the unit above."""

    name: str = Field(unique=True)
    name_key: str = Field(index=True)
    kind: UnitKind = enum_field(UnitKind)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    function: str | None = None
    mandate: str | None = None
    resources: str | None = None


class UnitAlias(Record, table=True):
    """Another name for a unit."""

    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str
    name_key: str = Field(index=True)


class Person(Record, table=True):
    """Somebody on our side."""

    name: str
    name_key: str = Field(index=True)
    email: str | None = Field(default=None, unique=True)
    slack_user: str | None = Field(default=None, unique=True)
    role: Role = enum_field(Role, Role.REP)
    title: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    language: str | None = None
    time_zone: str | None = None
    active: bool = True


class PersonAlias(Record, table=True):
    """Another name for a person, in another script for instance."""

    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    name_key: str = Field(index=True)


class ReportingLine(Record, table=True):
    """`person_id` reports to `manager_id` on a solid or a dotted line (K3), from and until."""

    __tablename__ = "reporting_line"
    __table_args__ = (UniqueConstraint("person_id", "manager_id", "line", "starts_on"),)

    person_id: int = Field(foreign_key="person.id", index=True)
    manager_id: int = Field(foreign_key="person.id", index=True)
    line: Line = enum_field(Line)
    starts_on: date | None = None
    ends_on: date | None = None
