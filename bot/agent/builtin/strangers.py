"""Words that nothing explains: runs of them, and whether one looks like a name."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.agent.builtin.folding import Folded
from bot.agent.builtin.thesaurus import Sense, Token
from kam_knowledge.scripts import has_chinese

Span = tuple[int, int]
# Chinese after which no name of a customer stands.
_BEFORE_NO_NAME = tuple("的谁怎么要会都由被么")
# What asks, and so is no part of a name.
_ASKS = re.compile("[哪谁几吗呢]|什么|多少|怎[么样]")


def runs_of(senses: Iterable[Sense], text: str) -> list[list[Sense]]:
    """Senses that stand side by side, with at most a space or a hyphen between them."""
    runs: list[list[Sense]] = []
    for sense in senses:
        if runs and text[runs[-1][-1].end : sense.start].strip(" -&·.") == "":
            runs[-1].append(sense)
        else:
            runs.append([sense])
    return runs


def unknown_words(senses: Sequence[Sense], known: Callable[[str], bool]) -> list[Sense]:
    """The words of no known meaning; of Chinese characters side by side, those that stand
    beside no known one as they do here."""
    return [
        sense
        for place, sense in enumerate(senses)
        if sense.group == "word" and not _is_known(senses, place, known)
    ]


def _is_known(senses: Sequence[Sense], place: int, known: Callable[[str], bool]) -> bool:
    word = senses[place]
    if not known(word.meaning) or not has_chinese(word.meaning):
        return known(word.meaning)
    before, after = senses[max(0, place - 1) : place], senses[place + 1 : place + 2]
    pairs = [s.meaning + word.meaning for s in before if s.end == word.start and _is_word(s)]
    pairs += [word.meaning + s.meaning for s in after if word.end == s.start and _is_word(s)]
    return not pairs or any(known(pair) for pair in pairs)


def _is_word(sense: Sense) -> bool:
    return sense.group == "word" and has_chinese(sense.meaning)


def unknown_runs(
    senses: Sequence[Sense], text: str, known: Callable[[str], bool]
) -> list[list[Token]]:
    """Runs of words of no known meaning that could be names."""
    words = unknown_words(senses, known)
    return [
        [Token(s.meaning, s.start, s.end) for s in run]
        for run in runs_of(words, text)
        if run[-1].end - run[0].start > 1 and not text[run[0].start : run[-1].end].isdigit()
    ]


def stranger_in(
    folded: Folded, runs: Sequence[Sequence[Token]], senses: Sequence[Sense]
) -> Span | None:
    """The place of the longest run that looks like a name, with its capitalised neighbours."""
    spans = [_widened(folded, run[0].start, run[-1].end, senses) for run in runs]
    looking = [span for span in spans if _looks_like_a_name(folded, *span)]
    return max(looking, key=lambda span: span[1] - span[0], default=None)


def _looks_like_a_name(folded: Folded, start: int, end: int) -> bool:
    words = folded.words(start, end)
    if has_chinese(words):
        before = folded.text[max(0, start - 1) : start]
        return len(words) > 2 and not _ASKS.search(words) and before not in _BEFORE_NO_NAME
    capital = words[:1].isupper() or any(c.isdigit() for c in words)
    opening = not folded.text[:start].strip()
    return capital and (not opening or " " in words or folded.text[end : end + 2] == "'s")


def _widened(folded: Folded, start: int, end: int, senses: Sequence[Sense]) -> Span:
    for sense in senses:
        if sense.start == end + 1 and _capital(folded, sense):
            end = sense.end
    for sense in reversed(senses):
        if sense.end == start - 1 and sense.start > 0 and _capital(folded, sense):
            start = sense.start
    return start, end


def _capital(folded: Folded, sense: Sense) -> bool:
    return sense.group in ("word", "meaning") and folded.words(sense.start, sense.end)[:1].isupper()
