"""Amounts as people write them: separators, currencies, 万 and 亿, negatives in brackets."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kam_knowledge.scripts import normalise
from tools.data.importing import words
from tools.text import Text, text

_LIMIT = Decimal(900_000_000_000_000)
_PLACES = Decimal("0.0001")
_NUMBER = re.compile(r"[+-]?[\d.,' ]*\d[\d.,' ]*(?:e[+-]?\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([,' ])\d{3})(?:\1\d{3})*(?:\.\d+)?")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,\d{1,2}|0,\d+")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "’": "'", "\u00a0": " ", "\u202f": " "})


class Unreadable(ValueError):
    """A cell that cannot be read; `reason` is for the person who sent the file."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True)
class Amount:
    """A number and the currencies its sign or code may mean (none: unstated)."""

    number: Decimal
    currencies: tuple[str, ...] = ()


def parse(value: object) -> Amount:
    """An amount from a cell. Raises `Unreadable`."""
    if isinstance(value, bool):
        raise _not_a_number()
    if isinstance(value, int | float | Decimal):
        return Amount(fitting(Decimal(str(value))))
    return _parse_text(str(value))


@lru_cache(maxsize=8192)
def _parse_text(raw: str) -> Amount:
    shown = normalise(raw).translate(_MINUS).strip()
    negative = shown.startswith("(") and shown.endswith(")")
    if negative:
        shown = shown[1:-1].strip()
    found = _NUMBER.search(shown)
    if found is None:
        raise _not_a_number()
    factor, currencies = _around(shown[: found.start()], shown[found.end() :])
    number, minus = _plain(found.group().strip(), shown[: found.start()])
    signed = -number if minus or negative else number
    return Amount(fitting(signed * factor), currencies)


def _plain(digits: str, before: str) -> tuple[Decimal, bool]:
    minus = digits.startswith("-") or before.strip().startswith("-")
    bare = digits.lstrip("+-").strip()
    if _GROUPED.fullmatch(bare):
        return Decimal(re.sub("[,' ]", "", bare)), minus
    if _PLAIN.fullmatch(bare):
        return Decimal(bare), minus
    if _CONTINENTAL.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", ".")), minus
    raise _not_a_number()


def _around(before: str, after: str) -> tuple[int, tuple[str, ...]]:
    """The multiplier and the currencies named before and after the number."""
    factor = 1
    currencies: tuple[str, ...] = ()
    for word in unit_words(before.replace("-", " ")) + unit_words(after):
        if word in words.scales():
            factor *= words.scales()[word]
        else:
            currencies = _currency(word)
    return factor, currencies


def unit_words(part: str) -> list[str]:
    """Splits "万美元" and "m usd" into multipliers and currencies."""
    found: list[str] = []
    for word in part.split():
        scale = next((s for s in ("百万", "十亿", "万", "亿") if word.startswith(s)), None)
        whole = word in words.scales()
        found += [word] if scale is None or whole else [scale, word[len(scale) :]]
    return found


def _currency(word: str) -> tuple[str, ...]:
    if word in words.ambiguous_currencies():
        return words.ambiguous_currencies()[word]
    code = words.currencies().get(word)
    if code is None:
        raise _not_a_number()
    return (code,)


def fitting(number: Decimal) -> Decimal:
    """The number with the four places that are kept. Raises `Unreadable` where it is too large."""
    if not number.is_finite() or abs(number) > _LIMIT:
        raise Unreadable(text("the number is too large to keep", "数值过大，无法保存"))
    return number.quantize(_PLACES)


def _not_a_number() -> Unreadable:
    return Unreadable(
        text(
            "not an amount; write it like 12,500.00 or 1.25万",
            "不是金额，请写成 12,500.00 或 1.25万 这样的形式",
        )
    )
