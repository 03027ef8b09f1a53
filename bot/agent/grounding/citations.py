"""Marks such as [1], the passages behind them, and whether these say what a sentence says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.agent.grounding.sentences import MARK
from kam_knowledge.english import FUNCTION, stems
from kam_knowledge.lexicon import Lexicon as Words
from kam_knowledge.scripts import CHINESE, chinese_share, fold

_MARK = re.compile(MARK)
_BRACKET = re.compile(r"[\[［【]([^\[\]［］【】\n]{3,120})[\]］】]")
_MARKDOWN = re.compile(r"[*_`#|]+")
_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿]+|[a-zà-ÿ0-9]+")
# Enough shared words: of one tongue, and across tongues, where a gloss may choose other words.
_ENOUGH, _ENOUGH_ACROSS = 0.4, 0.33
_VAGUE = frozenset(
    stems("need use make get give take keep way thing also more most other each same than when")
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning, and the English stems that it may stand for."""

    form: str
    stems: frozenset[str]
    chinese: bool = False


def with_numbers(text: str, passages: Sequence[str]) -> str:
    """The text with passages cited by their id ("[terms.en#2-0]") cited by their number."""
    numbers = {passage: number for number, passage in reversed(list(enumerate(passages, 1)))}
    return _BRACKET.sub(
        lambda found: f"[{numbers[found[1].strip()]}]" if found[1].strip() in numbers else found[0],
        text,
    )


def marks_in(text: str) -> list[int]:
    """The numbers that the text cites, in order."""
    return [int(n) for found in _MARK.findall(text) for n in re.findall(r"\d+", found)]


def unmarked(text: str) -> str:
    """The text without marks and Markdown."""
    return _MARKDOWN.sub(" ", _MARK.sub(" ", text)).strip()


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """The text with its marks as readers see them, each in brackets of its own."""

    def mark(found: re.Match[str]) -> str:
        cited = dict.fromkeys(numbers[int(n)] for n in re.findall(r"\d+", found.group()))
        return "".join(f"[{number}]" for number in cited)

    return _MARK.sub(mark, text)


def supports(claim: str, source: str, words: Words) -> bool:
    """Whether the source shares enough of the words that carry the claim's meaning."""
    wanted = words_of(claim, words)
    across = (chinese_share(claim) > 0.15) != (chinese_share(source) > 0.15)
    plain = fold(source)
    meant = frozenset(stem for word in words_of(source, words) for stem in word.stems)
    shared = sum(
        word.form in plain if word.chinese and not across else bool(word.stems & meant)
        for word in wanted
    )
    return shared >= (_ENOUGH_ACROSS if across else _ENOUGH) * len(wanted)


def words_of(text: str, words: Words) -> list[Word]:
    """The words of a text that carry meaning: dictionary words of two characters or more
    with what they mean, English words by their stem; numbers are judged elsewhere."""
    found: list[Word] = []
    for run in _RUN.findall(fold(text)):
        if CHINESE.match(run):
            found += [_chinese(word, words) for word in words.words(run) if len(word) > 1]
        elif not run[0].isdigit():
            found += [Word(run, frozenset({stem})) for stem in stems(run, FUNCTION)]
    return [word for word in found if word.stems - _VAGUE]


def _chinese(word: str, words: Words) -> Word:
    return Word(word, frozenset(words.glosses.get(word, "").split()) - _VAGUE, chinese=True)
