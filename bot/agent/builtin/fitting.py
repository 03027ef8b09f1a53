"""How well what a sentence names agrees with the parameters of a tool."""

from collections.abc import Mapping, Sequence

from bot.agent.builtin.grouping import Grouping
from bot.agent.builtin.offices import office_in
from bot.agent.builtin.quantities import quantities
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.slots import (
    ENTITIES,
    Slot,
    is_between_days,
    named_figures,
    parameter_for,
    slots_of,
)
from bot.agent.lexicon import SOFT
from tools.catalog.spec import Tool

# What a tool that takes the whole question gains where it asks how, why or when in general.
_GENERAL = 0.28
# What a tool for one account loses where the sentence asks which accounts.
_WHICH = -0.25


def fit(tool: Tool, reading: Reading, offered: frozenset[str]) -> float:
    """How well the sentence's slots and the tool's parameters agree."""
    slots = slots_of(tool)
    if "question" in slots:
        return _GENERAL if reading.is_general else _names_fit(slots, reading)
    return (
        _names_fit(slots, reading)
        + _figures_fit(slots, reading)
        + _quantities_fit(slots, reading)
        + _days_fit(slots, reading)
        + _grouping_fit(slots, reading.groupings)
        + _required_fit(slots, reading, offered)
    )


def _names_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    found = 0.0
    for mention in reading.names:
        if parameter_for(mention, slots, reading):
            found += 0.04
        elif mention.kind != "contact":
            found -= 0.3 if mention.kind == "account" else 0.18
    if reading.me or reading.my_team:
        found += 0.05 if ("person" if reading.me else "unit") in slots else -0.02
    return max(found, -0.4)


def _figures_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    weight = {"top": (0.03, -0.08), "percent": (0.1, -0.1), "amount": (0.05, 0.0)}
    return sum(weight[f.kind][0 if f.kind in slots else 1] for f in reading.figures)


def _quantities_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    """A tool that takes figures by name wants one, or a word that supposes one."""
    names = named_figures(slots)
    if not names:
        return 0.0
    given = quantities(reading.folded.text, names, reading.places)
    return 0.05 if given else -0.2 * ("supposing" not in reading.meanings)


def _days_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    if not reading.periods:
        return 0.0
    period = reading.periods[0]
    if len(reading.periods) > 1 and reading.compares and is_between_days(slots):
        return 0.15
    if slots.keys() & {"since", "until", "year", "due_on"}:
        return 0.04
    if "on" in slots:
        return 0.04 if period.since is None or period.since == period.until else 0.0
    return -0.06


def _grouping_fit(slots: Mapping[str, Slot], groupings: Sequence[Grouping]) -> float:
    if not groupings:
        return 0.0
    outright = any(g.strong for g in groupings)
    words = slots["by"].words if "by" in slots else ()
    flags = {name[3:] for name, slot in slots.items() if slot.is_flag}
    if any(g.dimension in words or g.dimension in flags for g in groupings):
        return 0.1 if outright else 0.04
    return -0.08 if outright else 0.0


def _required_fit(slots: Mapping[str, Slot], reading: Reading, offered: frozenset[str]) -> float:
    found = 0.0
    for slot in slots.values():
        if not slot.required:
            continue
        given = (
            slot.name in offered
            or any(parameter_for(m, slots, reading) == slot.name for m in reading.names)
            or (slot.name == "contact" and office_in(slots, reading) != "")
        )
        soft = any(slot.name in m.values for m in reading.soft)
        stranger = reading.stranger is not None and slot.name in ENTITIES
        if given:
            found += 0.05
        elif slot.name == "account" and _asks_which_account(reading):
            found += _WHICH
        elif soft or (stranger and slot.name not in SOFT):
            found += 0.02
        else:
            found -= 0.2 if slot.name in SOFT else 0.09
    return found


def _asks_which_account(reading: Reading) -> bool:
    return any(g.dimension == "account" and not g.strong for g in reading.groupings)
