"""Which encoding a text file is written in: decided once per file, from the whole file."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kam_knowledge.scripts import has_chinese

_SAMPLE = 1 << 20
_DAMAGE = 0.02
_ILLEGIBLE = 0.1
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "cp950", "big5hkscs")
# Characters that business tables in Chinese can hardly do without, in both scripts.
_FREQUENT = frozenset(
    "的一是有人公司客户戶名称稱日期金额額产產品销銷售单單位编編号號行业業部门門经經理代表"
    "年月元万萬大中小上海北京台湾灣香港电電话話国國家地区區城市科技技术術有限份集团團项項目"
    "阶階段状狀态態成交赢贏输輸联聯系繫职職务務需求描述预預算备備注联发發展机機"
)
_SHOWN = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030",
    "cp950": "Big5",
    "big5hkscs": "Big5",
}


@dataclass(frozen=True)
class Encoding:
    """A codec and its name for people."""

    codec: str
    label: str


def named(codec: str) -> Encoding:
    """An encoding asked for by name. Raises LookupError for an unknown one."""
    return Encoding(codec, _SHOWN.get(codecs.lookup(codec).name, codec.upper()))


def detect(path: Path) -> Encoding:
    """The encoding of a whole file.

    A byte order mark decides; then zero bytes (UTF-16); then whether the file is UTF-8, but
    for a few damaged lines; then which Chinese encoding reads as plausible Chinese.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, "UTF-16" if codec == "utf-16" else "UTF-8")
    wide = _utf16(head)
    if wide is not None:
        return wide
    lines = _survey(path)
    if lines.reads_as_utf8:
        return Encoding("utf-8", "UTF-8")
    return _chinese(lines.foreign)


def _utf16(head: bytes) -> Encoding | None:
    """UTF-16 without a mark: ASCII separators leave a zero in every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(1, len(head) // 20):
        return None
    return Encoding("utf-16-le" if odd > even else "utf-16-be", "UTF-16")


@dataclass(frozen=True)
class _Lines:
    total: int
    utf8: int
    broken: int
    foreign: bytes

    @property
    def reads_as_utf8(self) -> bool:
        """Real UTF-8 lines outnumber broken ones; in a plain ASCII file few may be broken."""
        if self.utf8:
            return self.broken <= self.utf8
        return self.broken <= self.total * _DAMAGE


def _survey(path: Path) -> _Lines:
    total = utf8 = broken = 0
    foreign = bytearray()
    for line in _lines(path):
        total += 1
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            utf8 += 1
        except UnicodeDecodeError:
            broken += 1
            if len(foreign) < _SAMPLE:
                foreign += line
    return _Lines(total, utf8, broken, bytes(foreign))


def _lines(path: Path) -> Iterator[bytes]:
    """Lines of at most a mebibyte, so that a file without line ends stays bounded."""
    with path.open("rb") as file:
        while line := file.readline(_SAMPLE):
            yield line


def _chinese(sample: bytes) -> Encoding:
    """The more plausible Chinese encoding; UTF-8, damaged, where none reads the bytes."""
    readings = {codec: _reading(sample, codec) for codec in _CHINESE}
    ranked = sorted(_CHINESE, key=lambda codec: readings[codec].rank, reverse=True)
    first, second = ranked[:2]
    if readings[first].lost > _ILLEGIBLE:
        return named("utf-8")
    if _SHOWN[first] != _SHOWN[second] and readings[first].rank == readings[second].rank:
        return named(_second_opinion(sample, first))
    return named(first)


@dataclass(frozen=True)
class _Reading:
    """Shares of the characters beyond ASCII that are frequent, lost, and Chinese at all."""

    frequent: float
    lost: float
    chinese: float

    @property
    def rank(self) -> tuple[float, float]:
        return (self.frequent - 4 * self.lost, self.chinese)


def _reading(sample: bytes, codec: str) -> _Reading:
    decoded = [sign for sign in sample.decode(codec, errors="replace") if sign > "\x7f"]
    total = max(len(decoded), 1)
    return _Reading(
        frequent=sum(sign in _FREQUENT for sign in decoded) / total,
        lost=sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in decoded) / total,
        chinese=sum(has_chinese(sign) for sign in decoded) / total,
    )


def _second_opinion(sample: bytes, first: str) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=["gb18030", "big5"]).best()
    if found is None:
        return first
    return "gb18030" if found.encoding == "gb18030" else "cp950"
