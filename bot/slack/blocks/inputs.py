"""Modals and what is typed into them: input blocks, and the values that come back."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.blocks.elements import Json, plain
from bot.slack.mrkdwn import cut, pieces, shown

Choice = tuple[str, str]
"""The value of an option (at most 150 characters), and what it is called."""

INPUT = "kam_input"
"""The action id of every element that is only read when its modal is submitted."""
LONGEST = 3_000
"""Characters that a text field takes."""
MOST_OPTIONS = 100
_LABEL, _HINT, _OPTION, _VALUE = 2_000, 2_000, 75, 150


def field(
    name: str, label: str, element: Json, *, optional: bool = False, hint: str | None = None
) -> Json:
    """An input block; `name` is its block id, under which its value comes back."""
    block: Json = {
        "type": "input",
        "block_id": name,
        "label": plain(label, _LABEL),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": plain(hint, _HINT)} if hint else {})


def text_input(value: str | None = None, *, long: bool = False, most: int = LONGEST) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": INPUT,
        "multiline": long,
        "max_length": most,
    }
    return element | ({"initial_value": cut(value, most)} if value else {})


def number_input(
    value: str | None = None,
    *,
    decimal: bool,
    low: int | None = None,
    high: int | None = None,
) -> Json:
    bounds = {"min_value": low, "max_value": high}
    element: Json = {
        "type": "number_input",
        "action_id": INPUT,
        "is_decimal_allowed": decimal,
        **{name: str(bound) for name, bound in bounds.items() if bound is not None},
    }
    return element | ({"initial_value": value} if value else {})


def date_input(value: str | None = None) -> Json:
    element: Json = {"type": "datepicker", "action_id": INPUT}
    return element | ({"initial_date": value} if value else {})


def select(
    choices: Sequence[Choice],
    value: str | None = None,
    *,
    action: str = INPUT,
    placeholder: str | None = None,
) -> Json:
    """A menu of at most a hundred choices, of which `value` is chosen."""
    options = {key: option(key, name) for key, name in choices[:MOST_OPTIONS]}
    element: Json = {
        "type": "static_select",
        "action_id": action,
        "options": list(options.values()),
    }
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element | ({"initial_option": options[value]} if value in options else {})


def grouped_select(groups: Sequence[tuple[str, Sequence[Choice]]]) -> Json:
    """A menu whose choices stand under headings."""
    return {
        "type": "static_select",
        "action_id": INPUT,
        "option_groups": [
            {
                "label": plain(title, _OPTION),
                "options": [option(*choice) for choice in choices[:MOST_OPTIONS]],
            }
            for title, choices in groups[:MOST_OPTIONS]
            if choices
        ],
    }


def lookup(action: str, chosen: Choice | None = None, *, placeholder: str) -> Json:
    """A menu whose options are searched for as somebody types."""
    element: Json = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 1,
        "placeholder": plain(placeholder, 150),
    }
    return element | ({"initial_option": option(*chosen)} if chosen else {})


def option(value: str, name: str) -> Json:
    return {"text": plain(name, _OPTION), "value": cut(value, _VALUE)}


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Json],
    *,
    close: str,
    submit: str | None = None,
    metadata: str = "",
) -> Json:
    """A modal; the labels of its buttons and its title hold 24 characters."""
    view: Json = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "private_metadata": metadata,
        "blocks": list(blocks)[:100],
    }
    return view | ({"submit": plain(submit, 24)} if submit else {})


def paragraphs(text: str) -> list[Json]:
    """A text of any length as sections of plain text."""
    return [
        {"type": "section", "text": {"type": "plain_text", "text": piece, "emoji": False}}
        for piece in pieces(shown(text), LONGEST)
    ]


def values(view: Mapping[str, Any]) -> dict[str, str | None]:
    """What was entered into a modal, by block id; None where a field is empty."""
    state: Mapping[str, Mapping[str, Json]] = view.get("state", {}).get("values", {})
    return {name: _value(next(iter(parts.values()), {})) for name, parts in state.items()}


def _value(entered: Mapping[str, Any]) -> str | None:
    chosen = entered.get("selected_option")
    if chosen:
        return str(chosen["value"])
    found = entered.get("value") or entered.get("selected_date")
    return str(found) if found else None
