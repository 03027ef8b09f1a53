"""Which tool a sentence asks for: its likeness to each tool's examples, and how its slots fit."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.agent.builtin.fitting import fit
from bot.agent.builtin.names import Mention
from bot.agent.builtin.reading import NOUNS, Reading, read
from bot.agent.builtin.slots import slots_of
from bot.agent.builtin.thread import Call
from bot.agent.lexicon import SOFT, Lexicon
from kam_knowledge.scripts import has_chinese
from tools.catalog.spec import Tool

if TYPE_CHECKING:
    from bot.agent.builtin.routes import Routes

ELSEWHERE = "_elsewhere"
"""The name under which it is learned what no tool answers."""
LEARNED = 1.0
"""How much what was learned counts beside the likeness to single examples."""
_WEIGHTS = {
    "meaning": 1.0,
    "wondering": 0.8,
    "asking": 0.4,
    "word": 0.7,
    "name": 0.5,
    "pair": 0.5,
    "slot": 0.4,
}
_AWAY, _A_SENTENCE = 0.4, 2.0
_UNSEEN = 0.75
# Calibrated on the table of cases: below it the words do not decide for a tool.
_CONFIDENT, _CONFIDENT_OF_A_NAME, _STRANGE = 0.38, 0.26, 0.12
# A Chinese character is about half a word.
_CHARACTER = 0.5
_UNEXPLAINED, _INSIDE_A_NAME = 0.18, 2.0
# An unexplained name is most often a customer's.
_STRANGER = {"@stranger": "@account"}
_BRACED = re.compile(r"\{(\w+)\}")
# What stands in an example for a slot that is not a name.
_SAMPLES = {
    "since": "2017-03-01", "until": "2017-06-30", "on": "2017-06-30",
    "due_on": "2017-06-30", "level": "2", "section": "", "value": "", "top": "10", "percent": "20",
    "question": "", "note": "", "by": "region", "year": "2017", "expected_on": "2017-06-30",
    "supplier": "", "name": "", "city": "", "alias": "", "new_name": "", "website": "",
    "activity": "", "item": "", "description": "",
}  # fmt: skip
_KINDS = {"accounts": "account", "successor": "person"}
_EXAMPLE_DAY = date(2017, 12, 31)
_NO_NAMES = Lexicon(())


@dataclass(frozen=True, slots=True)
class Choice:
    """A tool and how well it fits: `likeness` of the words to an example, `fit` of slots, about
    0 to 1, and `learned`, how strongly all phrases together speak for it."""

    tool: Tool
    likeness: float
    fit: float
    learned: float = 0.0

    @property
    def score(self) -> float:
        return self.likeness + self.fit + LEARNED * self.learned


@dataclass(frozen=True)
class Context:
    """What the thread adds to a sentence: the slots that earlier calls could fill, and the
    kinds of things that its pronouns stand for."""

    offered: frozenset[str] = frozenset()
    implied: frozenset[str] = frozenset()


ALONE = Context()


def context_of(sources: Sequence[Call], refers: bool, whole: Reading | None = None) -> Context:
    """What earlier calls offer, and what the whole sentence names."""
    named = {kind for mention in (whole.names if whole else ()) for kind in mention.values}
    offered = frozenset({*named, *(name for call in sources for name in call.arguments)})
    subjects = [k for call in sources for k in ("account", "person") if k in call.arguments]
    return Context(offered, frozenset((subjects or ["account"])[:1]) if refers else frozenset())


def features(
    reading: Reading, naming: frozenset[str] = frozenset(), implied: frozenset[str] = frozenset()
) -> frozenset[str]:
    """The sentence as features: meanings, words, names and neighbouring pairs; soft names of
    the kinds `naming` count as names, and so do `implied` kinds."""
    senses = reading.senses_naming(naming)
    told = set(reading.telling(senses))
    telling = [
        s
        for s in senses
        if s.group == "name" or (s in told and s.meaning not in implied and not s.meaning.isdigit())
    ]
    forms = [f"{s.group}:{_STRANGER.get(s.meaning, s.meaning)}" for s in telling]
    found = {*forms, *(f"pair:{first}|{second}" for first, second in pairwise(forms))}
    kinds = {kind for mention in reading.names for kind in mention.values} | implied
    kinds |= {"person"} if reading.me else set()
    found |= {f"name:@{kind}" for kind in kinds}
    found |= {f"slot:by:{grouping.dimension}" for grouping in reading.groupings}
    if found & {"name:@region", "name:@segment", "name:@unit", "name:@person"}:
        found.add("name:@scope")
    return frozenset(found)


def enough(reading: Reading) -> float:
    """The score that decides for a tool: less where a known name is asked about, more where
    half of the words are unknown."""
    strange = _STRANGE if reading.strangeness >= 0.5 else 0.0
    return strange + (_CONFIDENT_OF_A_NAME if reading.names else _CONFIDENT)


@lru_cache
def naming(tool: Tool) -> frozenset[str]:
    """The kinds of soft names that are names to this tool."""
    return SOFT & frozenset(slots_of(tool))


class Router:
    """The examples of the tools as vectors, read once, beside what was learned of all phrases."""

    def __init__(self, tools: Sequence[Tool], routes: "Routes | None" = None) -> None:
        self.tools = tuple(tools)
        self._routes = routes

    @cached_property
    def _examples(self) -> list[tuple[Tool, frozenset[str]]]:
        return [
            (tool, _example_features(sentence, naming(tool)))
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
    def _postings(self) -> dict[str, list[tuple[int, float]]]:
        """Per feature the examples that have it, with its weight there."""
        postings: dict[str, list[tuple[int, float]]] = {}
        for row, (_, found) in enumerate(self._examples):
            for feature, weight in self._vector(found).items():
                postings.setdefault(feature, []).append((row, weight))
        return postings

    @cached_property
    def _rows(self) -> dict[str, range]:
        """Per tool the numbers of its examples."""
        rows: dict[str, range] = {}
        for row, (tool, _) in enumerate(self._examples):
            first = rows.get(tool.name, range(row, row)).start
            rows[tool.name] = range(first, row + 1)
        return rows

    @cached_property
    def _vocabularies(self) -> dict[str, frozenset[str]]:
        return {
            tool.name: frozenset().union(*(f for t, f in self._examples if t.name == tool.name))
            for tool in self.tools
        }

    def _vector(self, found: Iterable[str]) -> dict[str, float]:
        """Unit length; features that no example has count by half, unseen pairs not at all."""
        unseen = _UNSEEN * math.log(1 + len(self.tools))
        known = [f for f in found if f in self._idf or not f.startswith("pair")]
        raw = {f: _weight(f) * self._idf.get(f, unseen) for f in known}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {f: weight / length for f, weight in raw.items()}

    def knows(self, word: str) -> bool:
        """Whether an example uses the word, or two Chinese characters side by side."""
        if len(word) == 2 and has_chinese(word):
            return f"pair:word:{word[0]}|word:{word[1]}" in self._idf
        return f"word:{word}" in self._idf

    def choices(
        self, reading: Reading, context: Context = ALONE, among: Sequence[str] | None = None
    ) -> list[Choice]:
        """The tools, the best first."""
        tools = [tool for tool in self.tools if among is None or tool.name in among]
        implied = context.implied
        wanted = {k: features(reading, k, implied) for k in {naming(tool) for tool in tools}}
        plain = features(reading)
        learned = self.learned(reading)
        cosines = {kinds: self._cosines(found) for kinds, found in wanted.items()}
        found = [
            Choice(
                tool,
                self._likeness(tool, cosines[naming(tool)]),
                fit(tool, reading, context.offered)
                - self._unexplained(tool, plain, wanted[naming(tool)], reading),
                learned.get(tool.name, 0.0),
            )
            for tool in tools
        ]
        return sorted(found, key=lambda choice: (-choice.score, choice.tool.name))

    def learned(self, reading: Reading) -> Mapping[str, float]:
        """What the phrases speak for each tool; less where they speak for none more."""
        leaning = self._routes.leaning(reading) if self._routes else {}
        away = leaning.get(ELSEWHERE, 0.0)
        # A fragment says little of what is asked: the thread does.
        length = sum(_CHARACTER if has_chinese(s.meaning) else 1 for s in reading.said)
        weight = min(1.0, length / _A_SENTENCE)
        own = {tool.name: leaning.get(tool.name, 0.0) for tool in self.tools}
        return {name: weight * (own - max(0.0, away - own)) for name, own in own.items()}

    def leads_away(self, reading: Reading) -> bool:
        """Whether the phrases speak most of all for what no tool answers."""
        leaning = self._routes.leaning(reading) if self._routes else {}
        away = leaning.get(ELSEWHERE, 0.0)
        return away >= _AWAY and away >= max(leaning.values(), default=0.0)

    def _cosines(self, wanted: Iterable[str]) -> Mapping[int, float]:
        """The likeness to each example that shares a feature."""
        found: dict[int, float] = {}
        for feature, weight in self._vector(wanted).items():
            for row, other in self._postings.get(feature, ()):
                found[row] = found.get(row, 0.0) + weight * other
        return found

    def _likeness(self, tool: Tool, cosines: Mapping[int, float]) -> float:
        """Mostly the likeness to the nearest example, a little to the next two."""
        rows = self._rows.get(tool.name, range(0))
        return _blend(sorted((cosines.get(row, 0.0) for row in rows), reverse=True)[:3])

    def _unexplained(
        self, tool: Tool, plain: Iterable[str], wanted: frozenset[str], reading: Reading
    ) -> float:
        """The more, the more of the sentence's meanings no example of the tool has, most of
        all those within a name; a general question may be about anything."""
        if reading.is_general and "question" in slots_of(tool):
            return 0.0
        vocabulary = self._vocabularies.get(tool.name, frozenset())
        within = 0.0 if reading.defines else _INSIDE_A_NAME
        strange = [
            1.0 if feature in wanted else within
            for feature in plain
            if feature.startswith(("meaning:", "wondering:", "asking:who"))
            and feature not in vocabulary
            and feature.partition(":")[2] not in NOUNS
        ]
        return min(sum(strange), 3.0) * _UNEXPLAINED


def _blend(best: Sequence[float]) -> float:
    if not best:
        return 0.0
    return 0.75 * best[0] + 0.25 * sum(best) / len(best)


def _weight(feature: str) -> float:
    group, _, form = feature.partition(":")
    return _WEIGHTS[group] * (_CHARACTER if group == "word" and not form.isascii() else 1.0)


@cache
def _example_features(sentence: str, kinds: frozenset[str]) -> frozenset[str]:
    """Read once per process: the catalog's examples are the same for every assistant."""
    return features(example_reading(sentence), kinds)


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
            kind = _KINDS.get(name, name)
            mentions.append(Mention(len(text), len(text) + 2, "__", {kind: "__"}))
            text += "__"
        place = match.end()
    text += sentence[place:]
    return read(text, _NO_NAMES, _EXAMPLE_DAY, lambda _word: True, given=tuple(mentions))
