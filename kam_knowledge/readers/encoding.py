"""Bytes to text. A short Chinese text gives statistics little to go by, so the Chinese
encodings are told apart by which one gives everyday characters."""

import codecs
import re

from kam_knowledge.readers.content import Unreadable
from kam_knowledge.scripts import to_simplified

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "utf-8",
}
_SAMPLE = 4_000
_EVERYDAY = 0.6
_DAMAGED = 200
_HIGH_PAIR = re.compile(rb"[\x80-\xff]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text in these bytes. `declared` is the encoding that the file itself names; it is
    believed where UTF-8 does not fit. Raises `Unreadable` where no encoding fits."""
    text = _decoded(data, declared).removeprefix("\ufeff")
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 50:
        raise Unreadable("this is no text; check that the file's ending says what it is")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    guesses = (_utf_16(data), "utf-8", _known(declared))
    for encoding in filter(None, guesses):
        text = _strictly(data, encoding)
        if text is not None:
            return text
    return _guessed(data)


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of its spaces and figures."""
    sample = data[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) < len(sample) // 50 + 1 or min(first, second) > 0:
        return None
    return "utf-16-be" if first else "utf-16-le"


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip()).name
    except LookupError:
        return None
    return _WIDER.get(name, name)


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text, or None. A character cut off at the very end is forgiven where others show
    that the encoding is right."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        text = decoder.decode(data)
    except (UnicodeError, LookupError):
        return None
    whole = not decoder.getstate()[0]
    return text if whole or not text.isascii() else None


def _guessed(data: bytes) -> str:
    readings = (_strictly(data, encoding) for encoding in ("gb18030", "big5hkscs"))
    best = max((text for text in readings if text is not None), key=_everyday, default="")
    if _everyday(best) >= _EVERYDAY:
        return best
    if _HIGH_PAIR.search(data) is None:
        return data.decode("cp1252", errors="replace")
    return _by_statistics(data)


def _everyday(text: str) -> float:
    """The share of the characters beyond ASCII that are punctuation (lead bytes A1 to A3) or
    belong to the everyday level of GB 2312 (lead bytes B0 to D7), once simplified."""
    beyond = "".join(character for character in text[:_SAMPLE] if not character.isascii())
    leads = (character.encode("gb2312", "ignore")[:1] for character in to_simplified(beyond))
    common = sum(b"\xa1" <= lead <= b"\xa3" or b"\xb0" <= lead <= b"\xd7" for lead in leads)
    return common / len(beyond) if beyond else 0.0


def _by_statistics(data: bytes) -> str:
    repaired = data.decode("utf-8", errors="replace")
    if repaired.count("\ufffd") * _DAMAGED <= len(repaired):
        return repaired
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Unreadable("its characters cannot be told; save it as UTF-8")
    return str(best)
