"""Change sets as people see them: which record, which field, before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel

from kam_knowledge.checklists import checklists
from tools.cards import Card, Column, Fact, Table
from tools.changes.labels import FIELDS, HIDDEN, NAMING, SHOWN_NO, TABLES, member
from tools.changes.rows import Edit, Plain, decoded, read, referred, table_of
from tools.data.models import ChangeLine, ChangeSet, StrategyItem
from tools.domain.vocabulary import ChangeStatus
from tools.labels import STRATEGY_DEVICES, STRATEGY_STAGES
from tools.text import Text, Value, text


@dataclass(frozen=True)
class ChangedField:
    """One field of one record; `position` is the line's, `assumed` what was not stated."""

    position: int
    record: Text
    field: Text
    before: Value
    after: Value
    assumed: bool


@dataclass(frozen=True)
class Proposal:
    """A change set as it stands; a tool that writes returns it for a person to confirm.

    `remarks` say what the tool left out. `asker` is who asked for it (None: the operator),
    `accounts` are those it is about; `decided_at` and `decided_by` say when and by whom it was
    decided, `undoes` which change it takes back, `thread` the conversation that it waits in.
    """

    change_id: int
    title: str
    fields: tuple[ChangedField, ...]
    status: ChangeStatus
    confirmer: str
    expires_at: datetime
    remarks: tuple[Text, ...] = ()
    asker: str | None = None
    accounts: tuple[str, ...] = ()
    decided_at: datetime | None = None
    decided_by: str | None = None
    undoes: int | None = None
    thread: str = ""

    def card(self) -> Card:
        return Card(
            title=text("Proposed change #{id}", "待确认的修改 #{id}", id=str(self.change_id)),
            headline=text(
                "Nothing is written yet. Please confirm: {title}",
                "尚未写入，请确认：{title}",
                title=self.title,
            ),
            facts=(Fact(text("Waits until", "有效期至"), self.expires_at),),
            table=self.table(),
            missing=self.remarks,
            next=(self._how(), *([_LEAVE_OUT] if self.several else [])),
        )

    def table(self) -> Table:
        """The fields with their old and new values."""
        columns = ("record", "记录"), ("field", "字段"), ("before", "原值"), ("after", "新值")
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (f.record, f.field, f.before, f.after, _assumed(f.assumed)) for f in self.fields
        )
        heads = (*(Column(text(en, zh)) for en, zh in columns), Column(text("note", "说明")))
        if self.several:
            heads = (Column(text("line", "行"), "right"), *heads)
            numbers = (str(f.position + 1) for f in self.fields)
            rows = tuple((number, *row) for number, row in zip(numbers, rows, strict=True))
        return Table(heads, rows, len(rows))

    @property
    def several(self) -> bool:
        """Whether there is more than one line, so that one can be left out."""
        return len({field.position for field in self.fields}) > 1

    def _how(self) -> Text:
        if self.confirmer == "approver":
            return text(
                "A manager of this account confirms with “confirm {id}”.",
                "由该客户的主管回复“确认 {id}”。",
                id=str(self.change_id),
            )
        return text(
            "Say “yes” to confirm or “no” to drop it; from elsewhere “confirm {id}”.",
            "回复“是”确认，回复“取消”放弃；在其他对话中可回复“确认 {id}”。",
            id=str(self.change_id),
        )


_LEAVE_OUT = text("Say “remove line 2” to leave a line out.", "回复“删除第 2 行”可去掉某一行。")


def shown(session: Session, change: ChangeSet, lines: Sequence[ChangeLine]) -> Proposal:
    """The change set in the words of people."""
    fields = tuple(
        field for line in lines if not line.removed for field in _fields(session, line, lines)
    )
    return Proposal(
        change.id or 0,
        change.title,
        fields,
        change.status,
        change.confirmer,
        change.expires_at,
        asker=_person(session, change.asker_id),
        accounts=_accounts(session, lines),
        decided_at=change.decided_at,
        decided_by=_person(session, change.decided_by_id),
        undoes=change.undoes_id,
        thread=change.thread,
    )


def _person(session: Session, person_id: int | None) -> str | None:
    return None if person_id is None else _name(session, "person", person_id)


def _accounts(session: Session, lines: Iterable[ChangeLine]) -> tuple[str, ...]:
    """The accounts that the lines are about, in their order."""
    found: dict[str, None] = {}
    for line in lines:
        if line.removed or not line.table_name:
            continue
        row = _whole(session, line)
        number = line.record_id if line.table_name == "account" else row.get("account_id")
        name = _name(session, "account", number) if isinstance(number, int) else None
        if name is not None:
            found[name] = None
    return tuple(found)


def _fields(
    session: Session, line: ChangeLine, lines: Sequence[ChangeLine]
) -> Iterable[ChangedField]:
    if not line.before and not line.after:
        return
    row = _whole(session, line)
    record = _named(session, line.table_name, row)
    hidden = HIDDEN if not (line.before and line.after) else frozenset({"name_key"})
    for name in dict.fromkeys([*line.before, *line.after]):
        before, after = (
            value_of(session, line.table_name, name, side.get(name), lines)
            for side in (line.before, line.after)
        )
        said = name in SHOWN_NO or before not in _EMPTY or after not in _EMPTY
        if name not in hidden and said:
            label = FIELDS.get(name) or text("{name}", "{name}", name=name.replace("_", " "))
            yield ChangedField(line.position, record, label, before, after, name in line.assumed)


_EMPTY = (None, False, "")
_YEARS = frozenset({"founded", "year"})
# A task stands where a step of the strategy would.
_STRATEGY: Mapping[str, Text] = {
    "task": text("task", "任务"),
    **{device.value: named for device, named in STRATEGY_DEVICES.items()},
    **STRATEGY_STAGES,
}


def _whole(session: Session, line: ChangeLine) -> Plain:
    """The fields of a line's record: what is recorded now, under what the line holds."""
    edit = Edit(line.table_name, line.record_id, None, line.before, line.after)
    held = {} if edit.makes and line.record_id is None else read(session, edit) or {}
    return {**line.after, **held, **line.before}


def _named(session: Session, table: str, row: Plain) -> Text:
    kind = TABLES.get(table) or text("{name}", "{name}", name=table.replace("_", " "))
    named = next((row[name] for name in NAMING.get(table, ("name",)) if row.get(name)), None)
    naming = next((name for name in NAMING.get(table, ("name",)) if row.get(name)), "name")
    value = None if named is None else value_of(session, table, naming, named, ())
    subject = row.get("account_id")
    of = _name(session, "account", subject) if isinstance(subject, int) else None
    if of is None:
        return text("{kind} {name}", "{kind} {name}", kind=kind, name=value or "")
    return text("{of}: {kind} {name}", "{of}：{kind} {name}", of=of, kind=kind, name=value or "")


def record_of(session: Session, line: ChangeLine) -> Text:
    """What the line's record is called."""
    return _named(session, line.table_name, _whole(session, line))


def value_of(
    session: Session, table: str, field: str, value: Any, lines: Sequence[ChangeLine] = ()
) -> Value:
    """A field's value with references by name and closed lists in words."""
    made = referred(value)
    if made is not None:
        return _named(session, lines[made].table_name, lines[made].after)
    if value is None:
        return None
    targets = [key.column.table.name for key in table_of(table).c[field].foreign_keys]
    if targets:
        return _name(session, targets[0], value)
    if field in ("item", "checklist"):
        return _of_checklist(value)
    typed = decoded(table, field, value)
    if isinstance(typed, dict):
        return ", ".join(f"{name} {part}" for name, part in typed.items())
    if isinstance(typed, list):
        return str(typed)
    if field in _YEARS:
        return str(typed)
    steps = _STRATEGY if table == StrategyItem.__tablename__ else {}
    label = steps.get(typed) or member(typed)
    return typed if label is None else label


def _of_checklist(key: str) -> Value:
    named: Mapping[str, Text] = {c.key: text(c.en, c.zh) for c in checklists().values()}
    items = {i.key: text(i.en, i.zh) for c in checklists().values() for i in c.items}
    return named.get(key) or items.get(key) or key


def _name(session: Session, table: str, row_id: int) -> str | None:
    model = next(
        m.class_
        for m in SQLModel._sa_registry.mappers
        if m.local_table.name == table  # type: ignore[attr-defined]
    )
    row = session.get(model, row_id)
    naming = NAMING.get(table, ("name",))
    return None if row is None else str(next(getattr(row, n) for n in naming if getattr(row, n)))


def _assumed(assumed: bool) -> Value:
    return text("assumed", "假定") if assumed else text("", "")
