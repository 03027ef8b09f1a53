"""What surfaces remember: preferences, threads that are followed, feedback, reminders."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from tools.data.models.base import instant_field, json_field, now


class Preference(SQLModel, table=True):
    """How a person wants to be spoken to. Language and time zone stand with the person.

    `default_unit_id` or `default_region` narrow questions that name no scope. Hours are those of
    the person's day: nothing is sent unasked from `quiet_from` until `quiet_until`.
    """

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    default_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    default_region: str | None = None
    reminders: bool = True
    digest: bool = True
    quiet_from: int = Field(default=19, ge=0, le=23)
    quiet_until: int = Field(default=9, ge=0, le=23)
    snoozed_until: date | None = None


class FollowedThread(SQLModel, table=True):
    """A thread that the assistant is part of, so that it answers without a new mention."""

    __tablename__ = "followed_thread"

    surface: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)
    asker_id: int | None = Field(default=None, foreign_key="person.id")
    since: datetime = instant_field(default_factory=now)
    left_at: datetime | None = instant_field(None)


class Feedback(SQLModel, table=True):
    """What a reader thought of an answer, with what is needed to ask it again."""

    __table_args__ = (UniqueConstraint("surface", "place", "moment", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant_field(default_factory=now, index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    surface: str
    place: str
    thread: str
    moment: str
    good: bool
    reason: str | None = None
    question: str
    answer: str
    calls: dict[str, Any] = json_field()
    model: str


class Reminder(SQLModel, table=True):
    """The one message of a day that a person gets unasked; claimed before it is sent."""

    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    day: date
    kind: str
    content: dict[str, Any] = json_field()
    claimed_by: str
    claimed_at: datetime = instant_field(default_factory=now)
    sent_at: datetime | None = instant_field(None)
    moment: str | None = None


class Installation(SQLModel, table=True):
    """A workspace that installed the app; `content` holds its access token."""

    surface: str = Field(primary_key=True)
    organisation: str = Field(primary_key=True)
    team: str = Field(primary_key=True)
    content: dict[str, Any] = json_field()
    installed_at: datetime = instant_field(default_factory=now)


class Installing(SQLModel, table=True):
    """An installation under way: what must come back from the platform, until when."""

    state: str = Field(primary_key=True)
    expires_at: datetime = instant_field()
