"""What readers think of answers: a thumb, and for a bad one the reason.

Only whoever asked may rate. What is kept suffices to ask again: `kam feedback` lists it as cases
for the evaluation.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack import visits
from bot.slack.answer import Where
from bot.slack.blocks import feedback as views
from bot.slack.blocks import inputs
from bot.slack.blocks.asked import call_of
from bot.slack.blocks.cards import WHY
from bot.slack.blocks.replies import FEEDBACK
from bot.slack.blocks.written import written
from bot.slack.desk import Desk
from bot.slack.inbound import plain
from bot.slack.surface import Surface
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from tools.data import feedback as kept
from tools.data.models import Feedback
from tools.errors import NotAllowed
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

_SURFACE = "slack"
# Slack's clock and ours may differ by so much.
_SKEW = timedelta(seconds=5)
_NOT_YOURS = text(
    "Only the person who asked can rate this answer.", "只有提问的人可以评价这个回答。"
)


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to the thumbs, and to the modal that asks for a reason."""
    visits.on_action(app, desk, FEEDBACK, _rated)
    visits.on_view(app, desk, views.GIVEN, _explained)


async def _rated(desk: Desk, visit: Visit) -> None:
    """Keeps the rating at once; a bad one opens the modal, which may be skipped."""
    where = visit.where
    if where is None:
        return
    good = visit.value == "good"
    asked = await asyncio.to_thread(_asked, desk, visit, where)
    if asked is None or asked.person_id != visit.visitor.asker.person_id:
        raise NotAllowed(_NOT_YOURS)
    if not good:
        metadata = json.dumps({"place": where.place, "moment": where.moment})
        view = views.reason_view(visit.language, metadata)
        await visit.open(view)
    question = await _question(visit.client, where, asked.thread)
    message: Mapping[str, Any] = visit.body.get("message") or {}
    given = Feedback(
        at=desk.clock(),
        person_id=visit.visitor.asker.person_id,
        surface=_SURFACE,
        place=where.place,
        thread=asked.thread,
        moment=where.moment,
        good=good,
        question=question,
        answer=written(message.get("blocks") or ()) or str(message.get("text") or ""),
        calls={"calls": _calls(message, asked.tools)},
        model=asked.model,
    )
    await asyncio.to_thread(_keep, desk, given)


def _asked(desk: Desk, visit: Visit, where: Where) -> kept.Asked | None:
    until = datetime.fromtimestamp(float(where.moment), UTC) + _SKEW
    person = visit.visitor.asker.person_id
    with desk.sessions() as session:
        return kept.asked_before(session, where.place, until, where.thread, person)


def _keep(desk: Desk, given: Feedback) -> None:
    with desk.sessions() as session:
        kept.keep(session, given)


async def _explained(desk: Desk, visit: Visit) -> Submitted:
    """Adds the reason to the rating that stands."""
    view = visit.body["view"]
    place = json.loads(view["private_metadata"])
    said = inputs.values(view)
    reason = ": ".join(part for part in (said.get(views.REASON), said.get(views.WORDS)) if part)
    given = Feedback(
        person_id=visit.visitor.asker.person_id,
        surface=_SURFACE,
        thread="",
        good=False,
        question="",
        answer="",
        model="",
        **place,
    )

    def add() -> None:
        with desk.sessions() as session:
            kept.add_reason(session, given, reason)

    await asyncio.to_thread(add)
    return {}, None


async def _question(client: "AsyncWebClient", where: Where, thread: str) -> str:
    """The words that were answered: the person's last ones before the answer, in its thread."""
    try:
        answer = await client.conversations_replies(
            channel=where.channel, ts=thread, latest=where.moment, inclusive=True, limit=200
        )
    except SlackApiError:
        return ""
    found: Sequence[Mapping[str, Any]] = answer.get("messages") or ()
    own = [m for m in found if m.get("user") == where.user and str(m["ts"]) <= where.moment]
    return plain(str(own[-1].get("text") or ""), None) if own else ""


def _calls(message: Mapping[str, Any], tools: Sequence[str]) -> list[dict[str, Any]]:
    """The tools that ran, with their arguments as far as the message's buttons hold them."""
    held = [
        call_of(str(element["value"]))
        for block in message.get("blocks") or ()
        if block.get("type") == "actions"
        for element in block.get("elements", ())
        if element.get("action_id") == WHY
    ]
    arguments = dict(held)
    return [{"name": name, "arguments": arguments.get(name)} for name in tools]


SURFACE = Surface(
    "feedback",
    register,
    actions=(FEEDBACK,),
    views=(views.GIVEN,),
)
