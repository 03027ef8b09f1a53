"""What happens with accounts: coverage, meetings, needs, deals, risks, evaluations."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from tools.data.models.base import Record, Sourced, decimal_field, enum_field
from tools.domain.vocabulary import (
    Channel,
    CoverageRole,
    Dimension,
    Horizon,
    Level,
    NeedKind,
    RecordState,
    RiskKind,
    Stage,
)


class Coverage(Record, table=True):
    """Who does what for an account in a period (K3); an open end is in force.

    `credit_share` is a fraction of the revenue under a profit-sharing rule.
    """

    account_id: int = Field(foreign_key="account.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: CoverageRole = enum_field(CoverageRole, CoverageRole.OWNER)
    starts_on: date | None = None
    ends_on: date | None = None
    credit_share: Decimal | None = decimal_field(None)
    note: str | None = None


class Interaction(Record, table=True):
    """A contact with the customer."""

    account_id: int = Field(foreign_key="account.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    held_on: date = Field(index=True)
    channel: Channel = enum_field(Channel, Channel.MEETING)
    summary: str
    executive: bool = False
    source: str
    level: int = Level.PRIVATE


class InteractionContact(SQLModel, table=True):
    """Which contacts took part."""

    __tablename__ = "interaction_contact"

    interaction_id: int = Field(foreign_key="interaction.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)


class Need(Sourced, table=True):
    """What the customer needs within a horizon (K3, K4), and what we lack to serve it."""

    account_id: int = Field(foreign_key="account.id", index=True)
    horizon: Horizon = enum_field(Horizon)
    kind: NeedKind = enum_field(NeedKind, NeedKind.EXPLICIT)
    description: str
    found_by: str | None = None
    amount: Decimal | None = decimal_field(None)
    currency: str | None = None
    expected_on: date | None = None
    checked_technology: bool = False
    checked_sales: bool = False
    checked_operations: bool = False
    capability_gap: str | None = None
    resource_gap: str | None = None
    state: RecordState = enum_field(RecordState, RecordState.OPEN)


class Product(Record, table=True):
    """What we sell."""

    name: str = Field(unique=True)
    name_key: str = Field(index=True)
    series: str | None = None
    list_price: Decimal | None = decimal_field(None)
    currency: str | None = None


class Opportunity(Record, table=True):
    """A deal; one without an account is kept as unassigned.

    Revenue of an account in a period is the sum of `value` over its won deals by
    `closed_on`, together with its `Transaction` rows.
    """

    __table_args__ = (
        Index(
            "ix_opportunity_sales",
            *("stage", "closed_on", "account_id", "person_id", "product_id", "currency", "value"),
        ),
    )

    external_id: str | None = Field(default=None, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True)
    name: str | None = None
    stage: Stage = enum_field(Stage)
    engaged_on: date | None = None
    closed_on: date | None = Field(default=None, index=True)
    expected_on: date | None = None
    value: Decimal | None = decimal_field(None)
    currency: str | None = None
    source: str


class Transaction(Record, table=True):
    """An invoice line or order: revenue not recorded as a won deal."""

    __table_args__ = (UniqueConstraint("source", "external_id"),)

    external_id: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    product_id: int | None = Field(default=None, foreign_key="product.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    booked_on: date = Field(index=True)
    amount: Decimal = decimal_field()
    currency: str
    source: str


class ExchangeRate(Record, table=True):
    """One unit of `currency` is `rate` units of `into`, from `valid_from` on."""

    __tablename__ = "exchange_rate"
    __table_args__ = (UniqueConstraint("currency", "into", "valid_from"),)

    currency: str
    into: str
    valid_from: date
    rate: Decimal = decimal_field()


class Evaluation(Record, table=True):
    """One evaluation of an account in a dimension (K3, K4): points from 0 to 100."""

    account_id: int = Field(foreign_key="account.id", index=True)
    dimension: Dimension = enum_field(Dimension)
    held_on: date
    points: Decimal | None = decimal_field(None)
    judged: bool = True
    person_id: int | None = Field(default=None, foreign_key="person.id")
    note: str | None = None
    rules_version: int | None = None


class Risk(Sourced, table=True):
    """An entry of the risk register (house): likelihood and impact from 1 to 5."""

    account_id: int = Field(foreign_key="account.id", index=True)
    kind: RiskKind = enum_field(RiskKind)
    description: str
    likelihood: int
    impact: int
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    answer: str | None = None
    state: RecordState = enum_field(RecordState, RecordState.OPEN)


class StrategyItem(Record, table=True):
    """A step on the service ladder, a staged release or a hedging clause (K4)."""

    __tablename__ = "strategy_item"

    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str
    stage: str
    description: str
    due_on: date | None = None
    done_on: date | None = None
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    level: int = Level.PRIVATE
