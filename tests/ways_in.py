"""Proof that the scenarios go every way into the Slack app.

Each scenario reports what it handed to the app as signed requests and envelopes; at the end of
a whole run that is compared with what the surfaces declare, which the manifest is made from. A
way that no test has gone fails the run.
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

PROPERTY = "way in"
_SCENARIOS = Path(__file__).parent / "scenario" / "slack"


def declared() -> set[tuple[str, str]]:
    """The kind and name of every way in; a "*" at the end stands for any that begin so."""
    from bot.slack.surfaces import SURFACES

    found: set[tuple[str, str]] = set()
    for surface in SURFACES:
        for kind in ("events", "actions", "views", "options"):
            found |= {(kind, name) for name in getattr(surface, kind)}
        found |= {("commands", command.name) for command in surface.commands}
        found |= {("shortcuts", shortcut.callback_id) for shortcut in surface.shortcuts}
    return found


def untried(ways: Iterable[tuple[str, str]], pushed: Iterable[tuple[str, str]]) -> list[str]:
    """The ways in that nothing was pushed for."""
    seen = set(pushed)
    return sorted(
        f"{kind}: {name}"
        for kind, name in ways
        if not any(k == kind and fnmatchcase(n, name) for k, n in seen)
    )


def result(config: pytest.Config) -> tuple[str, list[str]] | None:
    """A sentence on what was tried, and what was not; None where only a part of the scenarios
    ran."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not _whole(config):
        return None
    reports = list(reporter.getreports("passed"))
    pushed = list(_pushed(reports))
    ways = declared()
    missing = untried(ways, ((kind, name) for kind, name, _ in pushed))
    over = {sort: sum(transport == sort for *_, transport in pushed) for sort in ("http", "socket")}
    said = (
        f"slack: {len(ways) - len(missing)} of {len(ways)} ways in tried "
        f"({over['http']} as signed requests, {over['socket']} over Socket Mode)"
    )
    return said, missing


def _whole(config: pytest.Config) -> bool:
    """Whether all scenarios of the default run were to run."""
    option = config.option
    if option.keyword or option.collectonly or not option.markexpr.startswith("not "):
        return False
    folders = (Path(config.invocation_params.dir, argument).resolve() for argument in config.args)
    return any(_SCENARIOS.is_relative_to(folder) for folder in folders)


def _pushed(reports: Iterable[pytest.TestReport]) -> Iterator[tuple[str, str, str]]:
    """Each way that a test has gone, once."""
    found = {
        tuple(entry)
        for report in reports
        for name, entry in report.user_properties
        if name == PROPERTY and isinstance(entry, list | tuple)
    }
    yield from sorted((str(kind), str(name), str(sort)) for kind, name, sort in found)
