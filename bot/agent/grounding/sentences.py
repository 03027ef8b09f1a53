"""A reply as sentences, and back: what is kept stays as it was written."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

MARK = r"[\[［【]\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*[\]］】]"

_PREFIX = re.compile(
    r"\s*(?:>\s*)*(?:#+\s+|[-*•+]\s+|\d{1,2}[.、)）]\s*(?!\d)|[(（]\d{1,2}[)）]\s*)?"
)
_END = re.compile(
    r"(?:[。！？；]|[.!?](?=[\s\"”’)\]\[［【*_]|$))+[\"”’)）」』*_]*" + rf"(?:\s*{MARK})*\s*"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?i:inc|corp|ltd|co|pte|llc|plc|bros|vs|e\.g|i\.e|approx|no|mr|mrs|ms|dr|st|cf|fig)"
    r"|(?<![\w'’])[A-Z])\.\s*$"
)
_LEAD_IN = re.compile(rf"[:：]\s*(?:{MARK}\s*)*[*_]*\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the space behind it, in its line of the reply.

    `claim` is the sentence without the bullet or number before it. A lead-in ("Two things:")
    counts in `items` the lines that it introduces; `lead` is its place for each of these.
    """

    text: str
    claim: str
    line: int
    items: int = 0
    lead: int | None = None


def sentences_of(reply: str) -> list[Sentence]:
    """The sentences of a reply in order, blank lines left out."""
    found: list[Sentence] = []
    lead: int | None = None
    for number, line in enumerate(reply.split("\n")):
        if not line.strip():
            continue
        prefix = _PREFIX.match(line)
        start = prefix.end() if prefix else 0
        listed = bool(line[:start].strip()) or line.lstrip().startswith("|")
        lead = lead if listed else None
        if lead is not None:
            opening = found[lead]
            found[lead] = Sentence(
                opening.text, opening.claim, opening.line, opening.items + 1, opening.lead
            )
        for begin, end in _spans(line, start):
            found.append(Sentence(line[begin:end], line[max(begin, start) : end], number, 0, lead))
        if not listed and _LEAD_IN.search(line):
            lead = len(found) - 1
    return found


def _spans(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of a line begins and ends; the first holds the line's prefix."""
    begin = 0
    for match in _END.finditer(line, start):
        if _ABBREVIATION.search(line[begin : match.end()]) and match.end() < len(line):
            continue
        yield begin, match.end()
        begin = match.end()
    if line[begin:].strip():
        yield begin, len(line)


def pieces_of(text: str) -> Iterator[str]:
    """The text sentence by sentence, with the space between; joined they are the text."""
    place = 0
    for sentence in sentences_of(text):
        end = text.index(sentence.text, place) + len(sentence.text)
        yield text[place:end]
        place = end
    if text[place:]:
        yield text[place:]


def without(reply: str, sentences: Sequence[Sentence], dropped: Collection[int]) -> str:
    """The reply without the sentences at these places; a lead-in goes with its last item."""
    if not dropped:
        return reply
    gone = {*dropped, *_idle_leads(sentences, dropped)}
    lines: dict[int, str] = {}
    for place, sentence in enumerate(sentences):
        if place not in gone:
            lines[sentence.line] = lines.get(sentence.line, "") + sentence.text
    blank = {n: "" for n, line in enumerate(reply.split("\n")) if not line.strip()}
    kept = {n: line.rstrip() for n, line in lines.items()} | blank
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept[n] for n in sorted(kept))).strip()


def _idle_leads(sentences: Sequence[Sentence], dropped: Collection[int]) -> Iterator[int]:
    for place, sentence in enumerate(sentences):
        items = [n for n, other in enumerate(sentences) if other.lead == place]
        if sentence.items and all(item in dropped for item in items):
            yield place
