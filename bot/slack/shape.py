"""The form of what Slack sends, as far as it is read here.

A request that failed and is not of this form would fail again however often it is sent, so it
is acknowledged and left. Text in it is made fit for a database.
"""

import re
from collections.abc import Mapping
from typing import Any

from kam_knowledge.scripts import storable

_ID = re.compile(r"[\w.:*-]{0,255}", re.ASCII)
_MESSAGE = {"ts": _ID, "thread_ts": _ID, "text": str, "blocks": [{}]}
_ACTION = {"action_id": _ID, "block_id": str, "value": str, "selected_option": {"value": str}}
_SHAPE: dict[str, Any] = {
    "type": _ID,
    "team_id": _ID,
    "enterprise_id": _ID,
    "event_id": _ID,
    "user_id": _ID,
    "channel_id": _ID,
    "trigger_id": _ID,
    "action_id": _ID,
    "callback_id": _ID,
    "response_url": str,
    "command": str,
    "text": str,
    "value": str,
    "authorizations": [{"team_id": _ID, "enterprise_id": _ID, "user_id": _ID}],
    "event": {
        **dict.fromkeys(("type", "subtype", "user", "channel", "channel_type", "team"), _ID),
        **dict.fromkeys(("ts", "thread_ts", "bot_id", "tab", "event_ts"), _ID),
        "text": str,
        "context": {},
        "files": [{"id": _ID}],
        "streaming_message_ts": [_ID],
    },
    "team": {"id": _ID},
    "enterprise": {"id": _ID},
    "user": {"id": _ID, "team_id": _ID},
    "channel": {"id": _ID},
    "container": {"type": _ID, "channel_id": _ID, "message_ts": _ID, "thread_ts": _ID},
    "message": _MESSAGE,
    "actions": [_ACTION],
    "view": {
        **dict.fromkeys(("id", "callback_id", "hash", "type", "team_id"), _ID),
        "private_metadata": str,
        "blocks": [{}],
        "state": {"values": {}},
    },
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "event_callback": ("event", "event_id", "team_id"),
    "block_actions": ("user", "actions", "trigger_id"),
    "view_submission": ("user", "view", "trigger_id"),
    "view_closed": ("user", "view"),
    "shortcut": ("user", "trigger_id", "callback_id"),
    "message_action": ("user", "trigger_id", "callback_id", "message"),
    "block_suggestion": ("user", "action_id"),
    "": ("type",),
}


def misfit(body: Any) -> str | None:
    """The first field that is missing or of another type than Slack's, or None."""
    if not isinstance(body, dict):
        return "the body"
    return _missing(body) or _misfit(body, _SHAPE, "")


def fit(value: Any) -> Any:
    """The value with every text in it fit for a database: no zero bytes, no half characters."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {fit(key): fit(held) for key, held in value.items()}
    return [fit(held) for held in value] if isinstance(value, list) else value


def _missing(body: Mapping[str, Any]) -> str | None:
    """The first field that such a request always has and this one has not; a command has no
    type."""
    kind = body.get("type")
    if not isinstance(kind, str):
        return None if body.get("user_id") else "user_id"
    needed = (name for name in _NEEDED.get(kind, ()) if not body.get(name))
    within = {"block_actions": ("actions", "action_id"), "view_submission": ("view", "type")}
    return next(needed, None) or (_lacking(body, *within[kind]) if kind in within else None)


def _lacking(body: Mapping[str, Any], name: str, key: str) -> str | None:
    """The field `name` where it, or one of its items, has not that key."""
    held = body[name] if isinstance(body[name], list) else [body[name]]
    whole = all(isinstance(item, dict) and item.get(key) for item in held)
    return None if whole else name


def _misfit(value: Any, shape: Any, path: str) -> str | None:
    if value is None:
        return None
    if isinstance(shape, dict):
        return _misfit_in(value, shape, path)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return path
        found = (_misfit(held, shape[0], f"{path}[]") or _absent(held, path) for held in value)
        return next((place for place in found if place), None)
    if not isinstance(value, str):
        return path
    return path if isinstance(shape, re.Pattern) and not shape.fullmatch(value) else None


def _misfit_in(value: Any, shape: Mapping[str, Any], path: str) -> str | None:
    if not isinstance(value, dict):
        return path
    found = (_misfit(value.get(key), held, f"{path}.{key}") for key, held in shape.items())
    return next((place for place in found if place), None)


def _absent(held: Any, path: str) -> str | None:
    return f"{path}[]" if held is None else None
