"""Turns the rows of a table file into records: types from the model, keys into ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from sqlmodel import Session, SQLModel

from tools.data.demo import offsets
from tools.data.demo.files import Row
from tools.domain.names import name_key

R = TypeVar("R", bound=SQLModel)
_RELATIVE_YEAR = "year"


@dataclass
class Desk:
    """One load in progress: the session, the day, and the ids of what is in already."""

    session: Session
    today: date
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def id(self, kind: str, key: str) -> int:
        """The id of a record by its key in the files; an unknown key is a KeyError."""
        return self.ids.get(kind, {})[key]

    def day(self, offset: str) -> date:
        return offsets.day(offset, self.today)

    def save(self, records: Iterable[R]) -> list[R]:
        """Adds records and gives them their ids."""
        saved = list(records)
        self.session.add_all(saved)
        self.session.flush()
        for record in saved:
            name = str(record.__tablename__)
            self.counts[name] = self.counts.get(name, 0) + 1
        return saved

    def load(
        self, model: type[R], rows: Iterable[Row], defaults: Mapping[str, str] | None = None
    ) -> list[R]:
        """Rows become records; those with a `key` can be named by later rows.

        A column is a field of the model or, for a reference, the field without `_id`. A
        reference into the same table may point forward.
        """
        given = [{**(defaults or {}), **row} for row in rows]
        later = {name for name, kind in references(model).items() if kind == model.__tablename__}
        records = self.save(model(**self._values(model, row, skip=later)) for row in given)
        pairs = list(zip(given, records, strict=True))
        known = {row["key"]: record.id for row, record in pairs if "key" in row}  # type: ignore[attr-defined]
        self.ids.setdefault(str(model.__tablename__), {}).update(known)
        for row, record in pairs:
            for name in later & {_field(model, column) for column in row}:
                setattr(record, name, known[row[name.removesuffix("_id")]])
        self.session.flush()
        return records

    def load_aliases(self, model: type[SQLModel], kind: str, rows: Iterable[Row]) -> None:
        """The other names of the things of a kind; of those with one key, the first."""
        records = []
        for row in rows:
            names: dict[str, str] = {}
            for name in row.get("aliases", "").split("|"):
                names.setdefault(name_key(name), name)
            owner = self.id(kind, row["key"])
            records += [
                model(**{f"{kind}_id": owner, "name": name, "name_key": key})
                for key, name in names.items()
                if key
            ]
        self.save(records)

    def _values(self, model: type[SQLModel], row: Row, skip: set[str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for column, cell in row.items():
            name = _field(model, column)
            if name is not None and name not in skip:
                values[name] = self._value(model, name, cell)
        if "period" in row:
            values["period_start"], values["period_end"] = offsets.period(row["period"], self.today)
        if "name_key" in model.model_fields:
            values["name_key"] = name_key(row["name"])
        return values

    def _value(self, model: type[SQLModel], name: str, cell: str) -> Any:
        if kind := references(model).get(name):
            return self.id(kind, cell)
        if name == _RELATIVE_YEAR:
            return self.today.year + int(cell)
        return self._typed(_plain_type(model, name), cell)

    def _typed(self, kind: type[Any], cell: str) -> Any:
        if kind is date:
            return self.day(cell)
        if kind is bool:
            return {"yes": True, "no": False}[cell]
        if kind in (int, Decimal) or issubclass(kind, Enum):
            return kind(cell)
        return cell


@lru_cache
def references(model: type[SQLModel]) -> dict[str, str]:
    """The fields of a model that hold another record's id, and the table they lead to."""
    columns = model.__table__.columns  # type: ignore[attr-defined]
    return {column.name: key.column.table.name for column in columns for key in column.foreign_keys}


def _field(model: type[SQLModel], column: str) -> str | None:
    """The field that a column fills; `key` and `aliases` fill none, `period` fills two."""
    if column in ("key", "aliases", "period"):
        return None
    if column in model.model_fields:
        return column
    if f"{column}_id" in model.model_fields:
        return f"{column}_id"
    raise ValueError(f"{model.__name__} has no field for the column {column!r}")


@lru_cache
def _plain_type(model: type[SQLModel], name: str) -> type[Any]:
    """A field's type without `| None`."""
    annotation = model.model_fields[name].annotation
    if get_origin(annotation) is UnionType or type(None) in get_args(annotation):
        annotation = next(kind for kind in get_args(annotation) if kind is not type(None))
    if not isinstance(annotation, type):
        raise TypeError(f"{model.__name__}.{name} has no plain type")
    return annotation
