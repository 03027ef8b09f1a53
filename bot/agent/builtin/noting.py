"""Meeting notes that are pasted whole: behind a request to keep them, or by themselves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.agent.builtin.commands import asks_for_change
from bot.agent.builtin.folding import fold
from bot.agent.builtin.questions import asks
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.thesaurus import any_of, phrase_lists
from bot.agent.builtin.thread import Call
from kam_knowledge.scripts import has_chinese

NOTE = "note_to_plan"
_HEAD_END = re.compile(r"\s*(?:[:：](?!\d)|[.。](?=\s|[^\d\W])|\n)\s*")
_SENTENCE_END = re.compile(r"(?:[.!](?=\s|$)|[。！;；\n])\s*")
_PIECE_END = re.compile(r"(?:[.!,](?=\s|$)|[。！;；，\n])\s*")
_LONGEST_HEAD = 120
_THIS = (
    r"this (?:to|for|into|in|under|as|note|text|report|summary|down)\b|this$|the following\b"
    r"|(?:my|our|these|the) (?:\w+ )?(?:notes?|minutes|visit report)\b"
)
# A note says at least this much, in pieces and in letters or characters.
_PIECES, _LETTERS, _CHARACTERS = 3, 60, 20
_OPENS_A_QUESTION = re.compile(
    r"^\W*(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|"
    r"can|could|would|will|should|show|list|tell|give|compare)\b"
)


@dataclass(frozen=True)
class _Pasted:
    """The request before a note, if there is one, and the note."""

    head: str
    note: str


def note_call(message: str, read: Callable[[str], Reading]) -> Call | None:
    """The call that takes a pasted note, where the message is one; a question is none."""
    pasted = _behind_a_request(message) or _by_itself(message) or _announced(message)
    if pasted is None:
        return None
    about = list(dict.fromkeys(_accounts(read(pasted.head)) or _accounts(read(pasted.note))))
    if not pasted.head and not about:
        return None
    account = {"account": about[0]} if len(about) == 1 else {}
    return Call(NOTE, account | ({"note": pasted.note} if pasted.note else {}))


def is_long(message: str) -> bool:
    """Whether the message says as much as a note does, and does not ask."""
    return _says_enough(message) and not _asks(message)


def _behind_a_request(message: str) -> _Pasted | None:
    end = _HEAD_END.search(message)
    if end is None or end.start() > _LONGEST_HEAD:
        return None
    head, note = message[: end.start()], message[end.end() :].strip()
    text = fold(head).text
    return _Pasted(head, note) if note and _requests().search(text) and not asks(text) else None


def _announced(message: str) -> _Pasted | None:
    """A request to take over notes that are still to come."""
    text = fold(message).text
    comes = asks_for_change(message) or _announces().search(text)
    kept = len(message) <= _LONGEST_HEAD and _requests().search(text) and not asks(text)
    return _Pasted(message, "") if comes and kept else None


def _by_itself(message: str) -> _Pasted | None:
    """A text of several pieces that tells of a contact, and neither asks nor orders."""
    whole = [piece for piece in _SENTENCE_END.split(message) if piece.strip()]
    if not is_long(message) or not _contacts().search(fold(message).text):
        return None
    ordered = asks_for_change(whole[0]) or asks_for_change(whole[-1])
    return None if ordered else _Pasted("", message.strip())


def _says_enough(message: str) -> bool:
    pieces = [piece for piece in _PIECE_END.split(message) if piece.strip()]
    least = _CHARACTERS if has_chinese(message) else _LETTERS
    return len(pieces) >= _PIECES and len(message) >= least


def _asks(message: str) -> bool:
    text = fold(message).text.strip()
    return text.endswith(("?", "吗", "呢")) or _OPENS_A_QUESTION.match(text) is not None


def _accounts(reading: Reading) -> list[str]:
    return [mention.values["account"] for mention in reading.names if "account" in mention.values]


@lru_cache(maxsize=1)
def _requests() -> re.Pattern[str]:
    """A verb of keeping with words that point at the note behind them, or a name for notes."""
    said = phrase_lists("noting")
    keep, this = any_of(said, "keep_zh"), any_of(said, "this_zh")
    return re.compile(
        rf"\b(?:{any_of(said, 'keep_en')})\b.*\b(?:{_THIS})"
        rf"|(?:{this}).*(?:{keep})|(?:{keep}).*(?:{this})"
        rf"|\b(?:{any_of(said, 'label_en')})\b|{any_of(said, 'label_zh')}"
    )


@lru_cache(maxsize=1)
def _announces() -> re.Pattern[str]:
    """A verb that asks for notes to be taken over, at the start."""
    said = phrase_lists("noting")
    return re.compile(rf"^\W*(?:please |请|帮我)?(?:{any_of(said, 'announce')})")


@lru_cache(maxsize=1)
def _contacts() -> re.Pattern[str]:
    """What tells of a contact with a customer."""
    said = phrase_lists("noting")
    return re.compile(rf"\b(?:{any_of(said, 'contact_en')})\b|{any_of(said, 'contact_zh')}")
