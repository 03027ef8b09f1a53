"""Where a conversation takes place: the assistant over a fresh copy of the company."""

import shutil
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path

from sqlmodel import Session, func, select

from bot.assistant import Assistant
from bot.evaluation import records
from bot.evaluation.cases import OPERATOR, STRANGER, Case, CaseError, Fields
from bot.evaluation.company import Clock, Company, settings_in
from bot.main import open_assistant, open_records
from tools import access, resolve
from tools.access import Asker
from tools.changes.rows import Edit, write
from tools.changes.words import leave_words
from tools.data.models import OutboxEntry
from tools.domain.names import name_key
from tools.domain.vocabulary import Role

_RECORDS = "kam.db"


class Stage:
    """A fresh copy for each case, under a clock that begins at the same moment.

    Mostly the records alone are copied again, under the assistant that is open: it reads them
    anew with each turn. It is opened anew for a case that begins with rows changed behind its
    back, and after one that left word for the index, which is not copied back.
    """

    def __init__(self, company: Company, folder: Path) -> None:
        self.clock = Clock()
        self._company = company
        self._folder = folder
        self._opened = 0
        self._spent = True
        self._stack = AsyncExitStack()
        self._before = company.state
        self._hashes = company.hashes
        self._askers: dict[str, Asker] = {}

    async def __aenter__(self) -> "Stage":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._close()

    async def assistant_for(self, case: Case) -> Assistant:
        """The assistant over records as the case wants them."""
        if self._spent or case.given:
            await self.open(case.given)
        else:
            self._copy_records()
        self._spent = bool(case.given)
        return self._assistant

    def session(self) -> Session:
        return self._sessions()

    def asker(self, name: str) -> Asker:
        """The person of that name at the company, the local operator, or somebody unknown."""
        if name == OPERATOR:
            return access.OPERATOR
        if name == STRANGER:
            return Asker(None, STRANGER, Role.REP)
        if name not in self._askers:
            with self.session() as session:
                found = resolve.person(session, name, access.OPERATOR)
            self._askers[name] = Asker(found.id, found.name, found.role, found.unit_id)
        return self._askers[name]

    def changes(self) -> tuple[records.State, records.State]:
        """All records as the case began and as they are now."""
        with self.session() as session:
            self._spent = self._spent or _words_left(session) != self._words
            return self._before, records.state(session, self._before, self._hashes)

    async def open(self, given: dict[str, Fields] | None = None) -> None:
        """A copy of its own, with these rows changed before anybody asks."""
        await self._close()
        self._opened += 1
        home = self._folder / str(self._opened)
        shutil.copytree(self._company.folder, home)
        self._stack.callback(shutil.rmtree, home)
        settings = settings_in(self._company.settings, home)
        self._sessions = self._stack.enter_context(closing(open_records(settings)))
        self._before, self._hashes = self._company.state, self._company.hashes
        if given:
            self._give(given)
        with self.session() as session:
            self._words = _words_left(session)
        self._assistant = await self._stack.enter_async_context(
            open_assistant(settings, self.clock)
        )

    async def _close(self) -> None:
        await self._stack.aclose()
        self._stack = AsyncExitStack()

    def _copy_records(self) -> None:
        """Over the records in use, whose connections stay open; what was seen of the audit
        trail that goes is forgotten with it."""
        home = self._folder / str(self._opened)
        for seen in home.glob("audit-*.head"):
            seen.unlink()
        with (
            closing(sqlite3.connect(self._company.folder / _RECORDS)) as source,
            closing(sqlite3.connect(home / _RECORDS)) as target,
        ):
            source.backup(target)

    def _give(self, given: dict[str, Fields]) -> None:
        """Changes the rows that a case begins with, and leaves word for the index."""
        with self.session() as session:
            edits = [
                self._edit(records.full(session, address), fields)
                for address, fields in given.items()
            ]
            for edit in edits:
                write(session, edit)
            leave_words(session, edits)
            session.commit()
            self._before, self._hashes = records.state(session), records.hashes(session)

    def _edit(self, address: str, fields: Fields) -> Edit:
        try:
            table, key = records.find(self._before, address)
        except KeyError as error:
            raise CaseError(f"given: {error.args[0]}") from error
        row = self._before[table][key]
        after = dict(fields)
        if "name" in after and "name_key" in row:
            after["name_key"] = name_key(after["name"])
        return Edit(table, key[0], 1, {name: row[name] for name in after}, after)


def _words_left(session: Session) -> int:
    """How often word was left for the index."""
    return session.exec(select(func.count()).select_from(OutboxEntry)).one()
