"""Accounts and people that a text names: by any alias, by a part of a name, by a surname."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.agent.builtin.folding import fold
from bot.agent.builtin.names import exact_mentions
from bot.agent.builtin.thesaurus import thesaurus, tokens_of
from bot.agent.lexicon import Entry, Lexicon
from tools.domain.names import name_key

_KINDS = ("account", "person")
_CAPITAL = re.compile(r"(?<![\w'’-])[A-Z][a-z]{2,}(?![\w-])")
_TITLED = re.compile(r"([一-鿿])(?:总监|总裁|总|经理|主任|女士|先生|小姐|工程师)")
_COMMON = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name as said, where it stands in the folded text, and all that go by it."""

    said: str
    start: int
    end: int
    entries: frozenset[Entry]


def names_in(text: str, lexicon: Lexicon) -> list[Name]:
    """The accounts and people that go by a name of the text, whole names only."""
    found = []
    for mention in exact_mentions(fold(text), lexicon):
        entries = _entries(lexicon, mention.said, mention.values)
        if entries:
            found.append(Name(mention.said, mention.start, mention.end, entries))
    return found


def _entries(lexicon: Lexicon, said: str, values: Mapping[str, str]) -> frozenset[Entry]:
    known = [*lexicon.find(name_key(said)), *(Entry(*value) for value in values.items())]
    return frozenset(entry for entry in known if entry.kind in _KINDS)


def partial_names_in(text: str, lexicon: Lexicon) -> Iterator[Name]:
    """Words with a capital, and surnames before a title, that are parts of names. At the
    start of a sentence only a person's name counts, since any word has its capital there."""
    for match in _CAPITAL.finditer(text):
        entries = {e for e in lexicon.parts.get(match.group().casefold(), ()) if e.kind in _KINDS}
        if not text[: match.start()].strip(" *_\"“‘'(#"):
            entries = {e for e in entries if e.kind == "person" and not _is_word(match.group())}
        if 0 < len(entries) <= _COMMON:
            yield Name(match.group(), match.start(), match.end(), frozenset(entries))
    for match in _TITLED.finditer(fold(text).text):
        surname = match.group(1)
        if people := lexicon.surnames.get(surname):
            yield Name(match.group(), match.start(), match.end(), frozenset(people))


def _is_word(word: str) -> bool:
    """Whether the word is one of the field's own."""
    return all(token.form in thesaurus().forms for token in tokens_of(word.casefold()))
