"""Short answers to a question of ours: a number, an ordinal, one of the choices, a name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.agent.builtin.folding import fold
from bot.agent.builtin.questions import asks
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.spans import number_of
from bot.agent.builtin.telling import clauses
from bot.agent.builtin.thread import Asked
from bot.confirmation import Answer, Word, answer_of

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "former": 1, "latter": 2}
_NUMBER = re.compile(
    r"^\W*(?:number |no\.? ?|option |choice |#)?(\d{1,2})(?:st|nd|rd|th)?\W*(?:one)?\W*$"
    r"|^\W*(?:选|就|是|要)?第?([一二两三四五六七八九十]|\d{1,2})(?:个|家|位|号|项|条)?\W*$"
)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|former|latter)\b(?: one)?")
_LAST = re.compile(r"\b(?:the )?last(?: one)?\b|最后一?[个家位]?")
_IDLE = re.compile(
    r"\b(?:the|one|ones|in|at|from|of|i|mean|meant|that|this|it|is|please|yes|no|choose|pick|take|with|for|account|customer|company)\b"
    r"|就是|那个|那家|这个|这家|一个|我说|我指|的|是|在|选|要|那|请|吧|个|家|客户"
)


_SPELT = 4
"""As many letters make a spelt-out word."""


def chosen(asked: Asked, text: str) -> str | None:
    """Which of the choices the text picks, if it picks exactly one."""
    folded = fold(text).text
    if len(asked.choices) == 1 and answer_of(text) == Answer(Word.YES):
        return asked.choices[0]
    place = _place(folded, len(asked.choices))
    if place is not None:
        return asked.choices[place - 1] if 1 <= place <= len(asked.choices) else None
    return _only_match(asked.choices, folded)


def _place(folded: str, count: int) -> int | None:
    number = _NUMBER.match(folded)
    if number:
        return number_of(number.group(1) or number.group(2))
    ordinal = _ORDINAL.search(folded)
    if ordinal and len(folded.split()) <= 4:
        return _ORDINALS[ordinal.group(1)]
    return count if _LAST.search(folded) and len(folded) < 16 else None


def _only_match(choices: tuple[str, ...], folded: str) -> str | None:
    """The one choice that is said, or that alone holds all the words that tell."""
    keys = [fold(choice).text for choice in choices]
    same = [c for c, key in zip(choices, keys, strict=True) if key == folded.strip(" .。!！")]
    if len(same) == 1:
        return same[0]
    words = _IDLE.sub(" ", folded)
    telling = re.findall(r"[a-z0-9&-]+|[㐀-鿿]+", words)
    if not telling:
        return None
    holding = [c for c, key in zip(choices, keys, strict=True) if all(w in key for w in telling)]
    if not holding and all(word.isascii() and len(word) >= _SPELT for word in telling):
        holding = [c for c in choices if all(word in _pinyin(c) for word in telling)]
    return holding[0] if len(holding) == 1 else _by_clause(choices, folded)


def _by_clause(choices: tuple[str, ...], folded: str) -> str | None:
    """The one choice that a clause picks, where the others only say more of it."""
    pieces = clauses(folded)
    if len(pieces) < 2 or any(asks(piece) for piece in pieces):
        return None
    picked = {found for piece in pieces if (found := _only_match(choices, piece))}
    return picked.pop() if len(picked) == 1 else None


def _pinyin(name: str) -> str:
    """The Chinese part of a name spelt out: "suzhou" is in 澄岳苏州."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))


def value_for(asked: Asked, reading: Reading) -> str | None:
    """What the message gives for the slot: a name of its kind, a day, or the bare words."""
    named = [m.values[asked.slot] for m in reading.names if asked.slot in m.values]
    if asked.slot in ("since", "until", "on") and reading.periods:
        period = reading.periods[0]
        day = period.since if asked.slot == "since" else period.until
        return day.isoformat() if day else None
    if named:
        return named[0]
    soft = [m.values[asked.slot] for m in reading.soft if asked.slot in m.values]
    if soft:
        return soft[0]
    return reading.unknown or None


def told_choice(choices: Sequence[str], message: str, besides: Sequence[str] = ()) -> str | None:
    """The one choice that the message shares most words with, beyond those that several have and
    those that are said `besides`, for other things."""
    return _told_by(choices, choices, message, besides)


def described(about: Mapping[str, str], message: str) -> str | None:
    """The one choice that the message picks by where it is or what it does, as the records say
    of each: "the one in Taipei"."""
    picking = [clause for clause in clauses(fold(message).text) if _PICKS.search(clause)]
    said = " ".join(picking)
    spelt = [word for word in re.findall(r"[a-z]+", said) if len(word) >= _SPELT]
    # A town is said alone, and stands in the records as a part: "suzhou" in "suzhoufengongsi".
    texts = [" ".join([text, *(w for w in spelt if w in text)]) for text in about.values()]
    return _told_by(list(about), texts, said, ()) if picking else None


def picks(message: str) -> bool:
    """Whether the message points at one of several."""
    return _PICKS.search(fold(message).text) is not None


def _told_by(
    choices: Sequence[str], texts: Sequence[str], message: str, besides: Sequence[str]
) -> str | None:
    """The choice with whose text the message shares most."""
    held = [_features(text) for text in texts]
    said = _features(message) - {feature for other in besides for feature in _features(other)}
    if len(choices) < 2:
        return None
    common = Counter(feature for found in held for feature in found)
    scores = [
        sum(len(f) for f in found & said if common[f] == 1 or len(choices) > 2 * common[f])
        for found in held
    ]
    best = max(scores)
    return choices[scores.index(best)] if best >= _TOLD and scores.count(best) == 1 else None


# What points at one of several.
_PICKS = re.compile(r"那[家个位间]|\bthe (?:\w+ ){0,3}(?:one|guy|lady|person|company)\b")
# As many letters, or characters, must be shared.
_TOLD = 2
_PARTS = re.compile(r"[a-z]{4,}|\d+|[㐀-鿿]+")


def _features(text: str) -> set[str]:
    """English words, numbers, and pairs of neighbouring Chinese characters."""
    found: set[str] = set()
    for part in _PARTS.findall(fold(text).text):
        found |= {part} if part.isascii() else {a + b for a, b in pairwise(part)}
    return found
