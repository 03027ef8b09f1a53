"""What one way in from Slack is, and what it asks the manifest for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tools.text import Text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from bot.slack.desk import Desk


@dataclass(frozen=True)
class Command:
    """A slash command as the manifest names it."""

    name: str
    description: str
    hint: str


@dataclass(frozen=True)
class Shortcut:
    """A shortcut on a message, or a global one."""

    callback_id: str
    name: str
    description: str
    kind: Literal["message", "global"]


@dataclass(frozen=True)
class Surface:
    """One way in: its listeners, and everything that Slack must send or allow for them.

    `scopes` says of each bot scope why it is needed. `actions`, `views` and `options` are the
    identifiers that `register` listens to; an identifier that ends in "*" stands for those that
    begin with it.
    """

    name: str
    register: "Callable[[AsyncApp, Desk], None]"
    events: tuple[str, ...] = ()
    scopes: Mapping[str, Text] = field(default_factory=dict)
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    actions: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
