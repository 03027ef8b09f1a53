"""What a tool is given: never the model's choice, always the asking person's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kam_knowledge.search import Library
from tools.access import Asker
from tools.data.database import Sessions
from tools.domain.rules import RuleSet
from tools.text import Language


@dataclass(frozen=True)
class Deps:
    """Bound to one person and one turn. A tool opens its own session from `sessions`.

    `surface` and `thread` say where the person speaks.
    """

    sessions: Sessions
    clock: Callable[[], datetime]
    rules: RuleSet
    asker: Asker
    language: Language
    library: Library
    surface: str = "terminal"
    thread: str = ""

    @property
    def today(self) -> date:
        return self.clock().date()
