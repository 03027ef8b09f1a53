"""What may be imported: the kinds of file, their fields, and what a cell of each must be."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from tools.domain.vocabulary import (
    AccountStatus,
    Channel,
    Horizon,
    Layer,
    Measure,
    NeedKind,
    RecordState,
    Role,
    Stage,
    Stance,
    UnitKind,
)


class Cell(Enum):
    """How the text of a cell becomes a value."""

    TEXT = auto()
    DATE = auto()
    AMOUNT = auto()
    COUNT = auto()
    YEAR = auto()
    FLAG = auto()
    CHOICE = auto()
    CURRENCY = auto()
    LEVEL = auto()


@dataclass(frozen=True)
class FieldSpec:
    """One field: `words` names a list of well-known values that a misspelling may be near."""

    name: str
    cell: Cell = Cell.TEXT
    required: bool = False
    negative: bool = False
    choices: type[StrEnum] | None = None
    words: str | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of file; `apart` are the fields that tell rows apart where there is no id."""

    name: str
    fields: tuple[FieldSpec, ...]
    links: frozenset[str] = frozenset()
    apart: tuple[str, ...] = ()

    def field(self, name: str) -> FieldSpec:
        return next(field for field in self.fields if field.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


def _texts(*names: str) -> tuple[FieldSpec, ...]:
    return tuple(FieldSpec(name) for name in names)


def _needed(name: str, cell: Cell = Cell.TEXT, choices: type[StrEnum] | None = None) -> FieldSpec:
    return FieldSpec(name, cell, required=True, choices=choices)


def _choice(name: str, choices: type[StrEnum]) -> FieldSpec:
    return FieldSpec(name, Cell.CHOICE, choices=choices)


def _money(name: str, *, negative: bool = False) -> FieldSpec:
    return FieldSpec(name, Cell.AMOUNT, negative=negative)


_CURRENCY = FieldSpec("currency", Cell.CURRENCY)
_FACT = (FieldSpec("as_of", Cell.DATE), FieldSpec("level", Cell.LEVEL))
_MAY_BE_NEGATIVE = {Measure.COMPANY_PROFIT, Measure.OUR_REVENUE}

UNITS = Kind(
    "units",
    (
        _needed("name"),
        _choice("kind", UnitKind),
        *_texts("external_id", "parent", "function", "mandate", "resources"),
    ),
    links=frozenset({"parent"}),
)
PEOPLE = Kind(
    "people",
    (
        _needed("name"),
        *_texts("external_id", "manager", "dotted_manager", "region", "branch"),
        *_texts("email", "slack_user", "title"),
        _choice("role", Role),
        FieldSpec("active", Cell.FLAG),
    ),
    links=frozenset({"manager", "dotted_manager"}),
)
PRODUCTS = Kind(
    "products",
    (_needed("name"), *_texts("external_id", "series"), _money("list_price"), _CURRENCY),
)
ACCOUNTS = Kind(
    "accounts",
    (
        _needed("name"),
        *_texts("external_id", "region", "city", "parent", "website"),
        FieldSpec("segment", words="sectors"),
        FieldSpec("country", words="countries"),
        _choice("status", AccountStatus),
        FieldSpec("customer_since", Cell.DATE),
        FieldSpec("founded", Cell.YEAR),
        FieldSpec("employees", Cell.COUNT),
        _money("revenue"),
        _CURRENCY,
        FieldSpec("revenue_year", Cell.YEAR),
    ),
    links=frozenset({"parent"}),
)
ALIASES = Kind("aliases", (_needed("alias"), *_texts("account", "person", "unit")))
CONTACTS = Kind(
    "contacts",
    (
        _needed("account"),
        _needed("name"),
        *_texts("external_id", "title", "department", "email", "phone", "reports_to", "interests"),
        _choice("layer", Layer),
        _choice("stance", Stance),
        FieldSpec("decides", Cell.FLAG),
        FieldSpec("holds_budget", Cell.FLAG),
        FieldSpec("left_on", Cell.DATE),
        *_FACT,
    ),
    links=frozenset({"reports_to"}),
)
OPPORTUNITIES = Kind(
    "opportunities",
    (
        FieldSpec("external_id"),
        FieldSpec("account"),
        FieldSpec("agent"),
        FieldSpec("product"),
        FieldSpec("name"),
        _needed("stage", Cell.CHOICE, Stage),
        FieldSpec("engaged_on", Cell.DATE),
        FieldSpec("closed_on", Cell.DATE),
        FieldSpec("expected_on", Cell.DATE),
        _money("value"),
        _CURRENCY,
    ),
    apart=("account", "agent", "product", "name", "engaged_on"),
)
TRANSACTIONS = Kind(
    "transactions",
    (
        *_texts("external_id", "account", "product", "agent"),
        _needed("booked_on", Cell.DATE),
        FieldSpec("amount", Cell.AMOUNT, required=True, negative=True),
        _CURRENCY,
    ),
    apart=("account", "product", "agent", "booked_on", "amount"),
)
FINANCIALS = Kind(
    "financials",
    (
        _needed("account"),
        FieldSpec("year", Cell.YEAR),
        FieldSpec("measure", Cell.CHOICE, choices=Measure),
        _money("amount", negative=True),
        _CURRENCY,
        FieldSpec("forecast", Cell.FLAG),
        *_FACT,
        *(_money(measure.value, negative=measure in _MAY_BE_NEGATIVE) for measure in Measure),
    ),
)
WALLET = Kind(
    "wallet",
    (
        _needed("account"),
        _needed("year", Cell.YEAR),
        _needed("supplier"),
        FieldSpec("category"),
        _needed("amount", Cell.AMOUNT),
        _CURRENCY,
        FieldSpec("ours", Cell.FLAG),
        FieldSpec("forecast", Cell.FLAG),
        *_FACT,
    ),
)
INTERACTIONS = Kind(
    "interactions",
    (
        _needed("account"),
        _needed("held_on", Cell.DATE),
        _needed("summary"),
        *_texts("external_id", "person", "contacts"),
        _choice("channel", Channel),
        FieldSpec("executive", Cell.FLAG),
        FieldSpec("level", Cell.LEVEL),
    ),
)
NEEDS = Kind(
    "needs",
    (
        _needed("account"),
        _needed("horizon", Cell.CHOICE, Horizon),
        _needed("description"),
        *_texts("external_id", "found_by", "capability_gap", "resource_gap"),
        _choice("kind", NeedKind),
        _money("amount"),
        _CURRENCY,
        FieldSpec("expected_on", Cell.DATE),
        FieldSpec("checked_technology", Cell.FLAG),
        FieldSpec("checked_sales", Cell.FLAG),
        FieldSpec("checked_operations", Cell.FLAG),
        _choice("state", RecordState),
        *_FACT,
    ),
)

# In the order in which they are imported: what is referred to comes first.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        UNITS,
        PEOPLE,
        PRODUCTS,
        ACCOUNTS,
        ALIASES,
        CONTACTS,
        OPPORTUNITIES,
        TRANSACTIONS,
        FINANCIALS,
        WALLET,
        INTERACTIONS,
        NEEDS,
    )
}
