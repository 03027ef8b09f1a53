"""What a sentence that asks for a change gives the tool that proposes it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bot.agent.builtin.answers import value_for
from bot.agent.builtin.figures import figures_of
from bot.agent.builtin.folding import fold
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import Arguments, Slot, assigned, fill, slots_of, word_for
from bot.agent.builtin.thread import Asked
from tools.catalog.spec import Tool

# Free texts that are worth having where none is required, the best first.
_WELCOME = ("name", "answer", "note", "new_name", "title")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"(?<![\d.,-])\d[\d,]*(?:\.\d+)?(?![\d-])")
_RULE = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)+\b")
_BECOMES = re.compile(r"(?:\bto\b|=|改为|改成|设为|设成|调整为|调到|为)\s*(\S+?)[\s.。]*$")


def proposed(tool: Tool, reading: Reading, texts: Sequence[str], today: date) -> Arguments:
    """The arguments in the sentence; its free `texts` go to the parameters for such, the
    required first."""
    slots = slots_of(tool)
    arguments = fill(tool, reading, today)[0]
    people = assigned(slots, reading).get("person", [])
    if "successor" in slots and len(people) > 1:
        arguments |= {"person": people[0], "successor": people[1]}
    for slot in slots.values():
        if slot.required and slot.is_number and slot.name not in arguments:
            arguments |= _numbered(slot, reading)
    arguments |= _ruled(slots, reading)
    return arguments | dict(zip(_places(slots, arguments), texts, strict=False))


def answered(slot: Slot, asked: Asked, message: str, reading: Reading) -> object | None:
    """What the whole message gives a parameter: itself for a text, else a number or a word."""
    if slot.words:
        return word_for(slot, reading)
    if slot.is_number:
        return _numbered(slot, reading).get(slot.name)
    if slot.is_text:
        return message.strip() or None
    return value_for(asked, reading)


def _places(slots: Mapping[str, Slot], arguments: Arguments) -> list[str]:
    """The parameters that free texts fill, in their order."""
    required = [s.name for s in slots.values() if s.required and s.is_text]
    welcome = [name for name in _WELCOME if name in slots and name not in required]
    return [name for name in (*required, *welcome) if name not in arguments]


def _numbered(slot: Slot, reading: Reading) -> Arguments:
    """A year, an amount with its currency, or a plain number that is no part of a date."""
    text = reading.folded.text
    if slot.name == "year":
        year = _YEAR.search(text)
        return {"year": int(year.group())} if year else {}
    amount = next((f for f in figures_of(text) if f.kind == "amount"), None)
    if amount:
        whole = amount.value == amount.value.to_integral_value()
        return {slot.name: int(amount.value) if whole else str(amount.value)}
    dated = [(p.start, p.end) for p in reading.periods]
    plain = (m for m in _NUMBER.finditer(text) if not _within(m.span(), dated))
    found = next(plain, None)
    return {slot.name: found.group().replace(",", "")} if found else {}


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _ruled(slots: Mapping[str, Slot], reading: Reading) -> Arguments:
    """The dotted name of a rule, and what it becomes."""
    path = _RULE.search(reading.folded.text) if "path" in slots else None
    if path is None:
        return {}
    value = _BECOMES.search(fold(reading.folded.text[path.end() :]).text)
    return {"path": path.group()} | ({"value": value.group(1)} if value else {})
