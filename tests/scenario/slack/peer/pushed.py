"""Which ways into the app a test has gone: the events, commands, clicks, modals and menus that
the peer handed over, and how."""

from dataclasses import dataclass

from tests.scenario.slack.peer.workspace import Json

_SORTS = {"im": "im", "mpim": "mpim", "channel": "channels", "group": "groups"}


@dataclass(frozen=True)
class Way:
    """`kind` and `name` as a surface declares it; `transport` is "http" or "socket"."""

    kind: str
    name: str
    transport: str


PUSHED: set[Way] = set()
"""All that any peer of this process has handed over."""


def push(body: Json, transport: str) -> None:
    """Notes what this body is, which the app is about to get."""
    PUSHED.update(Way(kind, name, transport) for kind, name in _named(body))


def _named(body: Json) -> list[tuple[str, str]]:
    match body.get("type"):
        case "event_callback":
            return [("events", _event(body["event"]))]
        case "block_actions":
            return [("actions", action["action_id"]) for action in body["actions"]]
        case "view_submission":
            return [("views", body["view"]["callback_id"])]
        case "shortcut" | "message_action":
            return [("shortcuts", body["callback_id"])]
        case "block_suggestion":
            return [("options", body["action_id"])]
        case _:
            return [("commands", body["command"])] if "command" in body else []


def _event(event: Json) -> str:
    """Messages are subscribed to by the sort of their conversation."""
    kind = str(event.get("type"))
    sort = _SORTS.get(str(event.get("channel_type")))
    return f"{kind}.{sort}" if kind == "message" and sort else kind
