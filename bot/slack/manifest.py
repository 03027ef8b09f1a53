"""The app's manifest, made from the surfaces: Slack sends and allows what they name, no more."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.prompts import GENERAL
from bot.slack.surface import Surface
from bot.slack.surfaces import SURFACES
from tools.text import Language, Text

Json = dict[str, Any]
EVENTS_PATH = "/slack/events"
_NAME = "KAM Assistant"
_DESCRIPTION = "Key accounts: who they are, how they score, who covers them, what is next."
_LONG = (
    "Answers questions about key accounts from the company's records and its methodology, with "
    "the inputs, rules and sources of every figure. Changes are proposed, confirmed by a person, "
    "and can be undone. Everybody sees what their role may read; nobody else sees anything. "
    "大客户管理助手：依据公司记录和方法论回答问题，数字均有依据；修改需经本人确认，并可撤销。"
)


def bot_scopes(surfaces: Sequence[Surface] = SURFACES) -> dict[str, Text]:
    """The bot scopes that the surfaces need, each with what it is for."""
    scopes: dict[str, Text] = {}
    for surface in surfaces:
        for scope, reason in surface.scopes.items():
            scopes.setdefault(scope, reason)
    if any(surface.commands or surface.shortcuts for surface in surfaces):
        scopes.setdefault("commands", _COMMANDS)
    return dict(sorted(scopes.items()))


def events(surfaces: Sequence[Surface] = SURFACES) -> list[str]:
    """The events that the surfaces listen to."""
    return sorted({event for surface in surfaces for event in surface.events})


def manifest(url: str | None = None, surfaces: Sequence[Surface] = SURFACES) -> Json:
    """The manifest as JSON: for Socket Mode, or with `url` for requests to that address."""
    features: Json = {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": _NAME, "always_online": True},
        "agent_view": {"agent_description": _DESCRIPTION, "suggested_prompts": _prompts()},
    }
    commands = [
        _with_url(
            {
                "command": command.name,
                "description": command.description,
                "usage_hint": command.hint,
                "should_escape": True,
            },
            url,
        )
        for surface in surfaces
        for command in surface.commands
    ]
    shortcuts = [
        {
            "name": shortcut.name,
            "type": shortcut.kind,
            "callback_id": shortcut.callback_id,
            "description": shortcut.description,
        }
        for surface in surfaces
        for shortcut in surface.shortcuts
    ]
    if commands:
        features["slash_commands"] = commands
    if shortcuts:
        features["shortcuts"] = shortcuts
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": _NAME,
            "description": _DESCRIPTION,
            "long_description": _LONG,
            "background_color": "#1f3a5f",
        },
        "features": features,
        "oauth_config": _oauth(url, surfaces),
        "settings": _settings(url, surfaces),
    }


def _oauth(url: str | None, surfaces: Sequence[Surface]) -> Json:
    scopes: Json = {"scopes": {"bot": list(bot_scopes(surfaces))}}
    if url is None:
        return scopes
    return {"redirect_urls": [f"{_base(url)}/slack/oauth_redirect"], **scopes}


def _settings(url: str | None, surfaces: Sequence[Surface]) -> Json:
    subscriptions: Json = {"bot_events": events(surfaces)}
    interactivity: Json = {"is_enabled": True}
    if url is not None:
        address = _base(url) + EVENTS_PATH
        subscriptions = {"request_url": address, **subscriptions}
        interactivity |= {"request_url": address, "message_menu_options_url": address}
    return {
        "event_subscriptions": subscriptions,
        "interactivity": interactivity,
        "org_deploy_enabled": False,
        "socket_mode_enabled": url is None,
        "token_rotation_enabled": False,
    }


def _with_url(entry: Json, url: str | None) -> Json:
    return entry if url is None else {**entry, "url": _base(url) + EVENTS_PATH}


def _base(url: str) -> str:
    return url.rstrip("/")


def _prompts() -> list[Mapping[str, str]]:
    rendered = [prompt.render(Language.ENGLISH) for prompt in GENERAL]
    return [{"title": prompt, "message": prompt} for prompt in rendered]


_COMMANDS = Text("take commands and shortcuts", "接收命令和快捷方式")
