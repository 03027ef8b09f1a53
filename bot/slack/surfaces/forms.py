"""Structured updates: a modal for each, made from the parameters of the tool that proposes it.

Submitting proposes, it never writes; what does not fit is said at its field.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from bot.slack import visits
from bot.slack.blocks import forms as views
from bot.slack.blocks import inputs
from bot.slack.delivery import propose_later
from bot.slack.desk import Desk
from bot.slack.filling import arguments, place_of, reason_of
from bot.slack.opening import FORMS, OPEN, account_form, open_choice
from bot.slack.pick import known_account
from bot.slack.surface import Surface
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from tools.changes import Proposal
from tools.deps import Deps
from tools.errors import KamError, NotAllowed
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to the button that opens the forms, and to the two modals."""
    visits.on_action(app, desk, OPEN, _open)
    visits.on_view(app, desk, views.CHOSEN, _chosen)
    visits.on_view(app, desk, views.FILLED, _filled)


async def _open(desk: Desk, visit: Visit) -> None:
    """The value of the button names the form to begin with, if any."""
    await open_choice(desk, visit, chosen=visit.value)


async def _chosen(desk: Desk, visit: Visit) -> Submitted:
    """Shows the fields of the update for the account picked."""
    said = inputs.values(visit.body["view"])
    try:
        view = await account_form(desk, visit, said[views.FORM] or "", said[views.ACCOUNT])
    except KamError as error:
        return visit.misfit(views.ACCOUNT, reason_of(error)), None
    return {"response_action": "update", "view": view}, None


async def _filled(desk: Desk, visit: Visit) -> Submitted:
    """Proposes the update, or says at which field it does not fit."""
    view = visit.body["view"]
    kept = json.loads(view["private_metadata"])
    form = FORMS[kept["form"]]
    said = inputs.values(view)
    deps = await visit.deps(desk)
    work = await visits.soon(asyncio.to_thread(_proposed, deps, kept, said))
    error = work.exception() if work.done() else None
    if isinstance(error, NotAllowed):
        raise error
    if isinstance(error, KamError):
        shown = list(said)
        place = place_of(error, form.fields, said)
        return visit.misfit(place if place in shown else shown[0], reason_of(error)), None
    return {"response_action": "clear"}, propose_later(desk, visit, work)


def _proposed(deps: Deps, kept: Mapping[str, Any], said: Mapping[str, str | None]) -> Proposal:
    form = FORMS[kept["form"]]
    account = known_account(deps, str(kept["account"]))
    with deps.sessions() as session:
        given = arguments(session, account.id or 0, form.fields, said)
    return cast("Proposal", form.tool.function(deps, account=account.name, **given))


SURFACE = Surface(
    "forms",
    register,
    scopes={
        "im:write": text(
            "write to somebody what they asked for in a form",
            "把表单中提出的修改发给本人",
        ),
        "chat:write": text("show the proposed change", "显示待确认的修改"),
    },
    actions=(OPEN,),
    views=(views.CHOSEN, views.FILLED),
)
