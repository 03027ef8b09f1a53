"""People at a customer by what they are there: "the purchasing manager at Konex"."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.agent.builtin.reading import Reading
from tools.notes.people import title_said

if TYPE_CHECKING:
    from bot.agent.builtin.slots import Slot

# Grammar that the pattern of a title took with it.
_EDGES = re.compile(
    r"^(?:(?:the|their|our|a|an|of|for|is|who)\s+)+|(?:\s+(?:at|in|of|for|from|to))+$"
)
# Titles that people also say of our own side, or of whom somebody answers to.
_OF_OTHERS = frozenset({"owner", "负责人", "lead", "leader", "老板", "manager", "主管"})
_SHORTEST = 2


def office_in(slots: "Mapping[str, Slot]", reading: Reading) -> str:
    """The title in the sentence, for a tool about one contact that has no place for titles; a
    name says better who is meant."""
    wanted = slots.get("contact")
    if wanted is None or not wanted.required or "title" in slots:
        return ""
    if any("contact" in mention.values for mention in reading.names):
        return ""
    said = _EDGES.sub("", title_said(_without_names(reading)))
    return "" if len(said) < _SHORTEST or said in _OF_OTHERS else said


def _without_names(reading: Reading) -> str:
    """The sentence with a stop for every name."""
    text = reading.folded.text
    for mention in reversed(reading.names):
        text = f"{text[: mention.start]}|{text[mention.end :]}"
    return text
