"""Several questions in one sentence: where it can be parted."""

import re
from collections.abc import Callable, Sequence

from bot.agent.builtin.names import Mention
from bot.agent.builtin.periods import Period
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.thesaurus import Sense

_FIRM = re.compile(r"[?？;；。!！\n]+")
_LOOSE = re.compile(
    r"[,，、]\s*(?:and |as well as |also )?|\b(?:and also|as well as|and|plus)\b"
    r"|以及|还有|并且|另外|顺便|和|与|及"
)


def parts_of(
    reading: Reading, stands: Callable[[str, bool], bool], *, is_one: bool = False
) -> list[str]:
    """The parts that each ask something: one, the whole, unless all of several `stands`,
    which is told whether its part is parted from the others by firm punctuation; what `is_one`
    is parted by nothing less."""
    # A general question may name several things without asking several; what is supposed
    # belongs to what is asked.
    whole = is_one or reading.is_general or "supposing" in reading.meanings
    patterns = ((_FIRM, True),) if whole else ((_FIRM, True), (_LOOSE, False))
    for pattern, firm in patterns:
        pieces = _pieces(reading, pattern)
        joined = _joined(pieces, lambda piece, f=firm: stands(piece, f))  # type: ignore[misc]
        if len(joined) > 1:
            return joined
    return [reading.text]


def term_first(reading: Reading, read: Callable[[str], Reading]) -> list[str]:
    """The parts where the first asks what a term is and the next asks for it of something
    named: the next one then says the term too."""
    first, *others = _pieces(reading, _FIRM) or [""]
    asked = read(first)
    term = next((m.said for m in asked.soft if "term" in m.values), None)
    if len(others) != 1 or not asked.defines or term is None:
        return []
    then = read(others[0])
    return [first, f"{term} {others[0]}"] if then.names and not then.meanings else []


def _pieces(reading: Reading, pattern: re.Pattern[str]) -> list[str]:
    text, pieces, place = reading.folded.text, [], 0
    for match in pattern.finditer(text):
        if _inside(reading, match.start(), match.end()):
            continue
        pieces.append(reading.folded.words(place, match.start()))
        place = match.end()
    pieces.append(reading.folded.words(place, len(text)))
    return [piece.strip() for piece in pieces if re.search(r"\w", piece)]


def _inside(reading: Reading, start: int, end: int) -> bool:
    """Whether the place lies within a name, a period or a phrase of several words."""
    items: list[Sense | Mention | Period] = [*reading.senses, *reading.names, *reading.periods]
    wide = [item for item in items if item.end - item.start > end - start]
    return any(item.start <= start and end <= item.end for item in wide)


def _joined(pieces: Sequence[str], stands: Callable[[str], bool]) -> list[str]:
    """A piece that does not stand by itself belongs to the one before, the first to the next."""
    joined: list[str] = []
    waiting = ""
    for piece in pieces:
        whole = f"{waiting} {piece}".strip()
        if stands(piece):
            joined.append(whole)
            waiting = ""
        elif joined:
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            waiting = whole
    return joined
