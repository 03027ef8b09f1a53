"""Which tool a sentence asks for: its likeness to each tool's examples, and how its slots fit."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.agent.builtin.grouping import Grouping
from bot.agent.builtin.names import Mention
from bot.agent.builtin.reading import Reading, read
from bot.agent.builtin.slots import Slot, parameter_for, slots_of
from bot.agent.lexicon import Lexicon
from tools.catalog.spec import Tool

_WEIGHTS = {"meaning": 1.0, "asking": 0.4, "word": 0.7, "name": 0.5, "pair": 0.5, "slot": 0.4}
_UNSEEN = 0.5
_BRACED = re.compile(r"\{(\w+)\}")
# What stands in an example for a slot that is not a name.
_SAMPLES = {
    "since": "2017-03-01", "until": "2017-06-30", "on": "2017-06-30", "top": "10", "percent": "20",
    "question": "", "by": "region",
}  # fmt: skip
_EXAMPLE_DAY = date(2017, 12, 31)
_NO_NAMES = Lexicon(())


@dataclass(frozen=True, slots=True)
class Choice:
    """A tool and how well it fits, about 0 to 1: `likeness` of the words and `fit` of slots."""

    tool: Tool
    likeness: float
    fit: float

    @property
    def score(self) -> float:
        return self.likeness + self.fit


def features(reading: Reading) -> Counter[str]:
    """The sentence as weighted features: meanings, words, names and neighbouring pairs."""
    found: Counter[str] = Counter()
    told = set(reading.said)
    telling = [s for s in reading.senses if s.group == "name" or s in told]
    forms = [f"{sense.group}:{sense.meaning}" for sense in telling]
    for sense, form in zip(telling, forms, strict=True):
        found[form] = 1
        if sense.group == "name" and sense.meaning in ("@region", "@segment", "@unit"):
            found["name:@scope"] = 1
    for first, second in zip(forms, forms[1:], strict=False):
        found[f"pair:{first}|{second}"] = 1
    for grouping in reading.groupings:
        found[f"slot:by:{grouping.dimension}"] = 1
    return found


class Router:
    """The examples of the tools as vectors, read once."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self.tools = tuple(tools)

    @cached_property
    def _examples(self) -> list[tuple[Tool, Counter[str]]]:
        return [
            (tool, features(example_reading(sentence)))
            for tool in self.tools
            for sentence in (*tool.examples.en, *tool.examples.zh, *tool.examples.hant)
        ]

    @cached_property
    def _idf(self) -> Mapping[str, float]:
        """How telling a feature is: by the number of tools, not of examples, that show it."""
        per_tool: dict[str, set[str]] = {}
        for tool, found in self._examples:
            for feature in found:
                per_tool.setdefault(feature, set()).add(tool.name)
        total = len(self.tools)
        return {f: math.log(1 + total / len(names)) for f, names in per_tool.items()}

    @cached_property
    def _vectors(self) -> list[tuple[Tool, dict[str, float]]]:
        return [(tool, self._vector(found)) for tool, found in self._examples]

    def _vector(self, found: Iterable[str]) -> dict[str, float]:
        idf = self._idf
        raw = {
            f: _weight(f) * idf.get(f, _UNSEEN * _most(len(self.tools)))
            for f in found
            if f in idf or not f.startswith("pair")
        }
        length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        return {f: w / length for f, w in raw.items()}

    def knows(self, word: str) -> bool:
        """Whether an example uses the word."""
        return f"word:{word}" in self._idf

    def choices(self, reading: Reading, among: Sequence[str] | None = None) -> list[Choice]:
        """The tools, the best first."""
        likeness = self._likeness(self._vector(features(reading)))
        found = [
            Choice(tool, likeness.get(tool.name, 0.0), fit(tool, reading))
            for tool in self.tools
            if among is None or tool.name in among
        ]
        return sorted(found, key=lambda choice: (-choice.score, choice.tool.name))

    def _likeness(self, wanted: Mapping[str, float]) -> dict[str, float]:
        """Per tool: mostly its nearest example, a little the next two."""
        scores: dict[str, list[float]] = {}
        for tool, vector in self._vectors:
            small, large = sorted((wanted, vector), key=len)
            cosine = sum(weight * large.get(f, 0.0) for f, weight in small.items())
            scores.setdefault(tool.name, []).append(cosine)
        return {name: _blend(sorted(values, reverse=True)[:3]) for name, values in scores.items()}


def _blend(best: Sequence[float]) -> float:
    return 0.75 * best[0] + 0.25 * sum(best) / len(best)


def _weight(feature: str) -> float:
    return _WEIGHTS[feature.partition(":")[0]]


def _most(tools: int) -> float:
    return math.log(1 + tools)


def example_reading(sentence: str) -> Reading:
    """An example with its slots filled by stand-ins, read as a sentence is."""
    text, mentions = "", []
    place = 0
    for match in _BRACED.finditer(sentence):
        text += sentence[place : match.start()]
        name = match.group(1)
        if name in _SAMPLES:
            text += _SAMPLES[name]
        else:
            kind = "account" if name == "accounts" else name
            mentions.append(Mention(len(text), len(text) + 2, "__", {kind: "__"}))
            text += "__"
        place = match.end()
    text += sentence[place:]
    return read(text, _NO_NAMES, _EXAMPLE_DAY, lambda _word: True, given=tuple(mentions))


def fit(tool: Tool, reading: Reading) -> float:
    """How well the sentence's slots and the tool's parameters agree."""
    slots = slots_of(tool)
    return (
        _names_fit(slots, reading)
        + _figures_fit(slots, reading)
        + _days_fit(slots, reading)
        + _grouping_fit(slots, reading.groupings)
        + _required_fit(slots, reading)
    )


def _names_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    found = 0.0
    for mention in reading.names:
        found += 0.04 if parameter_for(mention, slots, reading) else -0.12
    if reading.me or reading.my_team:
        found += 0.05 if ("person" if reading.me else "unit") in slots else -0.02
    return max(found, -0.2)


def _figures_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    weight = {"top": (0.03, -0.08), "percent": (0.1, -0.1), "amount": (0.05, 0.0)}
    return sum(weight[f.kind][0 if f.kind in slots else 1] for f in reading.figures)


def _days_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    if not reading.periods:
        return 0.0
    period = reading.periods[0]
    if "since" in slots or "until" in slots:
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


def _required_fit(slots: Mapping[str, Slot], reading: Reading) -> float:
    found = 0.0
    for slot in slots.values():
        if not slot.required or slot.name == "question":
            continue
        given = any(parameter_for(m, slots, reading) == slot.name for m in reading.names)
        soft = any(slot.name in m.values for m in reading.soft)
        found += 0.05 if given or soft else -0.06
    return found
