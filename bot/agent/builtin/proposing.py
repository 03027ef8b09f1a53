"""What a sentence that asks for a change gives the tool that proposes it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from bot.agent.builtin.answers import value_for
from bot.agent.builtin.commands import Command
from bot.agent.builtin.figures import currencies_of, figures_of
from bot.agent.builtin.folding import fold
from bot.agent.builtin.quantities import as_argument, numbers_of
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import (
    Arguments,
    Slot,
    assigned,
    fill,
    slots_of,
    word_for,
)
from bot.agent.builtin.telling import clauses, value_told
from bot.agent.builtin.thesaurus import Span, phrase_lists, spelt_in
from bot.agent.builtin.thread import Asked
from tools.catalog.spec import Tool

# Free texts that are worth having where none is required, the best first.
_WELCOME = (
    "need",
    "risk",
    "opportunity",
    "task",
    "record",
    "name",
    "answer",
    "note",
    "new_name",
    "title",
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURE = re.compile(r"[^\w]*[\d,.]+\s*(?:分|points?|%|万|元|[a-z]{3})*\W*")
_RULE = re.compile(r"(?<![a-z_.])[a-z_]+(?:\.[a-z_]+)+")
_BECOMES = re.compile(
    r"(?:\bto\b|=|改为|改成|设为|设成|调整为|调到|为)\s*([^\s,，;；。]+?)[.。]?\s*(?=$|[,，;；。])"
)


# Parameters that a text behind a colon does not give: days that the order itself has to name.
_OF_THE_ORDER = frozenset({"on", "since", "until", "left_on", "closed_on", "person", "owner"})
# Texts that are names, and how long one may be.
_SHORT = frozenset({"name", "alias", "supplier", "contact", "section", "new_name"})
_LONGEST_NAME, _SHORTEST_TEXT = 30, 6
# Texts that say why something is so, and how short one may be.
_GROUNDS, _SHORTEST_GROUNDS = frozenset({"evidence", "reason"}), 4
_LEFT = re.compile(r"\b(?:has|have) left\b|\bleft the company\b|离职|走了|辞职")


@dataclass(frozen=True)
class Message:
    """A message read as a whole, what stands behind its colon, the clauses beside the order, and
    those of them that do not tell of the change either."""

    whole: Reading
    told: Reading | None
    rest: str
    grounds: str = ""


def told_besides(tool: Tool, message: Message, arguments: Arguments, today: date) -> Arguments:
    """What else the message gives: values beside the names of their fields, what stands behind
    a colon, and for a text that must be given the clauses that nothing else explains."""
    slots, whole = slots_of(tool), message.whole
    found: Arguments = {}
    if message.told:
        behind = fill(tool, message.told, today)[0]
        order = _OF_THE_ORDER - ({"on"} if "channel" in slots else set())
        found = {k: v for k, v in behind.items() if k not in order and k != "question"}
    for slot in slots.values():
        if slot.required and slot.is_number and slot.name not in arguments:
            found |= numbered(slot, slots, whole.folded.text, whole.places)
    if "left_on" in slots and "left_on" not in arguments and _LEFT.search(whole.folded.text):
        found["left_on"] = today.isoformat()
    free = [s.name for s in slots.values() if s.is_text and not s.words]
    owners = [(m.start, m.end) for m in whole.names if "account" in m.values]
    for name in free:
        value = value_told(name, whole.folded, owners) if name not in arguments else None
        found |= {name: value} if value else {}
    lacking = [n for n in free if slots[n].required and n not in arguments and n not in found]
    takes = bool(lacking) and lacking[0] not in _SHORT
    if takes and len(message.rest) > _SHORTEST_TEXT:
        found[lacking[0]] = message.rest
    if not takes and len(message.grounds) >= _SHORTEST_GROUNDS:
        found |= {n: message.grounds for n in free if n in _GROUNDS and n not in found}
    return found


def proposed(tool: Tool, reading: Reading, command: Command, today: date) -> Arguments:
    """The arguments in the sentence; its free texts go to the parameters for such."""
    slots = slots_of(tool)
    arguments = fill(tool, reading, today)[0]
    people = assigned(slots, reading).get("person", [])
    if "successor" in slots and len(people) > 1:
        arguments |= {"person": people[0], "successor": people[1]}
    for slot in slots.values():
        if slot.required and slot.is_number and slot.name not in arguments:
            arguments |= numbered(slot, slots, reading.folded.text, reading.places)
    if "shares" in slots:
        arguments |= _shared(reading)
    if "currency" in slots and slots["currency"].required:
        named = currencies_of(f"{reading.folded.text} {fold(command.told).text}")
        arguments |= dict(zip(("currency", "into"), named, strict=False))
    if "answer" in slots:
        arguments.pop("question", None)
    number = _number_told(arguments, slots, command.told)
    arguments |= number | _ruled(slots, reading)
    told = "" if number or _says_too_much(slots, arguments, command) else command.told
    return arguments | _texts(slots, arguments, reading, command, told)


def _says_too_much(slots: Mapping[str, Slot], arguments: Arguments, command: Command) -> bool:
    """Whether what is told is more than a name, where nothing but a name is wanted."""
    free = [s.name for s in slots.values() if s.is_text and s.required and s.name not in arguments]
    long = len(command.told) > _LONGEST_NAME or len(clauses(command.told)) > 1
    return long and (not free or free[0] in _SHORT)


def _shared(reading: Reading) -> Arguments:
    """The share of each person named, where as many shares are said."""
    people = [m.values["person"] for m in reading.names if "person" in m.values]
    figures = [n for n in numbers_of(reading.folded.text, reading.places) if n.percent]
    if not people or len(figures) != len(people):
        return {}
    pairs = zip(people, figures, strict=True)
    return {"shares": {person: as_argument(number.value) for person, number in pairs}}


def _number_told(arguments: Arguments, slots: Mapping[str, Slot], told: str) -> Arguments:
    """The number that is still missing, where nothing else is told."""
    folded = fold(told).text
    lacking = (s for s in slots.values() if s.required and s.name not in arguments)
    slot = next((s for s in lacking if s.is_number), None)
    return numbered(slot, slots, folded, ()) if slot and _FIGURE.fullmatch(folded) else {}


def _texts(
    slots: Mapping[str, Slot], arguments: Arguments, reading: Reading, command: Command, told: str
) -> Arguments:
    """The free texts by the parameters that they fill: what is quoted names something first,
    what is told is first what the sentence says it gives."""
    free = {s.name: s for s in slots.values() if s.is_text and s.name not in arguments}
    required = [slot.name for slot in free.values() if slot.required]
    named = [n for n in free if any(map(partial(spelt_in, reading.folded.text), _said(n)))]
    welcome = [name for name in _WELCOME if name in free]
    places = list(dict.fromkeys((*required, *named, *welcome)))
    found = dict(zip(places, command.quoted, strict=False))
    left = [name for name in dict.fromkeys((*named, *places)) if name not in found]
    return found | ({left[0]: told} if told and left else {})


def answered(slot: Slot, asked: Asked, message: str, reading: Reading) -> object | None:
    """What the whole message gives a parameter: itself for a text, else a number or a word."""
    if slot.words:
        return word_for(slot, reading)
    if slot.name == "shares":
        return _shared(reading).get("shares")
    if slot.is_number:
        return numbered(slot, {}, reading.folded.text, ()).get(slot.name)
    if slot.is_text:
        return message.strip() or None
    return value_for(asked, reading)


def _said(name: str) -> tuple[str, ...]:
    """How a sentence says that it gives this parameter, where it has to."""
    said = phrase_lists("fields").get(name)
    return (name, *said) if said else ()


def numbered(slot: Slot, slots: Mapping[str, Slot], text: str, taken: Sequence[Span]) -> Arguments:
    """A year, an amount with its currency, or a number that is no part of a name or date."""
    if slot.name == "year":
        year = _YEAR.search(text)
        return {"year": int(year.group())} if year else {}
    amount = next((f for f in figures_of(text) if f.kind == "amount"), None)
    if amount:
        currency = {"currency": amount.currency} if amount.currency else {}
        return {slot.name: as_argument(amount.value)} | (currency if "currency" in slots else {})
    number = next(iter(numbers_of(text, taken)), None)
    return {slot.name: as_argument(number.value)} if number else {}


def _ruled(slots: Mapping[str, Slot], reading: Reading) -> Arguments:
    """The dotted name of a rule, and what it becomes."""
    path = _RULE.search(reading.folded.text) if "path" in slots else None
    if path is None:
        return _ruled_by_words(reading.folded.text) if "path" in slots else {}
    value = _BECOMES.search(fold(reading.folded.text[path.end() :]).text)
    return {"path": path.group()} | ({"value": value.group(1)} if value else {})


def _ruled_by_words(text: str) -> Arguments:
    """A rule by what it is called, and the number that it becomes."""
    for path, phrases in phrase_lists("rules").items():
        if any(re.search(phrase, text) for phrase in phrases):
            value = _LAST_NUMBER.search(text)
            return {"path": path} | ({"value": _as_fraction(value)} if value else {})
    return {}


_LAST_NUMBER = re.compile(
    r"(?:\bto\b|=|改为|改成|设为|调整为|调到|取|为)\D{0,4}(?P<n>\d+(?:\.\d+)?)\s*(?P<of>%?)\W*$"
)


def _as_fraction(match: re.Match[str]) -> str:
    """A share as rules hold it: "15 %" is 0.15."""
    value = Decimal(match["n"])
    return str(value / 100 if match["of"] or value > 1 else value)
