"""What was ticked on a checklist, and the modal that asks what shows it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import inputs
from bot.slack.blocks.elements import Json
from tools.text import Language, show, text

TICKED = "kam_checklist_ticked"
"""The modal that asks for the evidence."""
_MOST = 20
_KEPT = 3_000

_TITLE = text("Checklist", "清单")
_SHOWN_BY = text("What shows it?", "完成的依据")
_PROPOSE, _CANCEL = text("Propose", "提出"), text("Cancel", "取消")
_PART = text("Leave a field empty to leave that item as it is.", "留空的条目保持不变。")


@dataclass(frozen=True)
class Tick:
    """An item whose box was ticked or cleared, as `set_checklist_item` names it."""

    account: str
    checklist: str
    item: str
    label: str
    done: bool


def ticks_of(body: Mapping[str, Any]) -> list[Tick]:
    """The boxes that differ from how the message was sent."""
    action = body["actions"][0]
    chosen = {option["value"] for option in action.get("selected_options") or ()}
    sent = _element(body, action)
    before = {option["value"] for option in sent.get("initial_options") or ()}
    options: Sequence[Json] = sent.get("options") or action.get("selected_options") or ()
    return [
        _tick(option, done=option["value"] in chosen)
        for option in options
        if (option["value"] in chosen) != (option["value"] in before)
    ]


def _tick(option: Json, *, done: bool) -> Tick:
    account, checklist, item = str(option["value"]).rsplit("|", 2)
    return Tick(account, checklist, item, str(option["text"]["text"]), done)


def _element(body: Mapping[str, Any], action: Mapping[str, Any]) -> Json:
    """The boxes as they stand in the message."""
    blocks: Sequence[Json] = (body.get("message") or {}).get("blocks") or ()
    elements = (
        element
        for block in blocks
        if block.get("block_id") == action.get("block_id")
        for element in block.get("elements", ())
    )
    return next(elements, {})


def tick_view(ticks: Sequence[Tick], language: Language) -> Json:
    """A field for the evidence of each item."""
    asked = list(ticks[:_MOST])
    kept = _kept(asked)
    while len(kept) > _KEPT:
        asked.pop()
        kept = _kept(asked)
    several = len(asked) > 1
    blocks: list[Json] = []
    for number, tick in enumerate(asked):
        blocks += inputs.paragraphs(f"{tick.account}: {tick.label}")
        blocks.append(
            inputs.field(
                str(number),
                show(_SHOWN_BY, language),
                inputs.text_input(long=True),
                optional=several,
                hint=show(_PART, language) if several else None,
            )
        )
    return inputs.modal(
        TICKED,
        show(_TITLE, language),
        blocks,
        close=show(_CANCEL, language),
        submit=show(_PROPOSE, language),
        metadata=kept,
    )


def _kept(ticks: Sequence[Tick]) -> str:
    names = ("account", "checklist", "item", "label")
    kept = [{name: getattr(tick, name) for name in names} for tick in ticks]
    return json.dumps(kept, ensure_ascii=False)
