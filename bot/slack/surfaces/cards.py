"""The buttons on answers: why, the passage in full, and the boxes of checklists.

Each is worked out anew for the person who clicks, within what they may see.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from bot.slack import visits
from bot.slack.blocks import cards, checks, inputs, views
from bot.slack.blocks.asked import call_of
from bot.slack.blocks.ticks import TICKED, Tick, tick_view, ticks_of
from bot.slack.delivery import propose_in_private
from bot.slack.desk import Desk
from bot.slack.records import item_words
from bot.slack.surface import Surface
from bot.slack.visit import Visit
from bot.slack.visits import Submitted
from tools.access import scope_of
from tools.changes import Proposal
from tools.deps import Deps
from tools.errors import KamError, NotAllowed, NotFound
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from kam_knowledge.documents import Passage

_NO_PASSAGE = text(
    "This passage is not there any more, or not open to you.", "该段原文已不存在，或未对您开放。"
)
_NO_EVIDENCE = text("What shows that it is done?", "请说明完成的依据。")


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to the buttons and boxes of cards."""
    visits.on_action(app, desk, cards.WHY, _why)
    visits.on_action(app, desk, cards.PASSAGE, _passage)
    visits.on_action(app, desk, checks.ACTION, _tick)
    visits.on_view(app, desk, TICKED, _ticked)


async def _why(desk: Desk, visit: Visit) -> None:
    """Asks the same tool again as the person who clicks, and shows how it came to its result."""
    name, arguments = call_of(visit.value)
    deps = await visit.deps(desk)
    result = await asyncio.to_thread(_asked_again, deps, name, arguments)
    await visit.open(views.why_view(result.card(), visit.language))


def _asked_again(deps: Deps, name: str, arguments: Mapping[str, Any]) -> Any:
    from bot.agent.binding import arguments_of
    from tools.catalog import READS

    tool = next((one for one in READS if one.name == name), None)
    if tool is None:
        raise NotFound(text("There is nothing to explain here.", "这里没有可解释的内容。"))
    typed = arguments_of(tool).model_validate(arguments)
    return tool.function(deps, **{key: getattr(typed, key) for key in typed.model_fields_set})


async def _passage(desk: Desk, visit: Visit) -> None:
    deps = await visit.deps(desk)
    found = await asyncio.to_thread(passage_of, deps, visit.value)
    if found is None:
        raise NotFound(_NO_PASSAGE)
    await visit.open(views.passage_view(found, visit.language))


def passage_of(deps: Deps, passage_id: str) -> "Passage | None":
    """The passage, where this person may read it."""
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
    return deps.library.passage(passage_id, scope.readable())


async def _tick(desk: Desk, visit: Visit) -> None:
    """Boxes ticked or cleared: what shows that items are done is asked for, the rest proposed."""
    changed = ticks_of(visit.body)
    if not changed:
        return
    done = [tick for tick in changed if tick.done]
    if done:
        await visit.open(tick_view(done, visit.language))
    for tick in changed:
        if not tick.done:
            proposal = await _proposed(desk, visit, tick, "")
            await propose_in_private(desk, visit, proposal)


async def _ticked(desk: Desk, visit: Visit) -> Submitted:
    """Proposes each item for which there is evidence."""
    view = visit.body["view"]
    ticks = [Tick(**kept, done=True) for kept in json.loads(view["private_metadata"])]
    said = inputs.values(view)
    proposals: list[Proposal] = []
    for number, tick in enumerate(ticks):
        evidence = said.get(str(number))
        if evidence:
            try:
                proposals.append(await _proposed(desk, visit, tick, evidence))
            except NotAllowed:
                raise
            except KamError as error:
                return visit.misfit(str(number), error.message), None
    if not proposals:
        return visit.misfit("0", _NO_EVIDENCE), None
    return {}, _all_proposed(desk, visit, proposals)


async def _all_proposed(desk: Desk, visit: Visit, proposals: Sequence[Proposal]) -> None:
    for proposal in proposals:
        await propose_in_private(desk, visit, proposal)


async def _proposed(desk: Desk, visit: Visit, tick: Tick, evidence: str) -> Proposal:
    deps = await visit.deps(desk)
    proposal = await desk.run(
        "set_checklist_item",
        deps,
        account=tick.account,
        **item_words(f"{tick.checklist}:{tick.item}"),
        state="done" if tick.done else "open",
        evidence=evidence,
    )
    return cast("Proposal", proposal)


SURFACE = Surface(
    "cards",
    register,
    scopes={"im:write": text("write to a person alone", "向本人发送私信")},
    actions=(cards.WHY, cards.PASSAGE, checks.ACTION),
    views=(TICKED,),
)
