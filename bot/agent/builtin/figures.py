"""Figures in a sentence: how many of the top, what share of the top, amounts of money."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.agent.builtin.spans import number_of
from kam_knowledge.scripts import has_chinese

_CN = "[零一二三四五六七八九十百两]"
_EN = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|hundred"
_BEST = "biggest|largest|best|highest|top|leading|strongest|smallest|lowest|worst"
_BEST_LONG = rf"{_BEST}|most important|most valuable"
_COUNTED = "家|个|名|位|大|款|条|笔"
_NO_COUNT = r"(?!\s*(?:%|percent|per cent|days|weeks|months|quarters|years))"

_PERCENT = re.compile(
    r"(?:top|best|highest|biggest|largest|first|前|最高的?|最大的?)\s*(?:的)?\s*(?:"
    r"(?P<digits>\d+(?:\.\d+)?)\s*(?:%|percent|per cent)"
    rf"|百分之\s*(?P<worded>\d+(?:\.\d+)?|{_CN}+)"
    rf"|(?P<tenths>{_CN}|\d)\s*成(?P<half>半)?)"
)
_TOP = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_BEST}|first|bottom)[ -](\d+|{_EN})\b{_NO_COUNT}",
        rf"(?<![\d.])(\d+|{_EN}) (?:of (?:the|our) )?(?:{_BEST_LONG})\b",
        rf"(?:排名|排行|名列)?前\s*(\d+|{_CN}+)(?![\d.%])(?!\s*(?:成|个?月|天|年|周|季))",
        rf"\b(?:the|our|all) (\d+|{_EN}) [a-z]+ (?:with|of|by) (?:the )?(?:{_BEST_LONG})\b",
        rf"最[^\W\d]{{1,3}}?的?\s*(\d+|{_CN}+)\s*(?:{_COUNTED})",
        r"top\s*(\d+)(?!\s*(?:%|percent))(?=[^\w%]|$|[^\x00-\x7f])",
    )
)
_SCALES = {"万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "w": 10**4}
_SCALES |= dict.fromkeys(("k", "thousand"), 10**3)
_SCALES |= dict.fromkeys(("m", "mm", "mn", "mio", "mil", "mln", "million", "millions"), 10**6)
_SCALES |= dict.fromkeys(("bn", "billion", "billions"), 10**9)
_CURRENCIES = dict.fromkeys(("$", "us$", "usd", "dollar", "dollars", "美元", "美金"), "USD")
_CURRENCIES |= dict.fromkeys(("¥", "￥", "cny", "rmb", "元", "块", "人民币", "yuan"), "CNY")
_CURRENCIES |= dict.fromkeys(("€", "eur", "euro", "euros", "欧元"), "EUR")
_CURRENCIES |= dict.fromkeys(("£", "gbp", "pounds", "英镑"), "GBP")
_CURRENCIES |= dict.fromkeys(("nt$", "ntd", "twd", "台币", "新台币"), "TWD")
_CURRENCIES |= dict.fromkeys(("hk$", "hkd", "港币", "港元", "港纸"), "HKD")
_CURRENCIES |= dict.fromkeys(("s$", "sgd", "新加坡元", "新加坡币"), "SGD")
_CURRENCIES |= dict.fromkeys(("jpy", "yen", "日元", "日圆"), "JPY")
_LONGEST_FIRST = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_ENGLISH = rf"half an?|an?|{_EN}"
_AMOUNT = re.compile(
    rf"(?<![a-z])(?P<sign>{_LONGEST_FIRST})?\s*"
    r"(?:(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[一二三四五六七八九十百千两]+)\s*"
    r"(?:个(?=[百千万亿]))?(?P<scale>十万|百万|千万|万|亿|[wkm](?![a-z])|mm\b|mn\b|mio\b|mil\b|mln\b|bn\b|"
    r"millions?|billions?|thousand)?"
    rf"|\b(?P<words>{_ENGLISH}) (?P<worded>thousand|million|billion))\s*"
    rf"(?P<unit>(?:{_LONGEST_FIRST})(?![a-z]))?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the kind `top` (a count), `percent` (0 to 100) or `amount`, and its place."""

    kind: str
    value: Decimal
    start: int
    end: int
    currency: str | None = None


_CURRENCY = re.compile(rf"(?<![a-z])(?:{_LONGEST_FIRST})(?![a-z])")


def currencies_of(text: str) -> list[str]:
    """The codes of the currencies that folded text names, in their order, each once."""
    return list(dict.fromkeys(_CURRENCIES[found] for found in _CURRENCY.findall(text)))


def figures_of(text: str) -> list[Figure]:
    """The figures of folded text: a share of the top, else a count of it, and amounts."""
    share = _share(text)
    found = [share] if share else _count(text)
    amounts = (_amount(match) for match in _AMOUNT.finditer(text))
    return found + [
        a for a in amounts if a and not any(a.start < f.end and f.start < a.end for f in found)
    ]


def _share(text: str) -> Figure | None:
    match = _PERCENT.search(text)
    if not match:
        return None
    digits, worded, tenths, half = match.group("digits", "worded", "tenths", "half")
    if tenths:
        value = Decimal(number_of(tenths) * 10 + (5 if half else 0))
    else:
        value = _decimal(digits or worded)
    return Figure("percent", value, match.start(), match.end())


def _count(text: str) -> list[Figure]:
    for pattern in _TOP:
        match = pattern.search(text)
        if match:
            return [Figure("top", Decimal(number_of(match.group(1))), match.start(), match.end())]
    return []


def _amount(match: re.Match[str]) -> Figure | None:
    """Only a number with a scale or a currency is an amount; "300w" counts in ten thousands
    where Chinese is written, and watts elsewhere."""
    sign, number, scale, unit = match.group("sign", "number", "scale", "unit")
    watts = scale == "w" and not has_chinese(match.string)
    if watts or not (sign or scale or unit or match["worded"]):
        return None
    value = _decimal(number.replace(",", "")) if number else _worded(match["words"])
    currency = _CURRENCIES.get(unit or "") or _CURRENCIES.get(sign or "")
    scaled = value * _SCALES.get(scale or match["worded"] or "", 1)
    return Figure("amount", scaled, match.start(), match.end(), currency)


def _worded(words: str) -> Decimal:
    return Decimal("0.5") if words.startswith("half") else Decimal(number_of(words))


def _decimal(number: str) -> Decimal:
    return Decimal(number) if number[0].isdigit() else Decimal(number_of(number))
