"""The modal in which a proposed change is edited before it is confirmed."""

from collections.abc import Sequence
from itertools import groupby

from bot.slack.blocks import inputs
from bot.slack.blocks.elements import Json, named
from bot.slack.mrkdwn import cut
from tools.changes import EditableField
from tools.text import Language, show, text

EDITED = "kam_proposal_edited"
"""The callback id of the modal."""
_MOST_FIELDS = 90
_WORDS = 280
_CANCEL, _CHECK = text("Cancel", "取消"), text("Check", "核对")


def edit_view(
    proposal_id: int, fields: Sequence[EditableField], language: Language, metadata: str
) -> Json:
    """The modal with the fields that may get another value, line by line.

    Where there are more than a modal holds, only those that the proposal sets are shown.
    """
    if len(fields) > _MOST_FIELDS:
        fields = [field for field in fields if field.said]
    blocks: list[Json] = []
    for _, line in groupby(fields[:_MOST_FIELDS], key=lambda f: f.position):
        members = list(line)
        if len({field.position for field in fields}) > 1 and len(blocks) + len(members) < 99:
            blocks += inputs.paragraphs(cut(show(members[0].record, language), _WORDS))
        blocks += [_input(field, language) for field in members]
    return inputs.modal(
        EDITED,
        text("Edit change #{id}", "编辑修改 #{id}", id=str(proposal_id)).render(language),
        blocks,
        close=show(_CANCEL, language),
        submit=show(_CHECK, language),
        metadata=metadata,
    )


def field_id(position: int, name: str) -> str:
    """The block id of a field; the text of its input block comes back under it."""
    return f"kam_{position}_{name}"


def field_of(block_id: str) -> tuple[int, str] | None:
    """The line and field that a block id stands for."""
    _, position, name = [*block_id.split("_", 2), "", ""][:3]
    return (int(position), name) if position.isdigit() else None


def _input(field: EditableField, language: Language) -> Json:
    shape = field.shape
    value = None if field.value is None else str(field.value)
    element: Json
    match shape.kind:
        case "choice":
            choices = [(key, show(name, language)) for key, name in shape.choices]
            element = inputs.select(choices, value)
        case "yes_no":
            kept = None if field.value is None else str(field.value).lower()
            element = inputs.select(yes_no(language), kept)
        case "date":
            element = inputs.date_input(value)
        case "integer" | "decimal":
            decimal = shape.kind == "decimal"
            element = inputs.number_input(value, decimal=decimal, low=shape.low, high=shape.high)
        case _:
            element = inputs.text_input(value, long=shape.kind == "long")
    return inputs.field(
        field_id(*field.place), named(shape.label, language), element, optional=not shape.required
    )


def yes_no(language: Language) -> list[inputs.Choice]:
    """The two choices of a field that is yes or no."""
    return [("true", show(True, language)), ("false", show(False, language))]
