"""Changes that a word decided on: the answer to it, and the cards that stood there before."""

from collections.abc import Mapping
from typing import Any

from bot.slack.blocks import elements, proposals
from bot.slack.blocks.message import Message
from bot.slack.mrkdwn import escaped
from tools.changes import Decision, Outcome, Proposal
from tools.text import Language, text

_BUTTONS = frozenset(
    {proposals.CONFIRM, proposals.CANCEL, proposals.EDIT, proposals.REMOVE, proposals.UNDO}
)
_BELOW = text(
    "This change is shown again further down: {title}", "这项修改已在下方重新显示：{title}"
)


def answered(change: Decision | Proposal, language: Language) -> Message:
    """What became of a change, with the buttons that are left."""
    if isinstance(change, Proposal):
        return proposals.waiting(change, language)
    if change.fresh is not None:
        return proposals.renewed(change, change.fresh, language)
    said = change.card().headline.render(language)
    return proposals.settled(change, language, said=said)


def closed(change: Decision | Proposal, language: Language) -> Message:
    """An older card of a change for which another message speaks now: what became of it,
    without buttons."""
    if isinstance(change, Proposal):
        said = text(_BELOW.en, _BELOW.zh, title=change.title).render(language)
        return Message(escaped(said), tuple(elements.sentences(said)))
    refused = change.outcome in (Outcome.BUILT_ON, Outcome.NOT_APPLIED)
    told = Decision(Outcome.ALREADY, change.change) if refused else change
    return proposals.settled(told, language, undoable=False)


def proposal_of(change: Decision | Proposal) -> Proposal:
    """The change itself."""
    return change if isinstance(change, Proposal) else change.change


def number_of(change: Decision | Proposal) -> int:
    """The number under which the older cards of a change stand."""
    proposal = proposal_of(change)
    return proposal.undoes or proposal.change_id


def number_on(message: Mapping[str, Any]) -> int | None:
    """The change that the buttons of a message decide on, if it has such."""
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            if element.get("action_id") in _BUTTONS and str(element.get("value", "")).isdigit():
                return int(element["value"])
    return None
