"""The manifest and the README name exactly what the code listens to and asks for."""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from bot.slack.manifest import bot_scopes, events, manifest
from bot.slack.steps import titles
from bot.slack.surface import Surface
from bot.slack.surfaces import SURFACES
from tools.catalog import READS, WRITES

README = Path(__file__).parents[3] / "README.md"


class Listeners:
    """Stands for the app, and notes what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = defaultdict(set)

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def listen(name: Any = None, *_more: Any, **_options: Any) -> Any:
            self.heard[kind].add(_identifier(name))
            return lambda function: function

        return listen


def _identifier(name: Any) -> str:
    """The name; a pattern or an object of constraints as the surfaces write it."""
    if isinstance(name, re.Pattern):
        return re.sub(r"\\(.)", r"\1", name.pattern).strip("^$").removesuffix(".*") + "*"
    if isinstance(name, dict):
        return str(name.get("action_id") or name.get("callback_id") or name.get("type"))
    return str(name)


def _heard(surface: Surface) -> dict[str, set[str]]:
    app = Listeners()
    surface.register(app, MagicMock())  # type: ignore[arg-type]
    return app.heard


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_each_surface_names_what_it_listens_to(surface: Surface) -> None:
    heard = _heard(surface)
    assert {event.partition(".")[0] for event in surface.events} == heard["event"]
    assert {command.name for command in surface.commands} == heard["command"]
    assert {shortcut.callback_id for shortcut in surface.shortcuts} == heard["shortcut"]
    assert len(surface.actions) == len(heard["action"])
    assert {a for a in surface.actions if "*" not in a} <= heard["action"]
    assert set(surface.views) == heard["view"]
    assert set(surface.options) == heard["options"]


def test_the_manifest_subscribes_to_what_is_heard() -> None:
    told = manifest()
    assert told["settings"]["event_subscriptions"]["bot_events"] == events()
    assert told["oauth_config"]["scopes"]["bot"] == sorted(bot_scopes())
    assert told["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(told)
    commands = {c["command"] for c in told["features"].get("slash_commands", ())}
    assert commands == {c.name for surface in SURFACES for c in surface.commands}
    shortcuts = {s["callback_id"] for s in told["features"].get("shortcuts", ())}
    assert shortcuts == {s.callback_id for surface in SURFACES for s in surface.shortcuts}


def test_over_http_everything_goes_to_one_address() -> None:
    told = manifest("https://kam.example.com/")
    address = "https://kam.example.com/slack/events"
    assert told["settings"]["event_subscriptions"]["request_url"] == address
    assert told["settings"]["interactivity"]["request_url"] == address
    assert told["settings"]["interactivity"]["message_menu_options_url"] == address
    assert {c["url"] for c in told["features"].get("slash_commands", ())} <= {address}
    assert told["settings"]["socket_mode_enabled"] is False


def test_the_manifest_keeps_slacks_limits() -> None:
    told = manifest()
    shown = told["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(told["features"]["agent_view"]["agent_description"]) <= 300
    assert len(told["features"]["agent_view"]["suggested_prompts"]) <= 4
    for shortcut in told["features"].get("shortcuts", ()):
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in told["features"].get("slash_commands", ()):
        assert len(command["description"]) <= 2000


def test_the_readme_explains_every_scope() -> None:
    explained = re.findall(
        r"^\| `([a-z_.]+:[a-z_.]+|commands)` \| (.+) \|$", README.read_text(), re.M
    )
    wanted = {scope: reason.en for scope, reason in bot_scopes().items()}
    assert dict(explained) == wanted


def test_every_tool_has_words_for_what_it_does() -> None:
    assert set(titles()) == {tool.name for tool in (*READS, *WRITES)}
