"""Modals for structured updates: which one, and then its fields."""

from collections.abc import Mapping, Sequence

from bot.slack import pick
from bot.slack.blocks import edits, inputs
from bot.slack.blocks.elements import Json, named
from bot.slack.fields import Field
from tools.text import Language, Text, show, text

CHOSEN, FILLED = "kam_form_chosen", "kam_form_filled"
"""The modal that asks which update, and the one with its fields."""
ACCOUNT, FORM = "account", "form"

_WHAT = text("What to record", "要登记的内容")
_ACCOUNT = text("Account", "客户")
_NEXT, _PROPOSE, _CANCEL = text("Next", "下一步"), text("Propose", "提出"), text("Cancel", "取消")
_UPDATE = text("Update an account", "更新客户资料")
_NOTHING_YET = text(
    "Nothing is written before you confirm the proposed change.", "确认之前不会写入任何内容。"
)
_NONE = text("There is none recorded for this account yet.", "该客户还没有相关记录。")

Records = Mapping[str, Sequence[inputs.Choice]]
Groups = Sequence[tuple[str, Sequence[inputs.Choice]]]


def choice_view(
    forms: Sequence[tuple[str, Text]],
    language: Language,
    *,
    account: inputs.Choice | None = None,
    chosen: str | None = None,
) -> Json:
    """The modal that asks for the kind of update and the account."""
    choices = [(key, show(title, language)) for key, title in forms]
    return inputs.modal(
        CHOSEN,
        show(_UPDATE, language),
        [
            inputs.field(FORM, show(_WHAT, language), inputs.select(choices, chosen)),
            inputs.field(ACCOUNT, show(_ACCOUNT, language), pick.account_menu(language, account)),
        ],
        close=show(_CANCEL, language),
        submit=show(_NEXT, language),
    )


def form_view(
    title: Text,
    account: str,
    fields: Sequence[Field],
    *,
    records: Records,
    groups: Groups,
    language: Language,
    metadata: str,
) -> Json:
    """The modal with the fields of one update. `records` are the account's own by field,
    `groups` the items of checklists."""
    blocks = [
        *inputs.paragraphs(account),
        *(_block(field, records, groups, language) for field in fields),
        {
            "type": "context",
            "elements": [{"type": "plain_text", "text": show(_NOTHING_YET, language)}],
        },
    ]
    return inputs.modal(
        FILLED,
        show(title, language),
        blocks,
        close=show(_CANCEL, language),
        submit=show(_PROPOSE, language),
        metadata=metadata,
    )


def _block(field: Field, records: Records, groups: Groups, language: Language) -> Json:
    if field.kind == "record" and not records.get(field.name):
        none = f"{named(field.label, language)}: {show(_NONE, language)}"
        return {"type": "section", "text": {"type": "plain_text", "text": none}}
    optional = not field.required and not (field.kind == "record" and field.name != "contact")
    return inputs.field(
        field.name,
        named(field.label, language),
        _element(field, records, groups, language),
        optional=optional,
    )


def _element(field: Field, records: Records, groups: Groups, language: Language) -> Json:
    match field.kind:
        case "choice":
            choices = [(key, show(words, language)) for key, words in field.choices]
            return inputs.select(choices, field.default)
        case "yes_no":
            return inputs.select(edits.yes_no(language))
        case "date":
            return inputs.date_input()
        case "integer" | "decimal":
            decimal = field.kind == "decimal"
            return inputs.number_input(
                field.default, decimal=decimal, low=field.low, high=field.high
            )
        case "person":
            return pick.person_menu(language)
        case "record":
            return inputs.select(records[field.name])
        case "item":
            return inputs.grouped_select(groups)
        case _:
            return inputs.text_input(long=field.kind == "long")
