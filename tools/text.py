"""Words for people: each sentence in English and Simplified Chinese, Traditional derived.

Templates are converted before their values go in, so a customer's name keeps the
script it is written in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kam_knowledge.scripts import to_traditional

# A name that ends with a stop ends a sentence with it.
_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?=\s|$)")


class Language(StrEnum):
    """A language that a reply can be written in, as a BCP 47 tag."""

    ENGLISH = "en"
    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217)."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} need a rate to be combined")


@dataclass(frozen=True, slots=True)
class Percent:
    """A share or rate as a fraction: 0.25 is shown as 25 %."""

    fraction: Decimal


@dataclass(frozen=True)
class Text:
    """A sentence or label with its values: str.format templates in both languages."""

    en: str
    zh: str
    values: Mapping[str, "Value"] = field(default_factory=dict)

    def render(self, language: Language) -> str:
        shown = {name: show(value, language) for name, value in self.values.items()}
        said = _template(self.en, self.zh, language).format(**shown)
        return _TWO_STOPS.sub(".", said) if language is Language.ENGLISH else said


Value = str | int | Decimal | date | datetime | Money | Percent | Text | None


def text(en: str, zh: str, /, **values: Value) -> Text:
    """A `Text` from its two templates and the values they name."""
    return Text(en, zh, values)


@lru_cache(maxsize=4096)
def _template(en: str, zh: str, language: Language) -> str:
    if language is Language.ENGLISH:
        return en
    return zh if language is Language.SIMPLIFIED else to_traditional(zh)


def show(value: Value, language: Language) -> str:
    """A value as a reader of that language expects it; an absent one is a dash."""
    match value:
        case None:
            return "–"
        case Text():
            return value.render(language)
        case Money(amount, currency):
            return f"{currency} {number(amount)}"
        case Percent(fraction):
            return f"{number(round(fraction * 100, 1))}%"
        case bool():
            return _template("yes" if value else "no", "是" if value else "否", language)
        case int() | Decimal():
            return number(Decimal(value))
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes").replace("+00:00", " UTC")
        case date():
            return value.isoformat()
        case _:
            return value


def number(value: Decimal) -> str:
    """At most two decimals, thousands grouped, no trailing zeros after the point."""
    shown = f"{round(value, 2):,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
