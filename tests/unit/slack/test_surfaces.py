"""What each surface names is what it listens to."""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any, cast

import pytest

from bot.slack.blocks.home import SNOOZE, STOP
from bot.slack.blocks.proposals import CANCEL, CONFIRM, REMOVE, UNDO
from bot.slack.surface import Surface
from bot.slack.surfaces import SURFACES


class Listening:
    """An app that notes what is listened to."""

    def __init__(self) -> None:
        self.heard: dict[str, set[str]] = defaultdict(set)

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def listen(name: Any, *_: Any, **__: Any) -> Callable[[Any], Any]:
            said = name.pattern + "*" if isinstance(name, re.Pattern) else name
            self.heard[kind].add(said if isinstance(said, str) else str(said))
            return lambda function: function

        return listen


class Anything:
    """A desk of which nothing is asked for yet."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return self


@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: cast("Surface", one).name)
def test_a_surface_listens_to_what_it_names(surface: Surface) -> None:
    app = Listening()
    surface.register(cast("Any", app), cast("Any", Anything()))
    named = {
        "action": set(surface.actions),
        "view": set(surface.views),
        "options": set(surface.options),
        "shortcut": {shortcut.callback_id for shortcut in surface.shortcuts},
        "command": {command.name for command in surface.commands},
    }
    heard = {kind: app.heard.get(kind, set()) for kind in named}
    assert heard == named


def test_what_decides_is_kept_until_it_is_carried_out() -> None:
    desk = Anything()
    for surface in SURFACES:
        surface.register(cast("Any", Listening()), cast("Any", desk))
    assert set(desk.kept) == {CONFIRM, CANCEL, UNDO, REMOVE, SNOOZE, STOP}


def test_nothing_is_listened_to_twice() -> None:
    for kind in ("actions", "views", "options"):
        names = [name for surface in SURFACES for name in getattr(surface, kind)]
        assert len(names) == len(set(names))
