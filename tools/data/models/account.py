"""Customers: accounts, their names, the people in them and what is known of them."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from tools.data.models.base import Record, Sourced, decimal_field, enum_field
from tools.domain.vocabulary import AccountStatus, Factor, Layer, Measure, Stance


class Account(Record, table=True):
    """A customer or a sub-unit of one (下级单位); `parent_id` is the customer above it."""

    name: str = Field(unique=True)
    name_key: str = Field(index=True)
    segment: str | None = Field(default=None, index=True)
    region: str | None = Field(default=None, index=True)
    city: str | None = None
    country: str | None = None
    status: AccountStatus = enum_field(AccountStatus, AccountStatus.ACTIVE)
    parent_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    customer_since: date | None = None
    founded: int | None = None
    employees: int | None = None
    website: str | None = None
    sandbox: bool = False


class AccountAlias(Record, table=True):
    """Another name for an account: short name, other script, former name."""

    __tablename__ = "account_alias"
    __table_args__ = (UniqueConstraint("account_id", "name_key"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    name: str
    name_key: str = Field(index=True)


class ExternalKey(Record, table=True):
    """What a record is called in the system it was imported from."""

    __tablename__ = "external_key"
    __table_args__ = (UniqueConstraint("system", "kind", "key"),)

    system: str
    kind: str
    key: str
    record_id: int


class FactorInput(Sourced, table=True):
    """A raw value of a score factor (K3) in `unit`; the newest as-of date counts.

    Revenue is normally computed from transactions and needs no input.
    """

    __tablename__ = "factor_input"
    __table_args__ = (UniqueConstraint("account_id", "factor", "as_of"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    factor: Factor = enum_field(Factor)
    value: Decimal = decimal_field()
    unit: str


class Financial(Sourced, table=True):
    """One yearly money figure (K1); `currency` is empty where the source names none."""

    __table_args__ = (UniqueConstraint("account_id", "year", "measure", "forecast"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    year: int | None = None
    measure: Measure = enum_field(Measure)
    amount: Decimal = decimal_field()
    currency: str | None = None
    forecast: bool = False


class WalletShare(Sourced, table=True):
    """What a customer buys in our categories from one supplier in a year (K1).

    `ours` marks ourselves; `forecast` a future year. The customer's whole spend is the
    account's `ADDRESSABLE_SPEND` for that year.
    """

    __tablename__ = "wallet_share"
    __table_args__ = (UniqueConstraint("account_id", "year", "supplier", "category"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    year: int
    supplier: str
    category: str = ""
    amount: Decimal = decimal_field()
    currency: str
    ours: bool = False
    forecast: bool = False


class PurchasingBehaviour(Sourced, table=True):
    """How a customer buys, in the terms of the configured multipliers (K1): one `trait` each."""

    __tablename__ = "purchasing_behaviour"
    __table_args__ = (UniqueConstraint("account_id", "trait", "as_of"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    trait: str
    value: str


class Answer(Sourced, table=True):
    """An answer to one question of an analysis: the five domains (K2), selection (K5)."""

    __table_args__ = (UniqueConstraint("account_id", "topic", "question", "as_of"),)

    account_id: int = Field(foreign_key="account.id", index=True)
    topic: str
    question: str
    answer: str


class Contact(Sourced, table=True):
    """A person at the customer: layer (K4), stance and part in the decision."""

    account_id: int = Field(foreign_key="account.id", index=True)
    name: str
    name_key: str = Field(index=True)
    title: str | None = None
    department: str | None = None
    layer: Layer | None = enum_field(Layer, None)
    stance: Stance | None = enum_field(Stance, None)
    decides: bool | None = None
    holds_budget: bool | None = None
    email: str | None = None
    phone: str | None = None
    reports_to_id: int | None = Field(default=None, foreign_key="contact.id")
    interests: str | None = None
    left_on: date | None = None
