"""How records change: rules, change sets, audit, and the two queues."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from tools.data.models.base import Record, enum_field, instant_field, json_field, now
from tools.domain.vocabulary import ChangeStatus, InboundState


class RuleSetRow(SQLModel, table=True):
    """One version of the rules: what the company sets differently from the defaults."""

    __tablename__ = "rule_set"

    version: int = Field(primary_key=True)
    overrides: dict[str, Any] = json_field()
    created_at: datetime = instant_field(default_factory=now)
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str | None = None


class ChangeSet(Record, table=True):
    """A proposed change: who asked, from where, until when; confirmed by a person."""

    __tablename__ = "change_set"

    asker_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    surface: str
    thread: str = Field(index=True)
    title: str
    status: ChangeStatus = enum_field(ChangeStatus, ChangeStatus.PROPOSED)
    confirmer: str
    proposed_at: datetime = instant_field(default_factory=now)
    expires_at: datetime = instant_field()
    decided_at: datetime | None = instant_field(None)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    undoes_id: int | None = Field(default=None, foreign_key="change_set.id")


class ChangeLine(Record, table=True):
    """One row of a change set: the fields before and after, and the version that was read.

    Without `before` the row is made, without `after` it is deleted, without either it only
    has to be unchanged. `assumed` names the fields that the asker did not state; `removed`
    marks a line that the asker took out.
    """

    __tablename__ = "change_line"
    __table_args__ = (UniqueConstraint("change_set_id", "position"),)

    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    position: int
    table_name: str
    record_id: int | None = None
    read_version: int | None = None
    before: dict[str, Any] = json_field()
    after: dict[str, Any] = json_field()
    assumed: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    removed: bool = False


class AuditEntry(SQLModel, table=True):
    """What happened, who did it and from where; each entry's hash covers the one before.

    `accounts` are the accounts it is about, as "|3|12|". What may be personal (`actor` and
    `detail`) is part of the hash by `content_hash`, which `salt` keeps from being guessed.
    """

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant_field(default_factory=now, index=True)
    actor_id: int | None = Field(default=None, index=True)
    actor: str
    surface: str
    thread: str | None = None
    action: str = Field(index=True)
    subject: str | None = Field(default=None, index=True)
    detail: dict[str, Any] = json_field()
    accounts: str = ""
    rules_version: int | None = None
    salt: str = ""
    content_hash: str = ""
    previous_hash: str
    hash: str = Field(unique=True)


class AuditHead(SQLModel, table=True):
    """The one row that says where the audit trail ends."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    count: int = 0
    last_hash: str


class OutboxEntry(SQLModel, table=True):
    """Something the index has still to learn; written with the change it follows from."""

    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    key: str
    created_at: datetime = instant_field(default_factory=now)
    done_at: datetime | None = instant_field(None, index=True)


class InboundEvent(SQLModel, table=True):
    """An event from a surface, claimed by one process until it is answered.

    `moment` is when it was said there, `conversation` the thread and speaker it belongs to. A
    claim is renewed while its process lives; `payload` is what another one needs to answer
    instead, and is emptied with the answer.
    """

    __tablename__ = "inbound_event"
    __table_args__ = (
        UniqueConstraint("surface", "place", "moment"),
        Index("ix_inbound_event_open", "answered_at", "claimed_at"),
    )

    surface: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    place: str
    moment: str
    conversation: str = ""
    state: InboundState = enum_field(InboundState, InboundState.CLAIMED)
    attempts: int = 1
    payload: dict[str, Any] = json_field()
    claimed_by: str
    received_at: datetime = instant_field(default_factory=now)
    claimed_at: datetime = instant_field(default_factory=now)
    answered_at: datetime | None = instant_field(None)
