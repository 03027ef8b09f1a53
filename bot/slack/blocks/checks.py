"""Checklists with boxes to tick."""

from collections.abc import Sequence
from itertools import groupby

from bot.slack.blocks.elements import Json, actions, item, listed, plain
from bot.slack.mrkdwn import clean, length
from tools.cards import Check
from tools.text import Language, show

ACTION = "kam_checklist_tick"
_BOXES = 10
_VALUE = 150


def check_blocks(checks: Sequence[Check], language: Language) -> list[Json]:
    """Boxes, ten to a block; an item whose name is too long for a box is only listed."""
    numbered = enumerate(checks)
    tickable = [(n, check) for n, check in numbered if length(value_of(check)) <= _VALUE]
    rest = [check for check in checks if length(value_of(check)) > _VALUE]
    groups = groupby(enumerate(tickable), key=lambda found: found[0] // _BOXES)
    boxes = [_boxes([check for _, (_, check) in group], language) for _, group in groups]
    return boxes + listed(None, (item(show(check.label, language)) for check in rest))


def value_of(check: Check) -> str:
    """What a tick says: account, checklist and item."""
    return clean("|".join((check.account, check.checklist, check.item)))


def _boxes(checks: Sequence[Check], language: Language) -> Json:
    options = [_option(check, language) for check in checks]
    done = [option for option, check in zip(options, checks, strict=True) if check.done]
    element: Json = {"type": "checkboxes", "action_id": ACTION, "options": options}
    return actions([element | ({"initial_options": done} if done else {})])


def _option(check: Check, language: Language) -> Json:
    option: Json = {"text": plain(show(check.label, language), 75), "value": value_of(check)}
    note = show(check.note, language) if check.note else None
    return option | ({"description": plain(note, 75)} if note else {})
