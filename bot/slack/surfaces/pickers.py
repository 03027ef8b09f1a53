"""Menus that search as somebody types: accounts and colleagues, within what the person may see."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.slack import pick
from bot.slack.blocks import inputs
from bot.slack.desk import Desk
from bot.slack.finder import Found, account_finder, person_finder
from bot.slack.people import Refused, Visitor
from bot.slack.surface import Surface
from bot.slack.visit import team_of, user_of
from tools.access import Asker, Scope, scope_of

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

Search = Callable[[str, Scope], list[Found]]
_KEPT_SECONDS, _KEPT = 20.0, 1_000


class Scopes:
    """What people may see, kept while they type. Only names are shown by it; whatever is picked
    is checked again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[Asker, tuple[float, Scope]] = {}

    def __call__(self, asker: Asker) -> Scope:
        held = self._known.get(asker)
        if held is not None and time.monotonic() - held[0] < _KEPT_SECONDS:
            return held[1]
        with self._desk.sessions() as session:
            scope = scope_of(session, asker, self._desk.clock().date())
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[asker] = (time.monotonic(), scope)
        return scope


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to what is typed into the menus."""
    scopes = Scopes(desk)
    accounts, colleagues = account_finder(desk.sessions), person_finder(desk.sessions)

    def known(typed: str, scope: Scope) -> list[Found]:
        everything = scope.elsewhere >= 1
        return accounts.find(typed, lambda a: everything or scope.reads_fully(a))

    def own(typed: str, scope: Scope) -> list[Found]:
        return accounts.find(typed, scope.reads_fully)

    def people(typed: str, scope: Scope) -> list[Found]:
        everybody = scope.elsewhere >= 1
        return colleagues.find(typed, lambda p: everybody or p in scope.people)

    for action, search in ((pick.ACCOUNT, known), (pick.OWN_ACCOUNT, own), (pick.PERSON, people)):
        _listen(app, desk, action, search, scopes)


def _listen(app: "AsyncApp", desk: Desk, action: str, search: Search, scopes: Scopes) -> None:
    def find(visitor: Visitor, typed: str) -> list[Found]:
        return search(typed, scopes(visitor.asker))

    async def listen(ack: "AsyncAck", body: dict[str, Any], client: "AsyncWebClient") -> None:
        visitor = await desk.people.visitor(client, team_of(body), user_of(body))
        found: list[Found] = []
        if not isinstance(visitor, Refused):
            typed = str(body.get("value") or "")
            found = await asyncio.to_thread(find, visitor, typed)
        await ack(options=[inputs.option(str(one.id), one.label) for one in found])

    app.options(action)(listen)


SURFACE = Surface("pickers", register, options=(pick.ACCOUNT, pick.OWN_ACCOUNT, pick.PERSON))
