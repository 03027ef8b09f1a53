"""Sentences read and tools weighed for them, each once in a turn."""

from collections.abc import Sequence
from datetime import date

from bot.agent.builtin.reading import Reading, read
from bot.agent.builtin.routing import ALONE, Choice, Context, Router
from bot.agent.builtin.thesaurus import closed_words
from bot.agent.lexicon import Lexicon
from tools.catalog.spec import Tool
from tools.domain.names import name_key


class Weighing:
    """Reads for one day with the names known now, and weighs the tools allowed (`among`):
    those of `router` answer, those of `writer` propose changes."""

    def __init__(
        self,
        router: Router,
        writer: Router,
        lexicon: Lexicon,
        today: date,
        among: Sequence[str] | None,
    ) -> None:
        self.router = router
        self.writer = writer
        self.lexicon = lexicon
        self.today = today
        self._among = among
        every = (*router.tools, *writer.tools)
        self.tools: dict[str, Tool] = {
            tool.name: tool for tool in every if among is None or tool.name in among
        }
        self.writes = {tool.name: tool for tool in writer.tools if tool.name in self.tools}
        self._readings: dict[tuple[str, bool], Reading] = {}
        self._choices: dict[tuple[bool, Reading, Context], list[Choice]] = {}

    def read(self, text: str) -> Reading:
        """A sentence as a question: words that no question uses may be names."""
        return self._read(text, orders=False)

    def read_order(self, text: str) -> Reading:
        """A sentence as an order: the words of orders and of closed lists are no names."""
        return self._read(text, orders=True)

    def answering(self, reading: Reading, context: Context = ALONE) -> list[Choice]:
        """The tools that answer, the best for the sentence first."""
        return self._weighed(self.router, reading, context)

    def proposing(self, reading: Reading, context: Context = ALONE) -> list[Choice]:
        """The tools that propose changes, the best for the sentence first."""
        return self._weighed(self.writer, reading, context)

    def most_learned(self, router: Router, reading: Reading) -> float:
        """How strongly the phrases of the tool that they speak for most do so."""
        learned = router.learned(reading)
        return max((learned[name] for name in learned if name in self.tools), default=0.0)

    def is_full_name(self, said: str) -> bool:
        """Whether something is called exactly so."""
        return any(entry.name == said for entry in self.lexicon.find(name_key(said)))

    def _read(self, text: str, *, orders: bool) -> Reading:
        key = (text, orders)
        if key not in self._readings:
            known = self._knows if orders else self.router.knows
            self._readings[key] = read(text, self.lexicon, self.today, known)
        return self._readings[key]

    def _knows(self, word: str) -> bool:
        return word in closed_words() or self.router.knows(word) or self.writer.knows(word)

    def _weighed(self, router: Router, reading: Reading, context: Context) -> list[Choice]:
        key = (router is self.router, reading, context)
        if key not in self._choices:
            self._choices[key] = router.choices(reading, context, self._among)
        return self._choices[key]
