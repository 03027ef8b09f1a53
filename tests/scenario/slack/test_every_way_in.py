"""Every event, command, action, view, menu and shortcut has a scenario that names it."""

import ast
import importlib
from pathlib import Path
from types import ModuleType

import pytest

from bot.slack.surfaces import SURFACES
from tests.scenario.slack.bench import REP, Bench
from tests.scenario.slack.peer import BOT_USER

_HERE = Path(__file__)
# By the end of the event's name, what such an event says of its conversation, and one of these.
_SORTS = {
    "im": ("im", "D1"),
    "mpim": ("mpim", "G1"),
    "channels": ("channel", "C11"),
    "groups": ("group", "C12"),
}


def _ways() -> list[str]:
    """The identifiers of all ways in; one that ends in "*" stands for those that begin so."""
    return sorted(
        {
            name
            for surface in SURFACES
            for name in (
                *(event.partition(".")[0] for event in surface.events),
                *(command.name for command in surface.commands),
                *(shortcut.callback_id for shortcut in surface.shortcuts),
                *surface.actions,
                *surface.views,
                *surface.options,
            )
        }
    )


@pytest.fixture(scope="module")
def named() -> frozenset[str]:
    """Every string that stands in the scenarios, or that a name in them stands for."""
    found: set[str] = set()
    for path in _HERE.parent.glob("*.py"):
        if path != _HERE:
            module = importlib.import_module(f"{__package__}.{path.stem}")
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                found |= _strings(node, module)
    return frozenset(found)


def _strings(node: ast.AST, module: ModuleType) -> set[str]:
    said: object = None
    if isinstance(node, ast.Constant):
        said = node.value
    elif isinstance(node, ast.Name):
        said = getattr(module, node.id, None)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        said = getattr(getattr(module, node.value.id, None), node.attr, None)
    return {said} if isinstance(said, str) else set()


@pytest.mark.parametrize("way", _ways())
def test_a_scenario_goes_this_way(named: frozenset[str], way: str) -> None:
    if way.endswith("*"):
        assert any(name.startswith(way[:-1]) for name in named)
    else:
        assert way in named


def test_these_are_all_sorts_of_conversations() -> None:
    events = {event for surface in SURFACES for event in surface.events}
    sorts = {event.partition(".")[2] for event in events if event.startswith("message.")}
    assert sorts == set(_SORTS)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("sort", "channel"), _SORTS.values())
async def test_a_message_is_answered_in_every_sort_of_conversation(
    bench: Bench, sort: str, channel: str
) -> None:
    bench.slack.channels[channel] = [REP, BOT_USER]
    said = f"<@{BOT_USER}> what is a key account?"
    body = bench.slack.said(said, REP, channel, channel_type=sort)
    [answer] = await bench.slack.answer(body)
    assert answer.channel == channel
    assert "key account" in answer.words()
