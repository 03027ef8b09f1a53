"""Numbers in words: Chinese numerals of any size, English words up to the millions."""

import re
from decimal import Decimal

from bot.agent.builtin.spans import number_of

_SIGNS = "零〇一二两三四五六七八九"
CHINESE_NUMERAL = rf"[{_SIGNS}十百千万亿]+(?:点[{_SIGNS}]+[万亿]*)?"

_ONES = r"one|two|three|four|five|six|seven|eight|nine"
_TEENS = r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_ONES})"
ENGLISH_NUMERAL = (
    rf"(?:(?:{_ONES}|an?) hundred(?:(?: and)? {_BELOW_HUNDRED})?|an? dozen|{_BELOW_HUNDRED})"
)
_SECTION = {"亿": Decimal(10**8), "万": Decimal(10**4)}


def chinese_number(numeral: str) -> Decimal:
    """The value of a Chinese numeral ("三百五十万", "一点二亿", "二〇一七")."""
    for sign, scale in _SECTION.items():
        if sign in numeral:
            high, low = numeral.split(sign, 1)
            return chinese_number(high or "一") * scale + (chinese_number(low) if low else 0)
    whole, _, decimals = numeral.partition("点")
    value = Decimal(_whole(whole))
    for place, sign in enumerate(decimals, 1):
        value += Decimal(number_of(sign)) / 10**place
    return value


def _whole(numeral: str) -> int:
    if "千" in numeral:
        high, low = numeral.split("千", 1)
        return (number_of(high) if high else 1) * 1000 + (_whole(low) if low else 0)
    if re.fullmatch(rf"[{_SIGNS}]{{2,}}", numeral):
        return int("".join(str(number_of(sign)) for sign in numeral))
    return number_of(numeral) if numeral else 0


def english_number(numeral: str) -> Decimal:
    """The value of an English numeral in lower case ("twenty-five", "two hundred and ten")."""
    if "dozen" in numeral:
        return Decimal(12)
    high, hundred, low = numeral.rpartition("hundred")
    value = number_of(high.strip()) * 100 if hundred else 0
    for word in re.findall(r"[a-z]+", low):
        value += number_of(word) if word != "and" else 0
    return Decimal(value)
