"""Amounts and shares in the words of a note, in English and Chinese."""

import re
from dataclasses import dataclass
from decimal import Decimal

from tools.data.importing.words import ambiguous_currencies, currencies
from tools.data.types import LARGEST

_NUMERAL = "零〇一二两三四五六七八九十百千"
_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half a"
_SCALES = {"千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "亿": 10**8}
_SCALES |= dict.fromkeys(("k", "thousand"), 10**3) | dict.fromkeys(("bn", "billion"), 10**9)
_SCALES |= dict.fromkeys(("m", "mn", "mio", "million"), 10**6)
_UNITS = {"元": "CNY", "块": "CNY", "yuan": "CNY", "dollars": "USD", "dollar": "USD"}
_UNITS |= {"euros": "EUR", "euro": "EUR", "pounds": "GBP"}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_WORDS = {word: Decimal(n) for n, word in enumerate(_WORD.split("|")[:-1], 1)}
_WORDS["half a"] = Decimal("0.5")
_PERCENT = re.compile(
    rf"(?P<digits>(?<!\d)\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b|个百分点|个点)"
    rf"|百分之(?P<worded>\d+(?:\.\d+)?|[{_NUMERAL}]+)"
    r"|(?P<tenths>[一二三四五六七八九]|\d)成(?P<half>半)?"
)


@dataclass(frozen=True)
class Amount:
    """An amount of money; the currency is empty where none is named."""

    value: Decimal
    currency: str


def amounts_of(key: str, base: str) -> list[Amount]:
    """The amounts of a text; a sign that several currencies share means the base one of them.

    Only a number with a scale or a currency is an amount, and none beyond all records.
    """
    found = (_amount(match, base) for match in _pattern().finditer(key))
    return [amount for amount in found if amount]


def percents_of(key: str) -> list[Decimal]:
    """The shares of a text, in percent."""
    return [_percent(match) for match in _PERCENT.finditer(key)]


def numeral(word: str) -> int:
    """A Chinese numeral below ten thousand, or digits."""
    if word.isdigit():
        return int(word)
    total, digit = 0, 0
    for character in word:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def number(word: str) -> int:
    """A whole number in digits, English words or Chinese numerals."""
    if word in ("a", "an"):
        return 1
    return int(_WORDS[word]) if word in _WORDS else numeral(word)


def _pattern() -> re.Pattern[str]:
    signs = _alternatives([*ambiguous_currencies(), *currencies()])
    units = _alternatives([*_UNITS, *currencies()])
    return re.compile(
        rf"(?<![a-z0-9.])(?P<sign>{signs})?\s{{0,4}}"
        rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{_WORD})\b)\s*"
        rf"(?P<scale>千万|百万|十万|万|亿|(?:k|m|mn|mio|bn|million|billion|thousand)\b)?\s*"
        rf"(?P<unit>{units})?"
        rf"|(?P<front>{signs})?\s{{0,4}}(?P<numeral>(?<![{_NUMERAL}])[{_NUMERAL}]+)(?P<place>万|亿)\s*(?P<money>{units})?"
    )


def _alternatives(words: list[str]) -> str:
    """The words, the longest first; those in letters end where the word does."""
    longest = sorted(set(words), key=len, reverse=True)
    return "|".join(
        re.escape(word) + (r"\b" if re.search("[a-z]$", word) else "") for word in longest
    )


def _amount(match: re.Match[str], base: str) -> Amount | None:
    part = match.groupdict()
    scale = part["scale"] or part["place"]
    named = part["unit"] or part["money"] or part["sign"] or part["front"]
    if not (scale or named):
        return None
    plain = part["number"]
    value = _value(plain) if plain else Decimal(numeral(part["numeral"]))
    scaled = value * _SCALES.get(scale or "", 1)
    return Amount(scaled, _currency(named, base)) if scaled < LARGEST else None


def _value(word: str) -> Decimal:
    return _WORDS[word] if word in _WORDS else Decimal(word.replace(",", ""))


def _currency(word: str | None, base: str) -> str:
    if word is None:
        return ""
    shared = ambiguous_currencies().get(word)
    if shared:
        return base if base in shared else shared[0]
    return _UNITS.get(word) or currencies()[word]


def _percent(match: re.Match[str]) -> Decimal:
    digits, worded, tenths, half = match.group("digits", "worded", "tenths", "half")
    if tenths:
        return Decimal(numeral(tenths) * 10 + (5 if half else 0))
    if digits or worded[0].isdigit():
        return Decimal(digits or worded)
    return Decimal(numeral(worded))
