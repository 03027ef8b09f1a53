"""Shortcuts: a message taken over as a note of an account, and the preparation of a meeting."""

import asyncio
from typing import TYPE_CHECKING

from bot.slack import visits
from bot.slack.blocks import Message, inputs, messages
from bot.slack.blocks import shortcuts as modals
from bot.slack.delivery import propose_later, send_in_private
from bot.slack.desk import Desk
from bot.slack.inbound import plain
from bot.slack.pick import own_account
from bot.slack.surface import Shortcut, Surface
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from bot.turn import Reply, ToolCall
from tools.deps import Deps
from tools.errors import KamError
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

NOTE, PREP = "kam_note", "kam_prep"
# What is read before a meeting, in this order: the page, needs, what is overdue, what to ask.
_TOOLS = ("account_summary", "needs", "evaluations_due", "information_state", "what_changed")


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to both shortcuts and their modals."""
    visits.on_shortcut(app, desk, NOTE, _note)
    visits.on_view(app, desk, modals.NOTED, _noted)
    visits.on_shortcut(app, desk, PREP, _prep)
    visits.on_view(app, desk, modals.PREPARED, _prepared)


async def _note(_desk: Desk, visit: Visit) -> None:
    """Asks for the account; the words of the message can be edited before."""
    said = plain(str((visit.body.get("message") or {}).get("text") or ""), None)
    await visit.open(modals.note_view(said, visit.language))


async def _noted(desk: Desk, visit: Visit) -> Submitted:
    """Reads the note by rules and proposes what it says."""
    said = inputs.values(visit.body["view"])
    deps = await visit.deps(desk)
    try:
        account = await asyncio.to_thread(own_account, deps, said[modals.ACCOUNT])
    except KamError as error:
        return visit.misfit(modals.ACCOUNT, error.message), None
    note = said[modals.WORDS] or ""
    reading = await visits.soon(desk.run("note_to_plan", deps, note=note, account=account.name))
    failed = reading.exception() if reading.done() else None
    if isinstance(failed, KamError):
        return visit.misfit(modals.WORDS, failed.message), None
    return {}, propose_later(desk, visit, reading)


async def _prep(_desk: Desk, visit: Visit) -> None:
    await visit.open(modals.prep_view(visit.language))


async def _prepared(desk: Desk, visit: Visit) -> Submitted:
    """Sends what to know before the meeting as a direct message."""
    said = inputs.values(visit.body["view"])
    deps = await visit.deps(desk)
    try:
        account = await asyncio.to_thread(own_account, deps, said[modals.ACCOUNT])
    except KamError as error:
        return visit.misfit(modals.ACCOUNT, error.message), None
    return {}, _send_preparation(desk, visit, deps, account.name)


async def _send_preparation(desk: Desk, visit: Visit, deps: Deps, name: str) -> None:
    calls = []
    for tool in _TOOLS:
        result = await desk.run(tool, deps, account=name)
        calls.append(ToolCall(tool, {"account": name}, result))
    cards = tuple(call.result.card() for call in calls)
    reply = Reply(
        text="\n".join(card.headline.render(visit.language) for card in cards),
        cards=cards,
        tool_calls=tuple(calls),
        citations=(),
        language=visit.language,
        model="shortcut",
    )
    heading = modals.heading(name, visit.language)
    first, *others = messages(reply, feedback=False)
    opened = Message(heading.text, (*heading.blocks, *first.blocks))
    await send_in_private(visit, (opened, *others))


SURFACE = Surface(
    "shortcuts",
    register,
    scopes={
        "im:write": text(
            "send a proposed change or a meeting preparation to whoever asked for it",
            "把待确认的修改或会前准备发给本人",
        )
    },
    shortcuts=(
        Shortcut(
            NOTE,
            "Add to an account",
            "Takes a message over as a note of an account, as a proposed change",
            "message",
        ),
        Shortcut(
            PREP,
            "Prepare a meeting",
            "What to know and ask before meeting an account",
            "global",
        ),
    ),
    views=(modals.NOTED, modals.PREPARED),
)
