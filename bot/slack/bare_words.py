"""A bare “yes” or “no” at the top level of direct messages, while a change waits in a thread.

People answer where they are, not in the thread. Such a word decides only on a change that was the
last thing shown in these messages; it is brought to the message's own thread, where the assistant
finds it. Whatever else may be meant is shown again with its buttons, and nothing is decided.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.agent.builtin.language import language_of
from bot.confirmation import Answer, Word, answer_of
from bot.slack.answer import Where
from bot.slack.blocks import Message, elements, proposals
from bot.slack.inbound import Asked, conversation_of
from bot.slack.inbox import SURFACE
from bot.slack.mrkdwn import escaped
from bot.slack.people import Visitor
from bot.slack.standing import close_older, is_moment
from tools.changes import Decision, Proposal, move, newest_applied, waiting_here
from tools.data import inbound, reminders
from tools.deps import Deps
from tools.text import Language, Text, text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.desk import Desk

_LATELY = 600.0
"""Seconds after which what was shown last may be forgotten."""
_MOST = 8
_ONE = text(
    "Do you mean this change? Press its button, or say it again.",
    "您指的是这项修改吗？请点按钮，或再回复一次。",
)
_WHICH = text(
    "{count} changes wait for your word. Which one do you mean?",
    "有 {count} 项修改在等您确认，请问是哪一项？",
)
_LAST = text("This is the last change that you made.", "这是您最近一次确认的修改。")


@dataclass(frozen=True)
class Heard:
    """What came of a message: `answered` where that was with what it may mean; else the threads
    from which what waits was brought to the message's own."""

    answered: bool = False
    brought: tuple[str, ...] = ()


async def heard(desk: "Desk", client: "AsyncWebClient", asked: Asked, visitor: Visitor) -> Heard:
    """Answers such a word where it does not decide."""
    where, answer = asked.where, answer_of(asked.text)
    if where.kind != "im" or where.thread is not None or answer is None:
        return Heard()
    if answer.change is not None:
        return Heard()
    language = language_of(asked.text, visitor.language)
    deps = await desk.deps(visitor, place=where.place, thread=where.root, language=language)
    meant = await asyncio.to_thread(_meant, deps, where, answer)
    if meant.messages and await desk.inbox.may_send(asked.event_id):
        await desk.answering.send(client, where, meant.messages, event=asked.event_id)
        await close_older(client, where, meant.threads, meant.changes, language)
    return Heard(bool(meant.messages), meant.threads)


@dataclass(frozen=True)
class _Meant:
    """What a word may mean, as cards of these changes, which stood in these threads; no cards
    where it means nothing, or where it is the assistant's to decide, who finds it here."""

    messages: Sequence[Message] = ()
    changes: Sequence[Decision | Proposal] = ()
    threads: tuple[str, ...] = ()


def _meant(deps: Deps, where: Where, answer: Answer) -> _Meant:
    if answer.word is Word.UNDO:
        last = newest_applied(deps)
        if last is not None:
            card = _led(_LAST, proposals.settled(last, deps.language), deps.language)
            return _Meant([card], [last], (last.change.thread,))
    waiting = waiting_here(deps)
    threads, changes = tuple(waiting), [each for held in waiting.values() for each in held]
    decides = answer.word is not Word.UNDO and _shown_last(deps, where, threads)
    for proposal in changes:
        move(deps, proposal.change_id, where.root)
    return _Meant([] if decides else _cards(changes, deps.language), changes, threads)


def _shown_last(deps: Deps, where: Where, threads: Sequence[str]) -> bool:
    """Whether all that waits is in one thread, and nothing else was said since it was shown."""
    thread, *others = threads or [where.root]
    if others or thread == where.root or not is_moment(thread):
        return False
    with deps.sessions() as session:
        before = inbound.last_before(session, SURFACE, where.place, where.moment)
        since = reminders.sent_after(session, deps.asker.person_id, thread)
    if since:
        return False
    newest = thread
    if before is not None and before.moment > thread:
        there = conversation_of(thread, where.user)
        if before.conversation != there or before.answered_at is None:
            return False
        newest = before.moment
    return float(where.moment) - float(newest) < _LATELY


def _cards(waiting: Iterable[Proposal], language: Language) -> list[Message]:
    cards = [proposals.waiting(each, language) for each in waiting]
    if len(cards) > 1:
        said = replace(_WHICH, values={"count": len(cards)}).render(language)
        return [Message(escaped(said), ()), *cards[-_MOST:]]
    return [_led(_ONE, card, language) for card in cards]


def _led(sentence: Text, card: Message, language: Language) -> Message:
    """The card below a sentence."""
    said = sentence.render(language)
    return Message(
        f"{escaped(said)}\n{card.text}"[:3_000], (*elements.sentences(said), *card.blocks)
    )
