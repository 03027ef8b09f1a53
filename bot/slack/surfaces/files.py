"""Shared files: into the knowledge library, or to an account as a proposed change.

The card that asks is sent with the message that brings the file. Nothing is fetched until the
modal is submitted. A file for the library is kept with the level and unit chosen there; of one
for an account only its text is taken, as a note or as a section of its plan, and proposed.
"""

import asyncio
import json
from typing import TYPE_CHECKING, cast

from sqlmodel import col, select

from bot.slack import visits
from bot.slack.blocks import files as views
from bot.slack.blocks import inputs
from bot.slack.delivery import propose_in_private
from bot.slack.desk import Desk
from bot.slack.downloading import SharedFile, fetched
from bot.slack.offering import may_teach
from bot.slack.pick import writable_account
from bot.slack.surface import Surface
from bot.slack.telling import whisper
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from tools import documents, handed_in
from tools.access import rights_of
from tools.changes import Proposal
from tools.data.models import Account, Unit
from tools.data.organisation import unit_id_of
from tools.deps import Deps
from tools.errors import BadInput, KamError, NotAllowed
from tools.text import Text, text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_LONGEST = {views.NOTE: 8_000, views.SECTION: 20_000}
_NOT_YOURS = text(
    "Only sales operations add documents to the knowledge library.",
    "只有销售运营可以向知识库添加文档。",
)
_TWO_UNITS = text(
    "Several units are called {unit}, so I cannot tell whom the document is for.",
    "有多个名为“{unit}”的部门，无法确定文档的适用范围。",
)
_NO_UNIT = text("This unit is not there any more.", "该部门已不存在。")
_TOO_LONG = text(
    "{name} has {length} characters, more than the {most} that this takes. Shorten it, or let "
    "sales operations add it to the knowledge library.",
    "{name} 共 {length} 字，超过 {most} 字的上限。请缩短，或请销售运营放入知识库。",
)
_KEPT = text(
    "{name} is in the knowledge library: level {level}, for {unit}. The next question finds it.",
    "{name} 已放入知识库：{level}级，适用于{unit}，下次提问即可检索到。",
)
_EVERYBODY = text("everybody", "所有人")


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to the card's buttons and to both modals; the message that brings a file says
    all that the event of its sharing would."""

    async def seen() -> None:
        """Tells Slack that it need not send this again."""

    app.event("file_shared")(seen)
    visits.on_action(app, desk, views.LIBRARY, _library)
    visits.on_action(app, desk, views.ACCOUNT, _account)
    visits.on_view(app, desk, views.KEPT, _kept)
    visits.on_view(app, desk, views.PROPOSED, _proposed)


async def _library(desk: Desk, visit: Visit) -> None:
    deps = await visit.deps(desk)
    units = await asyncio.to_thread(_units, deps)
    file = json.loads(visit.value)
    await visit.open(views.library_view(file["file"], file["name"], units, visit.language))


async def _account(_desk: Desk, visit: Visit) -> None:
    file = json.loads(visit.value)
    await visit.open(views.account_view(file["file"], file["name"], visit.language))


async def _kept(desk: Desk, visit: Visit) -> Submitted:
    """Takes the file into the library, with the level and for the unit that were chosen."""
    said = inputs.values(visit.body["view"])
    deps = await visit.deps(desk)
    try:
        placing = await asyncio.to_thread(_placing, deps, said)
    except NotAllowed:
        raise
    except KamError as error:
        return visit.misfit(views.UNIT, error.message), None
    return {}, _keep(desk, visit, deps, placing)


async def _keep(desk: Desk, visit: Visit, deps: Deps, placing: documents.Placing) -> None:
    file = await _fetched(desk, visit)
    home = desk.settings.home
    await asyncio.to_thread(documents.keep, home, file.content, file.name, placing)
    await asyncio.to_thread(_note_kept, deps, file, placing)
    kept = text(
        _KEPT.en,
        _KEPT.zh,
        name=file.name,
        level=placing.level,
        unit=placing.unit or _EVERYBODY,
    )
    await whisper(visit, kept)


async def _proposed(desk: Desk, visit: Visit) -> Submitted:
    """Proposes what the file says as a change of the account."""
    said = inputs.values(visit.body["view"])
    deps = await visit.deps(desk)
    try:
        account = await asyncio.to_thread(writable_account, deps, said[views.OF])
    except KamError as error:
        return visit.misfit(views.OF, error.message), None
    return {}, _propose(desk, visit, deps, account)


async def _propose(desk: Desk, visit: Visit, deps: Deps, account: Account) -> None:
    said, name = inputs.values(visit.body["view"]), account.name
    kind = said[views.AS] or views.NOTE
    file = await _fetched(desk, visit)
    body = await asyncio.to_thread(_words, deps, file, account, _LONGEST[kind])
    if kind == views.NOTE:
        result = await desk.run("note_to_plan", deps, note=body, account=name)
    else:
        title = said[views.TITLE] or file.name
        result = await desk.run("add_plan_section", deps, account=name, section=title, body=body)
    proposal = cast("Proposal", result)
    await asyncio.to_thread(_note_proposed, deps, file, account, proposal)
    await propose_in_private(desk, visit, proposal)


async def _fetched(desk: Desk, visit: Visit) -> SharedFile:
    kept = json.loads(visit.body["view"]["private_metadata"])
    most = desk.settings.slack_file_megabytes
    return await fetched(visit.client, kept["file"], megabytes=most)


def _units(deps: Deps) -> list[inputs.Choice]:
    """Every unit, for those who may teach the library."""
    with deps.sessions() as session:
        if not may_teach(rights_of(session, deps.asker, deps.today)):
            raise NotAllowed(_NOT_YOURS)
        units = session.exec(select(Unit).order_by(col(Unit.name))).all()
        return [(str(unit.id), unit.name) for unit in units]


def _placing(deps: Deps, said: dict[str, str | None]) -> documents.Placing:
    """The level and unit chosen; raises `NotAllowed`, and `BadInput` for a unit that its name
    does not tell from others."""
    with deps.sessions() as session:
        if not may_teach(rights_of(session, deps.asker, deps.today)):
            raise NotAllowed(_NOT_YOURS)
        level, chosen = int(said[views.LEVEL] or 1), said[views.UNIT] or views.EVERYBODY
        if chosen == views.EVERYBODY:
            return documents.Placing(level)
        unit = session.get(Unit, int(chosen))
        if unit is None:
            raise BadInput(_NO_UNIT)
        if unit_id_of(session, unit.name) != unit.id:
            raise BadInput(text(_TWO_UNITS.en, _TWO_UNITS.zh, unit=unit.name))
        return documents.Placing(level, unit.name)


def _words(deps: Deps, file: SharedFile, account: Account, most: int) -> str:
    """The text of the file, not yet proposed for the account."""
    with deps.sessions() as session:
        digest = documents.digest_of(file.content)
        handed_in.require_new(session, digest, account.id or 0, deps.clock())
    found = documents.words_of(documents.read_handed_in(file.content, file.name))
    if len(found) > most:
        raise BadInput(_length(file.name, len(found), most))
    return found


def _length(name: str, length: int, most: int) -> Text:
    return text(_TOO_LONG.en, _TOO_LONG.zh, name=name, length=length, most=most)


def _note_kept(deps: Deps, file: SharedFile, placing: documents.Placing) -> None:
    with deps.sessions() as session:
        handed_in.note_kept(
            session,
            documents.digest_of(file.content),
            by=deps.asker,
            at=deps.clock(),
            surface=deps.surface,
            level=placing.level,
            unit=placing.unit or "",
        )


def _note_proposed(deps: Deps, file: SharedFile, account: Account, proposal: Proposal) -> None:
    with deps.sessions() as session:
        handed_in.note_proposed(
            session,
            documents.digest_of(file.content),
            by=deps.asker,
            at=deps.clock(),
            surface=deps.surface,
            account_id=account.id or 0,
            change_id=proposal.change_id,
        )


SURFACE = Surface(
    "files",
    register,
    events=("file_shared",),
    scopes={
        "files:read": text(
            "fetch a file that somebody shared with it, after they chose what to do with it",
            "在本人选择处理方式后，读取分享给它的文件",
        ),
    },
    actions=(views.LIBRARY, views.ACCOUNT),
    views=(views.KEPT, views.PROPOSED),
)
