"""What a tool can be told: its parameters, and their arguments from a sentence."""

import inspect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.agent.builtin.names import Mention
from bot.agent.builtin.offices import office_in
from bot.agent.builtin.periods import Period
from bot.agent.builtin.quantities import WEIGHT, as_argument, quantities
from bot.agent.builtin.reading import Reading
from bot.agent.builtin.thesaurus import phrase_lists, spelt_in
from tools.catalog.spec import Tool

ENTITIES = (
    "account",
    "person",
    "unit",
    "region",
    "segment",
    "product",
    "contact",
    "stage",
    "checklist",
    "term",
    "kpi",
)
# A contact may be new, so that any text is a name of one.
_NAMES_ALONE = frozenset(ENTITIES) - {"contact"}
Arguments = dict[str, Any]
_ENDS = frozenset({"won", "lost"})
_TO_COME = frozenset({"expected_on", "due_on"})
# Parameters of tools that arrange what may begin in the future.
_ARRANGES = frozenset({"role", "successor", "rate", "activity", "title", "kpi"})
# A period of more days is a year, not a part of one.
_HALF_A_YEAR = 200
_TO = re.compile(r"\bto$|[到至]$")


@dataclass(frozen=True)
class Slot:
    """A parameter: whether it must be given, and its words where they are a closed list."""

    name: str
    required: bool
    words: tuple[str, ...]
    is_flag: bool
    is_number: bool = False
    is_text: bool = False


@lru_cache(maxsize=256)
def slots_of(tool: Tool) -> Mapping[str, Slot]:
    """The tool's parameters but the first, which is `deps`."""
    hints = get_type_hints(tool.function)
    parameters = list(inspect.signature(tool.function).parameters.values())[1:]
    return {p.name: _slot(p, hints.get(p.name, str), tool.name) for p in parameters}


def _words(name: str, tool: str) -> tuple[str, ...]:
    """The few words that a company knows for a text, of this tool or of all."""
    known = phrase_lists("words")
    return tuple(known.get(f"{tool}.{name}") or known.get(name, ()))


def _slot(parameter: inspect.Parameter, hint: Any, tool: str) -> Slot:
    required = parameter.default is inspect.Parameter.empty
    return Slot(
        parameter.name,
        required,
        _literals(hint) or _words(parameter.name, tool),
        is_flag=hint is bool or bool in get_args(hint),
        is_number=get_origin(hint) is not dict and bool({int, Decimal} & {hint, *get_args(hint)}),
        is_text=hint is str and parameter.name not in _NAMES_ALONE,
    )


def _literals(hint: Any) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return tuple(str(word) for word in get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return tuple(word for part in get_args(hint) for word in _literals(part))
    return ()


def fill(tool: Tool, reading: Reading, today: date) -> list[Arguments]:
    """The arguments that the sentence gives the tool, once per thing where it names several
    for one parameter. Days are ISO strings; required ones may still be missing."""
    slots = slots_of(tool)
    arguments: Arguments = {}
    _fill_figures(arguments, slots, reading)
    _fill_quantities(arguments, slots, reading)
    _fill_words(arguments, slots, reading)
    if "question" in slots:
        arguments["question"] = reading.text.strip()
    given = assigned(slots, reading)
    office = office_in(slots, reading)
    if office:
        arguments["contact"] = office
    if reading.me and "person" in slots and "person" not in given:
        arguments["person"] = "me"
    if reading.my_team and "unit" in slots and "unit" not in given:
        arguments["unit"] = "my team"
    if "stage" not in given:
        _fill_stage(arguments, slots, reading)
    _fill_days(arguments, slots, reading, today)
    if tool.name in phrase_lists("words")["yearly"]:
        _fill_year_known(arguments, reading, today)
    return _spread(arguments, given, slots)


def _spread(
    arguments: Arguments, given: Mapping[str, Sequence[str]], slots: Mapping[str, Slot]
) -> list[Arguments]:
    lists = {k: list(v) for k, v in given.items() if k not in slots and k + "s" in slots}
    arguments |= {k + "s": v for k, v in lists.items()}
    single = {k: v[0] for k, v in given.items() if k in slots and len(v) == 1}
    several = [(k, v) for k, v in given.items() if k in slots and len(v) > 1]
    arguments |= single | {k: v[0] for k, v in several[1:]}
    if not several:
        return [arguments]
    name, values = several[0]
    return [{name: value, **arguments} for value in values[:5]]


def assigned(slots: Mapping[str, Slot], reading: Reading) -> dict[str, list[str]]:
    """The names of the sentence by the parameter that each fills."""
    given: dict[str, list[str]] = {}
    for mention in (*reading.names, *_soft(reading, slots)):
        name = parameter_for(mention, slots, reading)
        if name and mention.values[name] not in given.get(name, ()):
            given.setdefault(name, []).append(mention.values[name])
    return given


def parameter_for(mention: Mention, slots: Mapping[str, Slot], reading: Reading) -> str | None:
    """Which parameter a name fills: a unit where it is called in full or the words beside the
    name say so."""
    kinds = list(mention.values)
    full = [kind for kind in kinds if mention.values[kind] == mention.said]
    if "unit" in kinds and (full == ["unit"] or _says_team(mention, reading)):
        kinds.insert(0, "unit")
    return next((kind for kind in kinds if kind in slots or kind + "s" in slots), None)


def _says_team(mention: Mention, reading: Reading) -> bool:
    return any(
        s.meaning == "team" and (0 <= s.start - mention.end <= 1 or 0 <= mention.start - s.end <= 1)
        for s in reading.senses
    )


def _soft(reading: Reading, slots: Mapping[str, Slot]) -> list[Mention]:
    """The names that are ordinary words, for the parameters there are; opposite stages cancel."""
    found = []
    for kind in ("term", "checklist", "stage", "kpi"):
        mentions = [m for m in reading.soft if kind in m.values and kind in slots]
        if kind == "stage" and len({m.values[kind] for m in mentions}) > 1:
            continue
        found += mentions
    return found


def _fill_days(
    arguments: Arguments, slots: Mapping[str, Slot], reading: Reading, today: date
) -> None:
    if not reading.periods:
        return
    period = _meant(slots, reading)
    if arguments.get("closing"):
        period = period.ahead(today)
    elif slots.keys() & _ARRANGES:
        period = period.near(today)
    if "since" in slots and period.since:
        arguments["since"] = period.since.isoformat()
    if "until" in slots and period.until:
        arguments["until"] = period.until.isoformat()
    day = period.until or period.since
    # Only what is arranged may begin or end on a day to come.
    if "on" in slots and day and (slots.keys() & _ARRANGES or (period.since or day) <= today):
        arguments["on"] = min(day, max(today, period.since or day)).isoformat()
    _fill_events(arguments, slots, period, today)


def _fill_year_known(arguments: Arguments, reading: Reading, today: date) -> None:
    """The day by which the figures of a whole year were known: a year after its end."""
    period = reading.periods[0] if reading.periods else None
    if (
        period
        and period.since
        and period.until
        and (period.until - period.since).days > _HALF_A_YEAR
    ):
        year_later = period.until.replace(year=period.until.year + 1, day=1)
        arguments["on"] = min(year_later, today).isoformat()


def _fill_events(
    arguments: Arguments, slots: Mapping[str, Slot], period: Period, today: date
) -> None:
    """The days on which something is expected, due, or has come about."""
    day, next_day = ((p.until or p.since) for p in (period, period.ahead(today)))
    if not day or not next_day:
        return
    ended = "closed_on" in slots and arguments.get("stage") in _ENDS
    for name in slots.keys() & (frozenset() if ended else _TO_COME):
        arguments[name] = next_day.isoformat()
    if ended:
        arguments["closed_on"] = day.isoformat()
    if "left_on" in slots and day <= today:
        arguments["left_on"] = day.isoformat()


def is_between_days(slots: Mapping[str, Slot]) -> bool:
    """Whether the tool tells the change from one day to another, and sums nothing over them."""
    return slots.keys() >= {"since", "until"} and "by" not in slots


def _meant(slots: Mapping[str, Slot], reading: Reading) -> Period:
    """The first period, until its day where something is moved to it. Where a change is asked
    for, from the end of one period to that of another, or from a single day on."""
    first, *more = reading.periods
    if first.since == first.until and _TO.search(reading.folded.text[: first.start].rstrip()):
        return replace(first, since=None)
    if not is_between_days(slots):
        return first
    if more and reading.compares:
        return replace(first, since=first.until or first.since, until=more[0].until)
    moves = reading.meanings & {"moved", "entering"}
    from_then = moves and first.until and first.since in (None, first.until)
    return replace(first, since=first.until, until=None) if from_then else first


def _fill_figures(arguments: Arguments, slots: Mapping[str, Slot], reading: Reading) -> None:
    for figure in reading.figures:
        if figure.kind in slots and figure.kind not in arguments:
            arguments[figure.kind] = as_argument(figure.value)
        if figure.currency and "currency" in slots and figure.kind in slots:
            arguments["currency"] = figure.currency


def named_figures(slots: Mapping[str, Slot]) -> list[str]:
    """The optional numbers that a sentence gives by their name."""
    fields = phrase_lists("fields")
    return [
        slot.name
        for slot in slots.values()
        if slot.is_number and not slot.required and slot.name.removesuffix(WEIGHT) in fields
    ]


def _fill_quantities(arguments: Arguments, slots: Mapping[str, Slot], reading: Reading) -> None:
    names = named_figures(slots)
    if names:
        arguments |= quantities(reading.folded.text, names, reading.places)


def _fill_words(arguments: Arguments, slots: Mapping[str, Slot], reading: Reading) -> None:
    for slot in slots.values():
        chosen = word_for(slot, reading)
        if chosen is not None:
            arguments[slot.name] = chosen


def _fill_stage(arguments: Arguments, slots: Mapping[str, Slot], reading: Reading) -> None:
    """The stage of deals that are said to be won or lost, and not both."""
    said = {s.meaning for s in reading.senses} | {w for w in _ENDS if _says(reading, w)}
    ends = said & _ENDS
    if "stage" in slots and "stage" not in arguments and len(ends) == 1:
        arguments["stage"] = ends.pop()


def word_for(slot: Slot, reading: Reading) -> str | bool | None:
    """The argument of a closed list: a dimension for `by`, a flag "by_…", else a word said."""
    if slot.name == "by":
        return next((g.dimension for g in reading.groupings if g.dimension in slot.words), None)
    if slot.is_flag:
        on = slot.name[3:] in _outright(reading) or _is_on(slot, reading)
        return True if on else None
    said = [word for word in slot.words if _says(reading, word)]
    return max(said, key=lambda word: _said_length(reading, word), default=None)


def _is_on(slot: Slot, reading: Reading) -> bool:
    said = phrase_lists("flags").get(slot.name, ())
    return any(spelt_in(reading.folded.text, phrase) for phrase in said)


def _outright(reading: Reading) -> set[str]:
    return {g.dimension for g in reading.groupings if g.strong}


def _says(reading: Reading, word: str) -> bool:
    return _said_length(reading, word) > 0


def _said_length(reading: Reading, word: str) -> int:
    """The length of the longest way to say the word that the sentence has."""
    phrases = (word, *phrase_lists("choices").get(word, ()))
    return max((len(p) for p in phrases if spelt_in(reading.folded.text, p)), default=0)


def missing(tool: Tool, arguments: Arguments) -> list[str]:
    """The required parameters that have no argument."""
    return [s.name for s in slots_of(tool).values() if s.required and s.name not in arguments]


def unexplained(tool: Tool, arguments: Arguments, words: str | None) -> Arguments:
    """Words that nothing explains, for the required names that are still missing; and for an
    account that could be named, where they look like one."""
    if not words:
        return {}
    slots = [slot for slot in missing(tool, arguments) if slot in ENTITIES]
    named = ENTITIES & arguments.keys()
    if "account" in slots_of(tool) and not named and not slots and _LIKE_A_COMPANY.search(words):
        slots = ["account"]
    return dict.fromkeys(slots, words)


_LIKE_A_COMPANY = re.compile(r"^[㐀-鿿]{4,}$|[A-Z]\w+ [A-Z]\w+")
