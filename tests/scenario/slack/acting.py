"""What people do with what the bot sent: clicks, modals, commands, shortcuts, menus."""

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.scenario.slack.peer import TEAM, Json, Message, SlackPeer

_TRIGGERS = itertools.count(1)


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that can be acted on, with its block; blocks get an id, as Slack gives."""
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"b{number}")
        if "accessory" in block:
            yield block["accessory"], block
        if block["type"] in ("actions", "context_actions"):
            for element in block["elements"]:
                yield element, block
        if block["type"] == "input":
            yield block["element"], block


def has(message: Message | Json, action: str) -> bool:
    """Whether there is something with this action id."""
    blocks = message.blocks if isinstance(message, Message) else message["blocks"]
    return any(element.get("action_id") == action for element, _ in elements(blocks))


def clicked(
    peer: SlackPeer,
    message: Message,
    action: str,
    user: str,
    *,
    trigger: str | None = None,
    number: int = 0,
    **more: Any,
) -> Json:
    """The body of a click on that element of the message; the `number`th of several."""
    found = [(e, b) for e, b in elements(message.blocks) if e.get("action_id") == action]
    element, block = found[number]
    done = {"action_id": action, "block_id": block["block_id"], "type": element["type"]}
    if "value" in element:
        done["value"] = element["value"]
    return acted(peer, message, {**done, **more}, user, trigger=trigger)


def acted(
    peer: SlackPeer, message: Message, action: Json, user: str, *, trigger: str | None = None
) -> Json:
    """The body of any action on that message."""
    where = {"channel_id": message.channel, "message_ts": message.ts}
    alone = message.only is not None
    threaded = {"thread_ts": message.thread} if message.thread else {}
    return {
        **_person(user, trigger),
        "type": "block_actions",
        "container": {"type": "message", "is_ephemeral": alone, **where, **threaded},
        "channel": {"id": message.channel, "name": "general"},
        "message": {
            "ts": message.ts,
            "text": message.text,
            "blocks": json.loads(json.dumps(message.blocks)),
            **threaded,
        },
        "response_url": f"{peer.url}/respond/{message.ts}",
        "actions": [action],
    }


def submitted(
    view: Json, user: str, values: Mapping[str, Any] | None = None, *, trigger: str | None = None
) -> Json:
    """The body of a submitted modal: `values` by block id over what stands in it already."""
    state: Json = {}
    given = dict(values or {})
    for element, block in elements(view["blocks"]):
        name = block["block_id"]
        said = given.pop(name) if name in given else _initial(element)
        state[name] = {element["action_id"]: _entered(element, said)}
    assert not given, f"no such fields: {sorted(given)}; there are {sorted(state)}"
    return {
        **_person(user, trigger),
        "type": "view_submission",
        "view": {
            **view,
            "id": "V1",
            "hash": "h",
            "team_id": TEAM,
            "state": {"values": state},
        },
    }


def typed(peer: SlackPeer, text: str, user: str, channel: str = "C1") -> Json:
    """The body of `/kam` with this text."""
    person = _person(user, None)
    return {
        "command": "/kam",
        "text": text,
        "team_id": TEAM,
        "team_domain": "peer",
        "channel_id": channel,
        "channel_name": "general",
        "user_id": user,
        "user_name": "someone",
        "api_app_id": "A0KAM",
        "trigger_id": person["trigger_id"],
        "response_url": f"{peer.url}/respond/command",
    }


def shortcut(callback: str, user: str) -> Json:
    """The body of a global shortcut."""
    return {**_person(user, None), "type": "shortcut", "callback_id": callback}


def on_message(peer: SlackPeer, callback: str, text: str, user: str, channel: str = "C1") -> Json:
    """The body of a shortcut on a message of somebody else."""
    return {
        **_person(user, None),
        "type": "message_action",
        "callback_id": callback,
        "channel": {"id": channel, "name": "general"},
        "message_ts": "1.5",
        "message": {"type": "message", "user": "U9999", "ts": "1.5", "text": text},
        "response_url": f"{peer.url}/respond/shortcut",
    }


def searched(action: str, value: str, user: str) -> Json:
    """The body of a request for options, as somebody types."""
    return {
        **_person(user, None),
        "type": "block_suggestion",
        "action_id": action,
        "block_id": "account",
        "value": value,
        "container": {"type": "view"},
    }


def newest(peer: SlackPeer, method: str = "views.open") -> Json:
    """The modal that was opened last."""
    view: Json = peer.named(method)[-1]["view"]
    return json.loads(json.dumps(view)) if isinstance(view, dict) else json.loads(view)


def _person(user: str, trigger: str | None) -> Json:
    return {
        "team": {"id": TEAM, "domain": "peer"},
        "user": {"id": user, "username": "someone", "team_id": TEAM},
        "api_app_id": "A0KAM",
        "token": "unused",
        "trigger_id": trigger or f"{next(_TRIGGERS)}.trigger",
    }


def _initial(element: Json) -> Any:
    for name in ("initial_option", "initial_value", "initial_date"):
        if name in element:
            found = element[name]
            return found["value"] if name == "initial_option" else found
    return None


def _entered(element: Json, said: Any) -> Json:
    kind = element["type"]
    if kind.endswith("select"):
        option = None if said is None else {"value": said, "text": {"text": said}}
        return {"type": kind, "selected_option": option}
    if kind == "datepicker":
        return {"type": kind, "selected_date": said}
    return {"type": kind, "value": said}
