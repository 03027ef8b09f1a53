"""Every figure of a sentence with its unit, and when two figures say the same.

Unlike the reader of questions, which picks the figures it can use, this one leaves no digit
unread: what is not a figure with a unit is a plain number, an ordinal or a code.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from bot.agent.grounding.numerals import (
    CHINESE_NUMERAL,
    ENGLISH_NUMERAL,
    chinese_number,
    english_number,
)

Kind = Literal["plain", "percent", "times", "ordinal", "months", "days", "hours", "code"]
Manner = Literal["exact", "about", "over", "under"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as said: its value in the base unit of its kind (a percentage as a fraction, a
    span of time in months, days or hours).

    `size` is what one of its unit is in that base unit, `step` the place of its last digit where
    the form itself rounds ("六成三").
    """

    kind: Kind
    value: Decimal
    said: str
    start: int
    end: int
    manner: Manner = "exact"
    currency: str | None = None
    size: Decimal = Decimal(1)
    step: Decimal | None = None


_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
_SCALES |= {"亿": 10**8, "万亿": 10**12, "hundred": 10**2, "dozen": 12}
_SCALES |= dict.fromkeys(("k", "thousand"), 10**3) | dict.fromkeys(("m", "mn", "million"), 10**6)
_SCALES |= dict.fromkeys(("b", "bn", "billion"), 10**9) | {"trillion": 10**12}
CURRENCIES = dict.fromkeys(("$", "us$", "usd", "dollar", "dollars", "美元", "美金"), "USD")
CURRENCIES |= dict.fromkeys(("¥", "cny", "rmb", "元", "块", "块钱", "人民币", "yuan"), "CNY")
CURRENCIES |= dict.fromkeys(("€", "eur", "euro", "euros", "欧元"), "EUR")
CURRENCIES |= dict.fromkeys(("£", "gbp", "英镑"), "GBP") | dict.fromkeys(("jpy", "日元"), "JPY")
CURRENCIES |= {"hkd": "HKD", "港元": "HKD", "港币": "HKD", "sgd": "SGD", "新加坡元": "SGD"}
CURRENCIES |= {"twd": "TWD", "新台币": "TWD", "nt$": "TWD", "chf": "CHF", "瑞士法郎": "CHF"}
_PERCENTS = frozenset(
    {"%", "percent", "per cent", "percentage point", "percentage points", "pp"}
    | {"个百分点", "百分点"}
)
_TIMES = ("times", "fold", "x", "倍")
_SPANS: dict[str, tuple[Kind, int]] = {
    **dict.fromkeys(("month", "months", "个月"), ("months", 1)),
    **dict.fromkeys(("quarter", "quarters", "个季度"), ("months", 3)),
    **dict.fromkeys(("year", "years", "年"), ("months", 12)),
    **dict.fromkeys(("day", "days", "天"), ("days", 1)),
    **dict.fromkeys(("week", "weeks", "周", "星期", "个星期"), ("days", 7)),
    **dict.fromkeys(("hour", "hours", "小时", "个小时"), ("hours", 1)),
}
_COUNTERS = "[家个名位款条笔份项次种类步层级人大件张台套点倍季轮段期批处组行列周天年]"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def latin_whole(words: Iterable[str]) -> str:
    """A pattern for these words that does not cut a Latin word in two."""
    return rf"(?<![a-z])(?:{_any(words)})(?:(?<![a-z])|(?![a-z]))"


_SIGN = (
    rf"(?:(?<![a-z])(?P<sign>{_any(w for w in CURRENCIES if not w.startswith(('元', '块')))})\s*)?"
)
_SCALE = rf"(?:[\s-]?(?P<scale>{latin_whole(_SCALES)}))?"
_MEASURES = latin_whole([*_PERCENTS, *_TIMES, *_SPANS])
_UNIT = rf"(?:[\s-]*(?P<unit>{latin_whole(CURRENCIES)}(?!\s*\d)|{_MEASURES}))?"
_NOT_TENTHS = "员本长功立果为交熟就品分绩都语效因型人"

_JOINT = re.compile(r"\s*(?:-|–|—|~|至|到|to|and|或|or|、)\s*")
_CODE = re.compile(
    r"(?<![a-z0-9])(?:[a-z]+[-_]?\d(?:[a-z0-9_.-]*[a-z0-9])?|\d+[a-z_][a-z0-9_-]*)", re.ASCII
)
_LATIN_CURRENCY = _any(word for word in CURRENCIES if word.isascii())
_CODED_FIGURE = re.compile(rf"(?:{_LATIN_CURRENCY})?\d[\d.]*(?:k|m|mn|bn|b|x|pp|st|nd|rd|th)?\.?")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)")
_ORDINALS = [
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
]
_ORDINAL = re.compile(
    rf"第\s*(?P<cn>\d+|{CHINESE_NUMERAL})|(?<![a-z0-9])(?P<en>\d+)(?:st|nd|rd|th)(?![a-z])"
    rf"|\b(?P<word>{'|'.join(_ORDINALS)})\b"
)
_FRACTION = re.compile(
    rf"百分之\s*(?P<hundredths>\d+(?:\.\d+)?|{CHINESE_NUMERAL})"
    rf"|(?P<tenths>[一二两三四五六七八九\d])成(?P<more>[一二三四五六七八九半\d])?(?![{_NOT_TENTHS}])"
    rf"|(?P<bottom>{CHINESE_NUMERAL}|\d+)分之(?P<top>{CHINESE_NUMERAL}|\d+)"
    r"|(?P<half>\bhalf\b(?! (?:a |an )?(?:year|hour|day))|一半)"
    r"|\b(?:a|one) (?P<third>third|quarter)(?= of\b)|\b(?P<two>two)[ -]thirds\b"
)
_MULTIPLE = re.compile(
    r"\b(?P<two>twice|doubl(?:e|ed|es|ing))\b|\b(?P<three>tripl(?:e|ed|es|ing)|threefold)\b"
    r"|(?P<cn>翻倍|翻了?一?番)"
)
_NUMBERED = re.compile(rf"{_SIGN}(?P<number>{_DIGITS}){_SCALE}{_UNIT}")
_CHINESE = re.compile(
    rf"{_SIGN}(?P<number>{CHINESE_NUMERAL})(?P<scale>(?!))?{_UNIT}(?P<counted>{_COUNTERS})?"
)
_ENGLISH = re.compile(rf"{_SIGN}(?<![a-z-])(?P<number>{ENGLISH_NUMERAL})(?![a-z]){_SCALE}{_UNIT}")

_ABOUT = r"about|around|roughly|approximately|approx\.?|some|circa|~|≈|大约|大概|约|大致"
_OVER = r"over|more than|above|at least|超过|逾|超|多于|高于|至少"
_UNDER = (
    r"under|below|less than|nearly|almost|close to|just short of|不到|不足|近|少于|低于|接近|将近"
)
_MANNERS: tuple[tuple[Manner, re.Pattern[str]], ...] = (
    ("under", re.compile(rf"(?:{_UNDER})\s*$")),
    ("over", re.compile(rf"(?:{_OVER})\s*$")),
    ("about", re.compile(rf"(?:{_ABOUT})\s*$")),
)
_AFTER: tuple[tuple[Manner, re.Pattern[str]], ...] = (
    ("about", re.compile(r"\s*(?:左右|上下|or so\b)")),
    ("over", re.compile(r"\s*(?:以上|多|余)")),
)


def figures_in(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """The figures of folded text in order; nothing is read within the places `taken`."""
    held = list(taken)
    found: list[Figure] = []
    for reader in (_clocks, _fractions, _multiples, _ordinals, _codes, _numbers, _numerals, _words):
        for figure in reader(text):
            if not any(figure.start < end and start < figure.end for start, end in held):
                held.append((figure.start, figure.end))
                found.append(figure)
    found.sort(key=lambda figure: figure.start)
    return [_in_manner(figure, text) for figure in _with_shared_units(found, text)]


def _figure(kind: Kind, value: Decimal, match: re.Match[str]) -> Figure:
    return Figure(kind, value, match.group().strip(), match.start(), match.end())


def _clocks(text: str) -> Iterator[Figure]:
    return (_figure("code", Decimal(0), match) for match in _CLOCK.finditer(text))


def _codes(text: str) -> Iterator[Figure]:
    for match in _CODE.finditer(text):
        if not _CODED_FIGURE.fullmatch(match.group()):
            yield _figure("code", Decimal(0), match)


def _number(word: str) -> Decimal:
    return Decimal(word.replace(",", "")) if word[0].isdigit() else chinese_number(word)


def _fractions(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        value, step = _fraction(match)
        yield replace(_figure("percent", value, match), step=step)


def _fraction(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    part = match.groupdict()
    if part["hundredths"]:
        return _number(part["hundredths"]) / 100, None
    if part["tenths"]:
        more = Decimal(5) if part["more"] == "半" else _number(part["more"] or "0")
        step = Decimal("0.1") if not part["more"] else Decimal("0.01")
        return _number(part["tenths"]) / 10 + more / 100, step
    if part["bottom"]:
        bottom = _number(part["bottom"])
        return (_number(part["top"]) / bottom if bottom else Decimal(0)), Decimal("0.01")
    if part["half"]:
        return Decimal("0.5"), None
    if part["two"]:
        return Decimal(2) / 3, Decimal("0.01")
    return Decimal(1) / (3 if part["third"] == "third" else 4), Decimal("0.01")


def _multiples(text: str) -> Iterator[Figure]:
    for match in _MULTIPLE.finditer(text):
        yield _figure("times", Decimal(3 if match["three"] else 2), match)


def _ordinals(text: str) -> Iterator[Figure]:
    for match in _ORDINAL.finditer(text):
        word = match["word"]
        value = Decimal(_ORDINALS.index(word) + 1) if word else _number(match["cn"] or match["en"])
        yield _figure("ordinal", value, match)


def _numbers(text: str) -> Iterator[Figure]:
    return (_scaled(match, _number(match["number"])) for match in _NUMBERED.finditer(text))


def _numerals(text: str) -> Iterator[Figure]:
    """Chinese numerals where they count or measure; others are parts of words (统一, 三方)."""
    for match in _CHINESE.finditer(text):
        numeral = match["number"]
        large = len(numeral) > 1 and not set(numeral) <= set("百千万亿")
        single = numeral == "一" and match["unit"] not in _SPANS
        if (match["counted"] or match["unit"] or large) and not single and numeral != "万一":
            yield _scaled(match, chinese_number(numeral))


def _words(text: str) -> Iterator[Figure]:
    """English numerals; "one" and "a" are articles where they measure nothing."""
    for match in _ENGLISH.finditer(text):
        if match["number"] != "one" or match["scale"] or match["unit"]:
            yield _scaled(match, english_number(match["number"]))


def _scaled(match: re.Match[str], number: Decimal) -> Figure:
    unit, sign = match["unit"] or "", match["sign"] or ""
    kind, size = _measure(unit)
    size *= _SCALES.get(match["scale"] or "", 1)
    figure = replace(_figure(kind, number * size, match), size=size)
    return replace(figure, currency=CURRENCIES.get(unit) or CURRENCIES.get(sign))


def _measure(unit: str) -> tuple[Kind, Decimal]:
    """The kind of a unit, and its size in the kind's base unit."""
    if unit in _PERCENTS:
        return "percent", Decimal("0.01")
    if unit in _TIMES:
        return "times", Decimal(1)
    kind, size = _SPANS.get(unit, ("plain", 1))
    return kind, Decimal(size)


def _with_shared_units(figures: list[Figure], text: str) -> Iterator[Figure]:
    """ "3 to 6 months", "USD 3 to 4 million": what one figure of a range lacks, the other has."""
    before: Figure | None = None
    for figure, after in zip_longest(figures, figures[1:]):
        shared = figure
        if after and _JOINT.fullmatch(text[figure.end : after.start]):
            shared = _like(figure, after)
        if before and _JOINT.fullmatch(text[before.end : figure.start]):
            shared = replace(shared, currency=shared.currency or before.currency)
        yield shared
        before = figure


def _like(figure: Figure, after: Figure) -> Figure:
    if figure.kind != "plain" or figure.size != 1:
        return figure
    currency = figure.currency or after.currency
    return replace(figure, kind=after.kind, value=figure.value * after.size, currency=currency)


def _in_manner(figure: Figure, text: str) -> Figure:
    before, after = text[max(0, figure.start - 16) : figure.start], text[figure.end :]
    manners = [
        *(manner for manner, pattern in _MANNERS if pattern.search(before)),
        *(manner for manner, pattern in _AFTER if pattern.match(after)),
    ]
    return replace(figure, manner=manners[0]) if manners else figure
