"""What a result looks like, whatever the surface: a card of facts, table, chart and reasons.

A card carries values, not strings: the surface renders them with `tools.text.show` in the
reader's language.
"""

from dataclasses import dataclass
from typing import Literal

from tools.text import Text, Value


@dataclass(frozen=True)
class Fact:
    """A labelled value; `note` says as-of date, source, assumed or confirmed."""

    label: Text
    value: Value
    note: Value = None


@dataclass(frozen=True)
class Column:
    label: Text
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """Rows of values under columns; `total` counts the rows there are, shown or not."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int


@dataclass(frozen=True)
class Chart:
    """Data for a chart: one value per label, in `unit`."""

    kind: Literal["bar", "line", "pie"]
    title: Text
    labels: tuple[Value, ...]
    values: tuple[float, ...]
    unit: Text


@dataclass(frozen=True)
class Quote:
    """A passage that supports the answer: where it stands, and its own words."""

    passage: str
    document: str
    section: str
    text: str


@dataclass(frozen=True)
class Check:
    """An item of an account's checklist that can be ticked off, where a surface has boxes.

    `account`, `checklist` and `item` name it to `set_checklist_item`; `note` says what shows
    that it is done.
    """

    account: str
    checklist: str
    item: str
    label: Text
    done: bool
    note: Text | None = None


@dataclass(frozen=True)
class Card:
    """One answer.

    `headline` is the answer in one sentence. `why` lists the steps of the computation,
    `basis` names rule, version and origin (K1 to K5 or house), `missing` what could not
    be used because it is not known, `next` what the reader could do or ask then. `checks`
    are the items that can be ticked off.
    """

    title: Text
    headline: Text
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    quotes: tuple[Quote, ...] = ()
    why: tuple[Text, ...] = ()
    basis: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    next: tuple[Text, ...] = ()
    checks: tuple[Check, ...] = ()
