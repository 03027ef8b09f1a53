"""Proposed changes: the buttons that confirm, edit, shorten, drop and take back.

Who may decide is for `tools.changes` to say, by the person who clicks; the card is changed in
place, so that everybody who sees it sees what became of it.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.slack import visits
from bot.slack.blocks import Message, edits, inputs
from bot.slack.blocks import proposals as cards
from bot.slack.blocks.decided import closed
from bot.slack.delivery import CardPlace, change_card
from bot.slack.desk import Desk
from bot.slack.surface import Surface
from bot.slack.telling import notice, whisper
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from tools.changes import (
    Decision,
    Misfits,
    Outcome,
    Proposal,
    cancel,
    confirm,
    editable,
    remove_line,
    renew,
    revise,
    undo,
)
from tools.deps import Deps
from tools.domain.vocabulary import ChangeStatus
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_NOT_EDITABLE = text(
    "Nothing in this change can be edited here. Cancel it and ask for the one you want.",
    "这项修改无法在此编辑，请取消后重新提出。",
)


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to the buttons of proposals, and to the modal in which one is edited."""
    visits.on_action(app, desk, cards.CONFIRM, _confirm, is_kept=True)
    visits.on_action(app, desk, cards.CANCEL, _cancel, is_kept=True)
    visits.on_action(app, desk, cards.UNDO, _undo, is_kept=True)
    visits.on_action(app, desk, cards.REMOVE, _remove, is_kept=True)
    visits.on_action(app, desk, cards.EDIT, _edit)
    visits.on_view(app, desk, edits.EDITED, _edited)


async def _confirm(desk: Desk, visit: Visit) -> None:
    await _decide(desk, visit, confirm)


async def _cancel(desk: Desk, visit: Visit) -> None:
    await _decide(desk, visit, cancel)


async def _undo(desk: Desk, visit: Visit) -> None:
    """Takes the change back; where that cannot be, the button goes and the person hears why."""
    decision, _ = await _decided(desk, visit, undo)
    if decision.outcome is not Outcome.UNDONE:
        await whisper(visit, decision.card().headline)
    await _show(visit, closed(decision, visit.language))


async def _remove(desk: Desk, visit: Visit) -> None:
    """Takes a line out; with none left the change is dropped."""
    change, _, position = visit.value.partition(":")
    deps = await visit.deps(desk)
    proposal = await asyncio.to_thread(remove_line, deps, int(change), int(position))
    if proposal.status is ChangeStatus.CANCELLED:
        dropped = Decision(Outcome.CANCELLED, proposal)
        await _show(visit, cards.settled(dropped, visit.language))
        return
    await _show(visit, _again(visit.body, cards.waiting(proposal, visit.language)))


async def _edit(desk: Desk, visit: Visit) -> None:
    """Opens the modal with the values as they are proposed."""
    change = int(visit.value)
    deps = await visit.deps(desk)
    fields = await asyncio.to_thread(editable, deps, change)
    view = (
        edits.edit_view(change, fields, visit.language, _metadata(visit, change))
        if fields
        else notice(_NOT_EDITABLE.render(visit.language), visit.language)
    )
    await visit.open(view)


async def _edited(desk: Desk, visit: Visit) -> Submitted:
    """Makes the proposal with the new values, which takes the place of the old one's card."""
    view = visit.body["view"]
    kept = json.loads(view["private_metadata"])
    said = {
        place: value
        for block, value in inputs.values(view).items()
        if (place := edits.field_of(block))
    }
    deps = await visit.deps(desk)
    try:
        proposal = await asyncio.to_thread(revise, deps, kept["change"], said)
    except Misfits as error:
        return _errors(error, visit), None
    return {}, _shown_edited(visit, kept, proposal)


def _errors(error: Misfits, visit: Visit) -> dict[str, Any]:
    reasons = {
        edits.field_id(*place): reason.render(visit.language)
        for place, reason in error.reasons.items()
    }
    return {"response_action": "errors", "errors": reasons}


async def _shown_edited(visit: Visit, kept: Mapping[str, Any], proposal: Proposal) -> None:
    card = _again(kept, cards.waiting(proposal, visit.language))
    await change_card(visit.client, CardPlace.again(kept), card)


async def _decide(desk: Desk, visit: Visit, decide: Callable[[Deps, int], Decision]) -> None:
    """Carries the decision out and shows on the card what came of it."""
    decision, deps = await _decided(desk, visit, decide)
    fresh = decision.fresh
    if decision.outcome is Outcome.EXPIRED or decision.change.status is ChangeStatus.EXPIRED:
        fresh = await asyncio.to_thread(renew, deps, decision.change.change_id)
    if fresh is None:
        card = cards.settled(decision, visit.language)
    else:
        card = _again(visit.body, cards.renewed(decision, fresh, visit.language))
    await _show(visit, card)


async def _decided(
    desk: Desk, visit: Visit, decide: Callable[[Deps, int], Decision]
) -> tuple[Decision, Deps]:
    deps = await visit.deps(desk)
    return await asyncio.to_thread(decide, deps, int(visit.value)), deps


async def _show(visit: Visit, card: Message) -> None:
    await change_card(visit.client, CardPlace.of(visit), card)


def _again(before: Mapping[str, Any], card: Message) -> Message:
    """The card with the remarks that stood on the one before it."""
    return cards.kept_remarks(before.get("message") or before, card)


def _metadata(visit: Visit, change: int) -> str:
    """Where the card is and which remarks it holds, for the modal to give back."""
    message = visit.body.get("message") or {}
    kept = {"change": change, **CardPlace.of(visit).kept()}
    remarks = [
        block
        for block in message.get("blocks", ())
        if str(block.get("block_id", "")).startswith(f"{cards.REMARKS}:")
    ]
    whole = json.dumps({**kept, "blocks": remarks}, ensure_ascii=False)
    return whole if len(whole) <= inputs.LONGEST else json.dumps(kept)


SURFACE = Surface(
    "proposals",
    register,
    scopes={
        "chat:write": text(
            "Post proposed changes, and show on them what was decided.",
            "发送待确认的修改，并在其上显示处理结果。",
        )
    },
    actions=(cards.CONFIRM, cards.CANCEL, cards.UNDO, cards.REMOVE, cards.EDIT),
    views=(edits.EDITED,),
)
