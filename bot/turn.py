"""What comes in and what goes out, on every surface."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kam_knowledge.scripts import storable
from tools.access import Asker
from tools.cards import Card, Quote
from tools.changes import Decision, Proposal
from tools.errors import BadInput
from tools.text import Language, text

LONGEST = 8_000
"""Characters of the longest message that is read."""


@dataclass(frozen=True)
class Turn:
    """One message of one person. `place` says where it was asked ("terminal", a channel)."""

    thread: str
    asker: Asker
    text: str
    place: str = "terminal"

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", storable(self.text))


@dataclass(frozen=True)
class ToolCall:
    """A tool that ran: what it was given and the result it returned, or why it refused."""

    name: str
    arguments: Mapping[str, Any]
    result: Any


@dataclass(frozen=True)
class Reply:
    """The answer: the model's sentences, or where it has none the headlines of the cards.

    `citations` are the passages that [1], [2] … in the text cite, in this order; where the text is
    the headlines, all passages. `dropped` counts sentences of a language model that nothing bore
    out. `question` is true when the assistant asks back, `abstained` when it has no answer.
    `pending` holds the proposed changes that wait for a confirmation, if any; `changes` tells
    what a plain word made of them: decisions, and proposals as they stand now; `replaced` those
    that the proposals of this reply took the place of. `failure` is the reference under which
    the log tells what went wrong.
    """

    text: str
    cards: tuple[Card, ...]
    tool_calls: tuple[ToolCall, ...]
    citations: tuple[Quote, ...]
    language: Language
    model: str
    abstained: bool = False
    question: bool = False
    pending: Mapping[str, Any] | None = None
    changes: tuple[Decision | Proposal, ...] = ()
    replaced: tuple[Decision, ...] = ()
    failure: str | None = None
    dropped: int = 0

    @property
    def outcome(self) -> str:
        """How the turn ended, in a word."""
        if self.failure is not None:
            return "failed"
        if self.question:
            return "asked back"
        return "abstained" if self.abstained else "answered"


def check_length(message: str) -> None:
    """Raises `BadInput` for a message that is too long to be read."""
    if len(message) > LONGEST:
        raise BadInput(
            text(
                "This message has {length} characters; I read up to {longest}. Please shorten it, "
                "or take the text in as a document.",
                "这条消息有 {length} 个字符，我最多能读 {longest} 个。"
                "请缩短后再发，或作为文档导入。",
                length=f"{len(message):,}",
                longest=f"{LONGEST:,}",
            )
        )
