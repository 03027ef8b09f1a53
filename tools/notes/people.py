"""People named in a note with their titles, and the layer that a title puts them in (house)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from kam_knowledge.scripts import has_chinese
from tools.domain.vocabulary import Layer
from tools.notes.cues import cues
from tools.notes.sentences import Piece, plain

_LAYERS = (
    ("management_first", Layer.MANAGEMENT),
    ("decision", Layer.DECISION),
    ("management", Layer.MANAGEMENT),
    ("execution", Layer.EXECUTION),
)
_WORD = r"[A-Z][a-zà-ÿ'-]+"


@dataclass(frozen=True)
class Met:
    """A person in a sentence, and the piece of it that says so."""

    name: str
    title: str
    layer: Layer | None
    piece: Piece


def layer_of(title: str) -> Layer | None:
    """The layer of somebody with that title; None where the rules do not know the title."""
    key = plain(title.strip())
    if not key:
        return None
    for name, layer in _LAYERS:
        if any(_titled(pattern).search(key) for pattern in cues().titles[name]):
            return layer
    return None


def title_said(text: str) -> str:
    """The longest title in a text in matching form; nothing where it has none."""
    found = (
        _bare(match.group())
        for name, _ in _LAYERS
        for pattern in cues().titles[name]
        for match in _titled(pattern).finditer(text)
    )
    return max(found, key=len, default="")


def people_in(sentence: Piece, known: Collection[str] = ()) -> list[Met]:
    """The people that a sentence names, in its order, each once: by a title or a form of
    address, or by a known name in full."""
    found: list[Met] = []
    named = [*_read(sentence), *_known(sentence, known)]
    for met in sorted(named, key=lambda m: (m.piece.start, -len(m.piece.said))):
        if not any(met.piece.meets(other.piece) for other in found):
            found.append(met)
    return found


def _known(sentence: Piece, known: Collection[str]) -> Iterator[Met]:
    for name in known:
        whole = re.escape(plain(name)) if has_chinese(name) else rf"\b{re.escape(plain(name))}\b"
        match = re.search(whole, sentence.key) if len(name) > 1 else None
        if match:
            start, end = match.span()
            said, key = sentence.said[start:end], sentence.key[start:end]
            yield Met(name, "", None, Piece(sentence.start + start, said, key))


@cache
def _titled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern if has_chinese(pattern) else rf"\b(?:{pattern})\b")


def _read(sentence: Piece) -> Iterator[Met]:
    for pattern, key in (*((p, False) for p in _english()), *((p, True) for p in _chinese())):
        for match in pattern.finditer(sentence.key if key else sentence.said):
            yield _met(sentence, match)


def _met(sentence: Piece, match: re.Match[str]) -> Met:
    parts = match.groupdict()
    name = sentence.said[match.start("name") : match.end("name")]
    title = sentence.said[match.start("title") : match.end("title")] if parts.get("title") else ""
    start, end = match.span()
    piece = Piece(sentence.start + start, sentence.said[start:end], sentence.key[start:end])
    bare = _bare(title)
    # "总" and "工" are forms of address: they tell the layer, but no title to record.
    return Met(
        _whole(name, parts.get("address")), bare if len(bare) > 1 else "", layer_of(bare), piece
    )


def _bare(title: str) -> str:
    """The title without words before it that belong to the sentence ("met manager")."""
    words = title.split()
    while len(words) > 1 and plain(words[0]) in cues().no_names:
        del words[0]
    return " ".join(words)


def _whole(name: str, address: str | None) -> str:
    """The name to record; a surname alone keeps its form of address."""
    if address is None or len(name.split()) > 1 or (has_chinese(name) and len(name) > 1):
        return name
    return f"{name}{address}" if has_chinese(name) else f"{address.strip(' .').capitalize()} {name}"


@cache
def _english() -> tuple[re.Pattern[str], ...]:
    """Over the sentence as written: "Ms Chen, CTO", "their CFO Li Na", "Tom Berg (buyer)"."""
    known = [p for words in cues().titles.values() for p in words if not has_chinese(p)]
    title = rf"(?P<title>(?i:{'|'.join(known)}))"
    honorifics = "|".join(h for h in cues().honorifics if not has_chinese(h))
    address = rf"(?P<address>(?i:\b(?:{honorifics})\b)\.? )"
    stop = "|".join(word for word in cues().no_names if not has_chinese(word))
    word = rf"(?!(?i:{stop})\b){_WORD}"
    full = rf"{word}(?: {_WORD}){{1,2}}"
    lead = r"(?i:the |their |our |a |its |new |company's )*"
    apposed = rf"(?:, {lead}|\s?\(\s?{lead}|,? who is {lead}|, now {lead}){title}"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{address}(?P<name>{word}(?: {word})?)(?:{apposed})?",
            rf"\b{title}\b,? {address}?(?P<name>{word}(?: {word})?)",
            rf"\b(?P<name>{full}){apposed}",
        )
    )


@cache
def _chinese() -> tuple[re.Pattern[str], ...]:
    """Over the sentence in matching form: "陈总", "采购经理李娜", "王强（总监）"."""
    known = [p for words in cues().titles.values() for p in words if has_chinese(p)]
    title = rf"(?P<title>{'|'.join(known)})"
    surname = f"(?:{'|'.join(cues().surnames)})"
    polite = "|".join(h for h in cues().honorifics if has_chinese(h))
    ends = rf"(?=$|[^一-鿿]|{'|'.join(cues().after_name)}|{polite})"
    given = "(?![和与及的说见对在也谈聊要想了是把让跟同])[一-鿿]"
    full = rf"(?!周[一二三四五六日末]){surname}(?:{given}){{1,2}}?"
    lone = rf"(?P<name>{surname})(?P<address>{title})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{title}(?P<name>{surname})(?P<address>{polite})",
            rf"{title}(?P<name>{full}){ends}(?:{polite})?",
            rf"(?<![一-鿿]){lone}",
            rf"(?<=[和与见到访跟同的是找问及、了由])(?<!的和){lone}",
            rf"(?P<name>{full})[（(,，]\s?(?:他们的|其|现任|是)?{title}[）)]?",
            rf"(?P<name>{full}){title}",
            rf"(?P<name>{surname})(?P<address>{polite})",
        )
    )
