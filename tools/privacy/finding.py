"""Everything that is held of a person: the rows about them, and the texts that name them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Table, or_, select
from sqlmodel import AutoString, Session, SQLModel

from tools.privacy.subject import Subject

Row = Mapping[str, Any]

FIXED = frozenset(
    {"account", "accountalias", "account_alias", "audit_head", "exchange_rate", "external_key"}
    | {"person", "personalias", "product", "rule_set", "unit", "unitalias", "contact"}
)
"""Tables whose texts name something else: a customer, a product, another person."""

OWN = {
    "contact": (("interaction_contact", "contact_id"),),
    "person": (
        ("feedback", "person_id"),
        ("lesson", "person_id"),
        ("personalias", "person_id"),
        ("preference", "person_id"),
        ("reminder", "person_id"),
    ),
}
"""Rows that are nothing but this person's own, by the column that says whose they are."""

_PARENTS = {"plan_section": ("plan_id", "plan"), "checklist_item": ("run_id", "checklist_run")}


@dataclass(frozen=True)
class Mention:
    """A row whose texts name the person; `theirs` tells whether it is surely this person."""

    table: str
    row: Row
    columns: tuple[str, ...]
    theirs: bool


@dataclass(frozen=True)
class Held:
    """`records` are rows about the person, by table; `mentions` other rows with the name."""

    subject: Subject
    records: Mapping[str, tuple[Row, ...]]
    mentions: tuple[Mention, ...]

    @property
    def left(self) -> tuple[Mention, ...]:
        """Mentions that may mean somebody else of the same name."""
        return tuple(mention for mention in self.mentions if not mention.theirs)

    def as_data(self) -> dict[str, Any]:
        """All of it for a file: what the database keeps, with dates and amounts as text."""
        return {
            "person": {"key": self.subject.key, "name": self.subject.name},
            "records": {name: [_plain(row) for row in rows] for name, rows in self.records.items()},
            "mentions": [
                {"table": m.table, "surely": m.theirs, "columns": list(m.columns)} | _plain(m.row)
                for m in self.mentions
            ],
        }


def held(session: Session, subject: Subject) -> Held:
    """Reads every table once."""
    records = {name: rows for name, rows in _records(session, subject) if rows}
    return Held(subject, records, tuple(_mentions(session, subject)))


def worded(table: Table) -> list[Column[Any]]:
    """The columns that hold words, as text or inside JSON."""
    return [column for column in table.columns if isinstance(column.type, JSON | AutoString)]


def says(subject: Subject, value: Any) -> bool:
    """Whether a value of a column names the person, however deep inside it."""
    if isinstance(value, str):
        return subject.pattern.search(value) is not None
    if isinstance(value, dict):
        return any(says(subject, part) for part in value.values())
    return isinstance(value, list) and any(says(subject, part) for part in value)


def _records(session: Session, subject: Subject) -> Iterator[tuple[str, tuple[Row, ...]]]:
    own = SQLModel.metadata.tables[subject.table]
    yield subject.table, _rows(session, own, own.c.id == subject.id)
    for table in SQLModel.metadata.sorted_tables:
        referring = [
            column
            for column in table.columns
            for key in column.foreign_keys
            if key.column.table is own and table is not own
        ]
        if table.name == "audit_entry" and subject.table == "person":
            referring.append(table.c.actor_id)
        if referring:
            yield table.name, _rows(session, table, or_(*(c == subject.id for c in referring)))
    lines = SQLModel.metadata.tables["change_line"]
    about = (lines.c.table_name == subject.table) & (lines.c.record_id == subject.id)
    yield "change_line", _rows(session, lines, about)


def _rows(session: Session, table: Table, condition: Any) -> tuple[Row, ...]:
    found = session.connection().execute(select(table).where(condition)).mappings()
    return tuple(dict(row) for row in found)


def _mentions(session: Session, subject: Subject) -> Iterator[Mention]:
    theirs = _Theirs(session, subject)
    for table in SQLModel.metadata.sorted_tables:
        columns = worded(table)
        if table.name in FIXED or not columns:
            continue
        for found in session.connection().execute(select(table)).mappings():
            naming = tuple(c.name for c in columns if says(subject, found[c.name]))
            if naming:
                yield Mention(
                    table.name, dict(found), naming, theirs.surely(table.name, dict(found))
                )


class _Theirs:
    """Whether a row that says the name means this person: always where nobody else bears it,
    else within the person's own account or own rows."""

    def __init__(self, session: Session, subject: Subject) -> None:
        self._session, self._subject = session, subject

    def surely(self, table: str, row: Row) -> bool:
        if self._subject.unique:
            return True
        if self._subject.table == "person":
            return bool(row.get("person_id", row.get("actor_id")) == self._subject.id)
        account = self._subject.account_id
        if table == "audit_entry":
            return bool(row["accounts"] == f"|{account}|")
        return account is not None and bool(self._account(table, row) == account)

    def _account(self, table: str, row: Row) -> Any:
        if table in _PARENTS:
            column, parent = _PARENTS[table]
            above = SQLModel.metadata.tables[parent]
            query = select(above.c.account_id).where(above.c.id == row[column])
            return self._session.connection().execute(query).scalar()
        if table == "change_line":
            sides = {**row["before"], **row["after"]}
            about = (row["table_name"], row["record_id"])
            own = about == (self._subject.table, self._subject.id)
            return self._subject.account_id if own else sides.get("account_id")
        return row.get("account_id")


def _plain(row: Row) -> dict[str, Any]:
    kept = (str, int, float, bool, dict, list)
    return {
        name: value if value is None or type(value) in kept else str(value)
        for name, value in row.items()
    }
