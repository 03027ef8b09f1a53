"""A change that was proposed, with what the next message puts right in it."""

import re
from collections.abc import Mapping
from datetime import date

from bot.agent.builtin.commands import asks_for_change
from bot.agent.builtin.manner import Manner
from bot.agent.builtin.proposing import numbered
from bot.agent.builtin.questions import wants_to_see
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import ENTITIES, Arguments, Slot, fill, slots_of
from bot.agent.builtin.telling import value_told
from bot.agent.builtin.thread import Call
from tools.catalog.spec import Tool

_LEAD = re.compile(
    r"^(?:it'?s|it is|that'?s|(?:it )?should be|to|in|by|is)\b\s*(?=\S)"
    r"|^(?:改成|改为|改到|换成|换到|应该是|应该|是|在)(?=\S)",
    re.IGNORECASE,
)
_END = " \t.。!！,，"
# More is no value of a field.
_WORDS, _CHARACTERS = 6, 40


def put_right(call: Call, tool: Tool, manner: Manner, reading: Reading, today: date) -> Call | None:
    """The call with the values that the message names in place of its own; None where it asks,
    or names nothing that the call takes."""
    if not (manner.corrects or manner.follows) or wants_to_see(manner.rest):
        return None
    slots = slots_of(tool)
    found = _named(tool, slots, reading, today)
    if not found and manner.corrects:
        found = _bare(slots, call.arguments, manner.rest, reading)
    held = {name: value for name, value in found.items() if name in call.arguments}
    arguments = {**call.arguments, **(held or found)}
    return Call(call.tool, arguments) if found and arguments != call.arguments else None


def _named(tool: Tool, slots: Mapping[str, Slot], reading: Reading, today: date) -> Arguments:
    """What the message gives by a name, a day, a figure or the name of its field."""
    found = {name: value for name, value in fill(tool, reading, today)[0].items() if name in slots}
    for slot in slots.values():
        told = value_told(slot.name, reading.folded) if _is_free(slot) else None
        found |= {slot.name: told} if told else {}
    return found


def _bare(slots: Mapping[str, Slot], held: Arguments, said: str, reading: Reading) -> Arguments:
    """A bare value, for the only thing of its kind that was proposed."""
    given = [slots[name] for name in held if name in slots]
    numbers = [slot for slot in given if slot.is_number]
    found = numbered(numbers[0], slots, reading.folded.text, ()) if len(numbers) == 1 else {}
    texts = [slot.name for slot in given if _is_free(slot) and held[slot.name]]
    value = _LEAD.sub("", said.strip(_END)).strip(_END)
    if found or len(texts) != 1 or asks_for_change(said) or not _is_value(value):
        return found
    return {texts[0]: value}


def _is_free(slot: Slot) -> bool:
    return slot.is_text and not slot.words and slot.name not in ENTITIES


def _is_value(said: str) -> bool:
    return bool(said) and len(said.split()) <= _WORDS and len(said) <= _CHARACTERS
