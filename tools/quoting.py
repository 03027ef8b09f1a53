"""Answers quoted from passages: the part that answers, where it stands, in the reader's script."""

from collections.abc import Sequence
from dataclasses import replace

from kam_knowledge.documents import Passage
from kam_knowledge.scripts import to_traditional
from kam_knowledge.search import Hit
from tools.cards import Quote
from tools.domain.extract import answer_in
from tools.text import Language

_ROOM, _ROOM_ASIDE = 320, 160
_NEAR = 0.85


def quotes_from(question: str, hits: Sequence[Hit]) -> tuple[Quote, ...]:
    """The answer from the best passage, and from the second where it is about as near."""
    best, *others = hits
    aside = [hit for hit in others[:1] if hit.score >= _NEAR * best.score]
    return (
        _quote(question, best, _ROOM),
        *(_quote(question, hit, _ROOM_ASIDE) for hit in aside),
    )


def _quote(question: str, hit: Hit, room: int) -> Quote:
    found = hit.passage
    words = answer_in(question, found.text, room) or found.text
    return Quote(found.id, found.title, found.section, words)


def in_script(found: Passage, language: Language) -> Passage:
    """The method's documents are written in Simplified; Traditional readers get theirs."""
    if language is not Language.TRADITIONAL or found.account is not None:
        return found
    convert = to_traditional
    return replace(
        found,
        title=convert(found.title),
        section=convert(found.section),
        text=convert(found.text),
    )


def place_of(found: Passage) -> str:
    """Where a passage stands; the opening of a document has no section."""
    return f"{found.title}: {found.section}" if found.section else found.title


def cited_place(quote: Quote) -> str:
    return f"{quote.document}: {quote.section}" if quote.section else quote.document
