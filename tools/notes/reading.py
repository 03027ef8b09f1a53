"""A meeting note, read by cues into lines: what was said, by whom, and what follows from it.

Each line is a clause of the note. What is addressed to the assistant makes no line.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kam_knowledge.scripts import has_chinese
from tools.domain.names import name_key
from tools.notes.coming import coming_day
from tools.notes.cues import Pattern, cues
from tools.notes.figures import amounts_of, percents_of
from tools.notes.lines import NoteLine
from tools.notes.past import past_day
from tools.notes.people import Met, layer_of, people_in
from tools.notes.sentences import Piece, clauses, plain, sentences


@dataclass(frozen=True)
class Note:
    """What a note was read into.

    `unused` are the clauses that no line but the summary came from; `left_out` those among
    them that are addressed to the assistant and are not in the summary either; `clauses` is
    the whole note in pieces.
    """

    lines: tuple[NoteLine, ...]
    unused: tuple[str, ...]
    left_out: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Reader:
    """Reads clauses as of a day; `written` is the note with its people blotted out, `rivals`
    are suppliers known there, `not_rivals` the names that are no competitor: the customer's."""

    today: date
    base: str
    written: str
    rivals: Collection[str] = ()
    not_rivals: Collection[str] = ()

    def line_of(self, clause: Piece) -> NoteLine | None:
        """The line that a clause makes, the most telling cue first."""
        if cues().ours.search(clause.key):
            return None
        written = plain(self.written[clause.start : clause.end])
        clause = replace(clause, key=written)
        return (
            self._share(clause)
            or self._rival(clause)
            or self._opportunity(clause)
            or self._risk(clause)
            or self._need(clause)
        )

    def _share(self, clause: Piece) -> NoteLine | None:
        name = self._named(clause, cues().shares)
        figures = self._figures(clause) or self._shares(clause)
        if not name or not figures or cues().opportunities.search(clause.key):
            return None
        return NoteLine("share", clause.said, name, **figures)

    def _rival(self, clause: Piece) -> NoteLine | None:
        known = any(name_key(rival) in name_key(clause.said) for rival in self.rivals)
        named = known or self._named(clause, cues().rivals)
        if not (named or cues().rival.search(clause.key)):
            return None
        return NoteLine("risk", clause.said, clause.said, risk="competitor")

    def _opportunity(self, clause: Piece) -> NoteLine | None:
        if not cues().opportunities.search(clause.key) or cues().no_need.search(clause.key):
            return None
        return NoteLine("opportunity", clause.said, clause.said, **self._expected(clause))

    def _risk(self, clause: Piece) -> NoteLine | None:
        key = clause.key
        phrased = [kind for kind, words in cues().risks.items() if words.phrase.search(key)]
        complained = cues().complaints.search(key) and not cues().no_complaints.search(key)
        about = [kind for kind, words in cues().risks.items() if words.topic.search(key)]
        kinds = phrased or (about if complained else [])
        return NoteLine("risk", clause.said, clause.said, risk=_kind(kinds[0])) if kinds else None

    def _need(self, clause: Piece) -> NoteLine | None:
        if not cues().needs.search(clause.key) or cues().no_need.search(clause.key):
            return None
        return NoteLine("need", clause.said, clause.said, **self._expected(clause))

    def _expected(self, clause: Piece) -> dict[str, Any]:
        day = coming_day(clause.key, self.today)
        return self._figures(clause) | ({"on": day} if day else {})

    def _figures(self, clause: Piece) -> dict[str, Any]:
        found = amounts_of(clause.key, self.base)
        return {"amount": found[0].value, "currency": found[0].currency} if found else {}

    def _shares(self, clause: Piece) -> dict[str, Any]:
        found = percents_of(clause.key)
        return {"percent": found[0]} if found else {}

    def _named(self, clause: Piece, patterns: tuple[Pattern, ...]) -> str:
        """The first name in one of the patterns' places that can be another supplier's."""
        written = self.written[clause.start : clause.end]
        for pattern in patterns:
            for match in pattern.finditer(written if clause.key.isascii() else plain(written)):
                name = _trimmed(written[match.start("name") : match.end("name")])
                if name and not self._is_own(name):
                    return name
        return ""

    def joined(self, line: NoteLine, piece: Piece, sentence: str) -> NoteLine | None:
        """The need or deal with the amount or day that the clause after it adds."""
        if line.kind not in ("need", "opportunity") or not cues().continues.search(piece.key):
            return None
        more = self._expected(piece)
        fresh = {name: value for name, value in more.items() if not getattr(line, name)}
        return replace(line, sentence=sentence, text=sentence, **fresh) if fresh else None

    def _is_own(self, name: str) -> bool:
        key = name_key(name)
        return any(key and (key in own or own in key) for own in map(name_key, self.not_rivals))


def read_note(
    note: str,
    today: date,
    base: str,
    *,
    rivals: Collection[str] = (),
    account_names: Collection[str] = (),
    contacts: Collection[str] = (),
) -> Note:
    """Reads a note written by that day; amounts without a currency are in the base one.

    `rivals`, `account_names` and `contacts` are the names that the customer's records hold.
    """
    whole = sentences(note)
    pieces = [clause for sentence in whole for clause in clauses(sentence, cues().joints)]
    orders = _orders(whole, pieces)
    heard = [piece for piece in pieces if piece not in orders]
    people = [met for s in whole if not _within(s, orders) for met in people_in(s, contacts)]
    names = (*account_names, *(met.name for met in people))
    reader = Reader(today, base, _without_people(note, people), rivals, names)
    said = _said(note, whole, heard, reader)
    opening = _opening(heard, today)
    used = [piece for piece, _ in said] + [met.piece for met in people]
    lines = (
        replace(opening[1], text=_summary(note, whole, orders)),
        *(_contact(met, whole, heard) for met in people),
        *(line for _, line in said),
    )
    rest = [piece for piece in pieces if not _within(piece, [*used, *opening[0]])]
    return Note(lines, *(tuple(p.said for p in part) for part in (rest, orders, pieces)))


def _without_people(note: str, people: list[Met]) -> str:
    """The note with a blot where people stand, so that a title is no cue."""
    for met in people:
        note = note[: met.piece.start] + "~" * len(met.piece.said) + note[met.piece.end :]
    return note


def _said(
    note: str, whole: list[Piece], heard: list[Piece], reader: Reader
) -> list[tuple[Piece, NoteLine]]:
    """The lines that clauses make, each with the stretch of the note that it comes from."""
    found: list[tuple[Piece, NoteLine]] = []
    for piece in heard:
        if found and _same_sentence(whole, found[-1][0], piece):
            stretch = _stretch(note, found[-1][0], piece)
            longer = reader.joined(found[-1][1], piece, stretch.said)
            if longer:
                found[-1] = (stretch, longer)
                continue
        line = reader.line_of(piece)
        if line:
            found.append((piece, line))
    return found


def _same_sentence(whole: list[Piece], first: Piece, second: Piece) -> bool:
    return any(sentence.meets(first) and sentence.meets(second) for sentence in whole)


def _stretch(note: str, first: Piece, last: Piece) -> Piece:
    said = note[first.start : last.end]
    return Piece(first.start, said, plain(said))


def is_order(sentence: str) -> bool:
    """Whether a sentence is addressed to the assistant."""
    return cues().instructions.search(plain(sentence)) is not None


def settled(line: NoteLine, today: date) -> NoteLine:
    """A line that somebody else read, with its days by the rules for its sentence, and the
    layer by those for the title where none is given."""
    key = plain(line.sentence)
    read = past_day if line.kind == "interaction" else coming_day
    layer = line.layer or _layer(layer_of(line.title))
    return replace(line, on=read(key, today), layer=layer)


def _orders(whole: list[Piece], pieces: list[Piece]) -> list[Piece]:
    """The clauses of sentences that are addressed to the assistant."""
    orders = [sentence for sentence in whole if is_order(sentence.said)]
    return [piece for piece in pieces if _within(piece, orders)]


def _within(piece: Piece, others: list[Piece]) -> bool:
    return any(piece.meets(other) for other in others)


def _opening(heard: list[Piece], today: date) -> tuple[list[Piece], NoteLine]:
    """The contact itself, with its kind and day as far as said, and the clauses that tell."""
    first = past_day(heard[0].key, today) if heard else None
    dated = heard[:1] if first else []
    for piece in heard:
        for channel, words in cues().channels.items():
            if words.search(piece.key):
                day = past_day(piece.key, today) or first
                line = NoteLine("interaction", piece.said, on=day, channel=_channel(channel))
                return [piece, *dated], line
    return dated, NoteLine("interaction", heard[0].said if heard else "", on=first)


def _summary(note: str, whole: list[Piece], orders: list[Piece]) -> str:
    """The note without the sentences that are addressed to the assistant."""
    if not orders:
        return note.strip()
    kept = [sentence.said for sentence in whole if not _within(sentence, orders)]
    return ("。" if has_chinese(note) else ". ").join(kept)


def _contact(met: Met, whole: list[Piece], heard: list[Piece]) -> NoteLine:
    parts = [piece for piece in heard if piece.meets(met.piece)]
    home = next(sentence for sentence in whole if sentence.meets(met.piece))
    start, end = parts[0].start - home.start, parts[-1].end - home.start
    return NoteLine(
        "contact", home.said[start:end], met.name, title=met.title, layer=_layer(met.layer)
    )


_TRAILING = re.compile(r"(?:公司|的|们|也|还|又|已|已经|正|正在|目前|现在)$")


def _trimmed(name: str) -> str:
    """A name without words around it; empty where no name is left."""
    words = _TRAILING.sub("", name.strip()).split()
    while words and words[0].lower() in cues().no_names:
        del words[0]
    key = plain("".join(words))
    strange = any(word in key for word in cues().no_names if has_chinese(word) and len(word) > 1)
    return "" if strange or key in cues().no_names else " ".join(words)


def _kind(kind: str) -> Any:
    return kind


def _channel(channel: str) -> Any:
    return channel


def _layer(layer: Any) -> Any:
    return layer.value if layer else None
