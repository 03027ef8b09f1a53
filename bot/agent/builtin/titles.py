"""Colleagues by their surname and a title: "Ms Chen", "陈总"."""

import re
from collections.abc import Iterator

from bot.agent.builtin.folding import Folded
from bot.agent.builtin.names import Mention
from bot.agent.lexicon import Entry, Lexicon, sound_of
from kam_knowledge.scripts import has_chinese

_TITLED = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr|prof)\b\.? (?P<en>[a-z][a-z-]+)"
    r"|(?P<zh>[㐀-鿿])(?:总经理|总监|总|经理|主任|部长|处长|科长|老师|女士|先生|小姐)"
)


def titled_mentions(folded: Folded, lexicon: Lexicon) -> Iterator[Mention]:
    """The colleagues of a surname with a title; a question where several have it."""
    for match in _TITLED.finditer(folded.text):
        surname = match.group("en") or match.group("zh")
        names = sorted(entry.name for entry in _people(surname, lexicon))
        if names:
            said = folded.words(match.start(), match.end())
            choices = tuple(names) if len(names) > 1 else ()
            value = said if choices else names[0]
            yield Mention(match.start(), match.end(), said, {"person": value}, choices)


def _people(surname: str, lexicon: Lexicon) -> set[Entry]:
    if has_chinese(surname):
        return set(lexicon.surnames.get(surname, ()))
    named = {entry for entry in lexicon.parts.get(surname, ()) if entry.kind == "person"}
    alike = [found for sign, found in lexicon.surnames.items() if sound_of(sign) == surname]
    return named.union(*alike)
