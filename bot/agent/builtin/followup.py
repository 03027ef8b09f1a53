"""What a message takes over from the calls before it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from bot.agent.builtin.folding import fold
from bot.agent.builtin.quantities import as_argument, numbers_of
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import ENTITIES, fill, slots_of
from bot.agent.builtin.thesaurus import phrase_lists
from bot.agent.builtin.thread import Call
from bot.agent.lexicon import Lexicon
from tools.catalog.spec import Tool

_DAYS = ("since", "until", "on")
_OURS = ("person", "unit", "region")
_PASSED_ON = frozenset({*ENTITIES, *_DAYS, "by", "accounts"})
Arguments = dict[str, Any]


def changed(
    calls: Sequence[Call],
    reading: Reading,
    tools: Mapping[str, Tool],
    lexicon: Lexicon,
    today: date,
) -> list[Call]:
    """The calls again, with what the message names in place of what they had; without those
    that have no place for it."""
    again: list[Call] = []
    for call in calls:
        again += _again(call, reading, tools[call.tool], lexicon, today)
    return again


def _again(call: Call, reading: Reading, tool: Tool, lexicon: Lexicon, today: date) -> list[Call]:
    if "question" in call.arguments:
        question = f"{call.arguments['question']} {reading.text}"
        asks = not reading.names
        return [Call(call.tool, {**call.arguments, "question": question})] if asks else []
    found = []
    for filled in fill(tool, reading, today):
        given = (
            _same_roles(call, filled, reading)
            or _same_quantity(call, reading, tool)
            or _unknown_subject(call, reading, lexicon)
        )
        if given:
            found.append(Call(call.tool, {**_kept(call.arguments, given), **given}))
    return found


def _same_roles(call: Call, given: Arguments, reading: Reading) -> Arguments:
    """A name that is of several kinds takes the role that the call already has."""
    for mention in reading.names:
        held = next((kind for kind in mention.values if kind in call.arguments), None)
        for kind, value in mention.values.items():
            if held and kind != held and given.get(kind) == value:
                given = {k: v for k, v in given.items() if k != kind}
                given[held] = mention.values[held]
    return given


def _kept(old: Arguments, given: Arguments) -> Arguments:
    """The old arguments that the new ones do not replace: days go together, and so do the
    person, unit and region that stand for our side."""
    dropped = set(given)
    for group in (_DAYS, ("top", "percent"), _OURS):
        if set(group) & set(given):
            dropped |= set(group)
    return {name: value for name, value in old.items() if name not in dropped}


def _same_quantity(call: Call, reading: Reading, tool: Tool) -> Arguments:
    """A bare number takes the place of the only one that the call has."""
    numbers = numbers_of(reading.folded.text, reading.places)
    slots = slots_of(tool)
    held = [name for name in call.arguments if slots[name].is_number]
    return {held[0]: as_argument(numbers[0].value)} if len(held) == len(numbers) == 1 else {}


def _unknown_subject(call: Call, reading: Reading, lexicon: Lexicon) -> Arguments:
    """Words that nothing explains: a namesake of the subject that has them in its name, or
    else a subject that the records do not know."""
    held = [slot for slot in ENTITIES if call.arguments.get(slot)]
    if not held:
        return {}
    kind, name = held[0], str(call.arguments[held[0]])
    places = [m.said for m in reading.names if not m.values.keys() & {"account", "person"}]
    said = places[0] if places else None if reading.has_slots else reading.unknown
    if not said or fold(said).text in _fields():
        return {}
    near = [
        n for n in lexicon.namesakes(name, kind) if n != name and lexicon.goes_by(n, kind, said)
    ]
    if len(near) == 1:
        return {kind: near[0]}
    return {} if places else {kind: said}


@lru_cache(maxsize=1)
def _fields() -> frozenset[str]:
    """The words for what is recorded of things: no thing is called so."""
    fields = phrase_lists("fields")
    return frozenset(word for name, words in fields.items() for word in (name, *words))


def inherited(
    tool: Tool, arguments: Arguments, sources: Sequence[Call], *, wide: bool
) -> Arguments:
    """What the tool takes from earlier calls, the nearest first: what it requires, and where
    the message follows on (`wide`) the filters that it does not name anew."""
    slots = slots_of(tool)
    named = any(slot in arguments for slot in (*ENTITIES, "accounts"))
    found: Arguments = {}
    for source in sources:
        for name, value in _offered(source.arguments).items():
            slot = slots.get(name)
            if slot is None or name in arguments or name in found or name not in _PASSED_ON:
                continue
            if slot.words and value not in slot.words:
                continue
            if slot.required or (wide and _may_pass(name, arguments, named)):
                found[name] = value
        if found:
            break
    return found


def _may_pass(name: str, arguments: Arguments, named: bool) -> bool:
    if name in _DAYS:
        return not any(day in arguments for day in _DAYS)
    return not named


def _offered(arguments: Arguments) -> Arguments:
    """A single account also serves where a list is wanted, and the first of a list alone."""
    offered = dict(arguments)
    if "account" in offered:
        offered.setdefault("accounts", [offered["account"]])
    elif offered.get("accounts"):
        offered["account"] = offered["accounts"][0]
    if "until" in offered:
        offered.setdefault("on", offered["until"])
    return offered
