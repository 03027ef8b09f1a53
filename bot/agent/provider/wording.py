"""Tools by the words of their own descriptions: a second opinion beside the built-in model's."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from bot.agent.binding import described_parameters, summary_of
from kam_knowledge.english import FUNCTION, stems
from kam_knowledge.scripts import CHINESE, fold
from tools.catalog.spec import Tool

_OFTEN = 0.6
_SLOT = re.compile(r"\{\w+\}")


class Wording:
    """Tools ranked by the rare words that a sentence shares with their names, descriptions and
    examples; Chinese is read by characters and pairs of them."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._tools = tuple(tools)

    def nearest(self, text: str, limit: int) -> list[str]:
        """The names of the tools that share words with the text, the nearest first."""
        wanted = set(_words(text))
        scores = {
            name: sum(self._rarity[word] * shown[word] for word in wanted & shown.keys())
            for name, shown in self._shown.items()
        }
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        return [name for name in ranked[:limit] if scores[name] > 0]

    @cached_property
    def _shown(self) -> dict[str, dict[str, float]]:
        """Per tool its words with how much they tell: less each time one comes again, and less
        the more words the tool has."""
        counted = {tool.name: Counter(_words(_text(tool))) for tool in self._tools}
        usual = sum(counts.total() for counts in counted.values()) / len(counted)
        return {
            name: {w: n / (n + _OFTEN + counts.total() / usual) for w, n in counts.items()}
            for name, counts in counted.items()
        }

    @cached_property
    def _rarity(self) -> dict[str, float]:
        found = Counter(word for words in self._shown.values() for word in words)
        return {word: math.log(1 + len(self._shown) / count) for word, count in found.items()}


def _text(tool: Tool) -> str:
    parts: Iterable[str] = (
        tool.name.replace("_", " "),
        summary_of(tool),
        *described_parameters(tool).values(),
        *tool.examples.en,
        *tool.examples.zh,
        *tool.examples.hant,
    )
    return "\n".join(parts)


def _words(text: str) -> list[str]:
    folded = fold(_SLOT.sub(" ", text))
    signs = [(one.group(), one.start()) for one in CHINESE.finditer(folded)]
    pairs = [a + b for (a, at), (b, then) in pairwise(signs) if then == at + 1]
    return [*stems(folded, FUNCTION), *pairs, *(sign for sign, _ in signs)]
