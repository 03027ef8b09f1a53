"""What is planned and measured: plans, checklists, reviews, KPIs, roll-out."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Field, UniqueConstraint

from tools.data.models.base import Record, decimal_field, enum_field, json_field
from tools.domain.vocabulary import ItemState, Level, PlanStatus


class Plan(Record, table=True):
    """One edition of an account plan; a new edition supersedes the one before."""

    __table_args__ = (UniqueConstraint("account_id", "edition"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    edition: int = 1
    title: str
    status: PlanStatus = enum_field(PlanStatus, PlanStatus.DRAFT)
    period_start: date
    period_end: date
    author_id: int | None = Field(default=None, foreign_key="person.id")
    approver_id: int | None = Field(default=None, foreign_key="person.id")
    updated_on: date
    approved_on: date | None = None


class PlanSection(Record, table=True):
    """A section of a plan, in Markdown, in the language its author writes."""

    __tablename__ = "plan_section"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    plan_id: int = Field(foreign_key="plan.id", index=True)
    key: str
    position: int
    title: str
    body: str
    level: int = Level.PRIVATE


class ChecklistRun(Record, table=True):
    """A checklist being worked through for an account."""

    __tablename__ = "checklist_run"

    account_id: int = Field(foreign_key="account.id", index=True)
    checklist: str
    started_on: date
    finished_on: date | None = None


class ChecklistItem(Record, table=True):
    """The state of one item of a run; items not recorded are open."""

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("run_id", "item"),)

    run_id: int = Field(foreign_key="checklist_run.id", index=True)
    item: str
    state: ItemState = enum_field(ItemState, ItemState.OPEN)
    evidence: str | None = None
    person_id: int | None = Field(default=None, foreign_key="person.id")
    decided_on: date | None = None


class ReviewPeriod(Record, table=True):
    """A closed account review (K1): scope, period and the rules it was computed with."""

    __tablename__ = "review_period"

    scope: str
    period_start: date
    period_end: date
    closed_on: date
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    rules_version: int


class ReviewEntry(Record, table=True):
    """One account as it stood at the end of a review period."""

    __tablename__ = "review_entry"
    __table_args__ = (UniqueConstraint("review_id", "account_id"),)

    review_id: int = Field(foreign_key="review_period.id", index=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    rank: int | None = None
    score: Decimal | None = decimal_field(None)
    key_account: bool = False
    tier: str | None = None
    quadrant: str | None = None
    inputs: dict[str, Any] = json_field()


class KpiFigure(Record, table=True):
    """A KPI target or actual of a unit, a person or an account in a period (K1, K5)."""

    __tablename__ = "kpi_figure"

    kpi: str
    target: bool
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    period_start: date
    period_end: date
    amount: Decimal = decimal_field()
    unit: str
    source: str


class RolloutActivity(Record, table=True):
    """An activity of the plan that introduces key account management (K1)."""

    __tablename__ = "rollout_activity"

    phase: str
    position: int
    activity: str
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    resources: str | None = None
    deliverable: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    done_on: date | None = None


class Lesson(Record, table=True):
    """How far a person is with a lesson or a quiz."""

    __table_args__ = (UniqueConstraint("person_id", "lesson"),)

    person_id: int = Field(foreign_key="person.id", index=True)
    lesson: str
    finished_on: date | None = None
    points: Decimal | None = decimal_field(None)
