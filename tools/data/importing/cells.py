"""Cells of every type but dates and amounts: text, counts, years, flags, words of a list."""

import re
from datetime import date, datetime

from kam_knowledge.scripts import normalise
from tools.data.importing import amounts, words
from tools.data.importing.amounts import Unreadable
from tools.data.importing.schema import Cell, FieldSpec
from tools.text import text

_BLANK = frozenset({"", "-", "–", "—", "n/a", "na", "null", "none", "nil", "无", "#n/a"})
_ERRORS = frozenset({"#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"})
_YEAR = re.compile(r"(?:fy)?\s*(\d{4})\s*(?:年度?|财年)?")
_LOST = "\ufffd"
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def is_blank(cell: object) -> bool:
    """Whether a cell that must hold a typed value holds none: empty, or a mark for that."""
    return cell is None or str(cell).strip().casefold() in _BLANK


def check_text(cell: str) -> None:
    """Raises `Unreadable` for text that lost bytes in decoding and for formula errors."""
    if _LOST in cell:
        raise Unreadable(
            text(
                "some bytes do not belong to the file's encoding; type the cell again",
                "部分字节不属于该文件的编码，请重新填写此单元格",
            )
        )
    if _UNFIT.search(cell):
        raise Unreadable(
            text(
                "it holds a zero byte or half a character; type the cell again",
                "含有零字节或残缺字符，请重新填写此单元格",
            )
        )
    if cell.casefold() in _ERRORS:
        raise Unreadable(text("the formula ended in an error", "公式结果为错误值"))


def shown_text(cell: object) -> str:
    """A cell as the text a person sees: 1001.0 from a workbook is "1001"."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not cell.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _count(_spec: FieldSpec, cell: object) -> int:
    number = amounts.parse(cell).number
    if number < 0 or number != number.to_integral_value() or number > 2_000_000_000:
        raise Unreadable(text("not a whole number from 0 up", "不是零或正整数"))
    return int(number)


def _year(_spec: FieldSpec, cell: object) -> int:
    if isinstance(cell, date):
        return cell.year
    found = _YEAR.fullmatch(normalise(shown_text(cell)))
    if found is None or not 1000 <= int(found[1]) <= 2200:
        raise Unreadable(text("not a year with four digits", "不是四位数年份"))
    return int(found[1])


def _flag(_spec: FieldSpec, cell: object) -> bool:
    known = words.flags().get(normalise(shown_text(cell)))
    if isinstance(cell, bool) or known is None:
        if isinstance(cell, bool):
            return cell
        raise Unreadable(text("neither yes nor no", "既不是“是”也不是“否”"))
    return known


def _choice(spec: FieldSpec, cell: object) -> object:
    if spec.choices is None:
        raise TypeError(f"{spec.name} has no list to choose from")
    found = words.choice(spec.choices, shown_text(cell))
    if found is not None:
        return found
    near = words.near_choices(spec.choices, shown_text(cell))
    listed = ", ".join(near or tuple(member.value for member in spec.choices))
    raise Unreadable(
        text("unknown word; known are: {listed}", "未知用词，可用：{listed}", listed=listed)
    )


def _currency(_spec: FieldSpec, cell: object) -> str:
    word = normalise(shown_text(cell))
    code = words.currencies().get(word)
    if code is None and re.fullmatch("[a-z]{3}", word):
        code = word.upper()
    if code is None:
        raise Unreadable(
            text("not a currency code such as USD or CNY", "不是货币代码（如 USD、CNY）")
        )
    return code


def _level(_spec: FieldSpec, cell: object) -> int:
    shown = shown_text(cell)
    if shown not in {"1", "2", "3", "4"}:
        raise Unreadable(text("the level is 1, 2, 3 or 4", "级别只能是 1、2、3、4"))
    return int(shown)


READERS = {
    Cell.COUNT: _count,
    Cell.YEAR: _year,
    Cell.FLAG: _flag,
    Cell.CHOICE: _choice,
    Cell.CURRENCY: _currency,
    Cell.LEVEL: _level,
}
