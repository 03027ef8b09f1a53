"""`kam restore`: a backup in the place of what the database holds."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.desk import language_of, language_option, open_desk, speaking

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.settings import Settings
    from tools.backup import Archive


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Give up the records that the database holds.")
@language_option
def command(file: Path, force: bool, language: str | None) -> None:
    """Put the backup FILE in the place of what the configured database holds.

    Every part of FILE is checked first and every table afterwards; the records change all at
    once or not at all. Then the index is rebuilt.
    """
    from bot.cli.failures import log_to_home
    from bot.settings import Settings
    from tools.backup import opened

    settings = Settings()
    log_to_home(settings.home)
    with speaking(language_of(settings, language)), opened(file) as archive:
        instead_of = _records(settings, archive, force=force)
        threads = asyncio.run(_conversations(settings, archive))
        _finish(settings, archive, {"file": file.name, "instead_of": instead_of}, threads, language)


def _records(settings: "Settings", archive: "Archive", *, force: bool) -> str:
    """Loads the records; returns the end of the audit trail that was there before."""
    from contextlib import closing

    from bot.main import open_records
    from tools.backup import restore
    from tools.data.database import open_engine

    engine = open_engine(settings.database)
    before = _trail_end(engine)
    restore(archive, engine, force=force)
    engine.dispose()
    with closing(open_records(settings)) as sessions:
        _trust(settings, sessions.engine)
    return before


def _trail_end(engine: "Engine") -> str:
    from sqlalchemy import inspect
    from sqlmodel import Session

    from tools.audit import head_of

    if not inspect(engine).has_table("audit_head"):
        return ""
    with Session(engine) as session:
        head = head_of(session)
        return "" if head is None else f"{head.count}:{head.hash}"


def _trust(settings: "Settings", engine: "Engine") -> None:
    """The trail that came with the backup is the one to watch from now on."""
    from sqlmodel import Session

    from tools.audit import Witness, head_of

    with Session(engine) as session:
        head = head_of(session)
        if head is not None:
            Witness.of(settings.home, settings.database).set(head)


async def _conversations(settings: "Settings", archive: "Archive") -> int:
    """The conversations of the backup in the place of those that were there."""
    from bot import history
    from bot.main import open_checkpointer
    from tools.backup import HISTORY
    from tools.data.database import open_engine

    engine = open_engine(settings.database)
    async with open_checkpointer(settings) as saver:
        await history.end(saver, history.conversations(engine))
        count = await history.take_in(saver, archive.lines(HISTORY))
    engine.dispose()
    return count


def _finish(
    settings: "Settings",
    archive: "Archive",
    detail: dict[str, str],
    threads: int,
    language: str | None,
) -> None:
    from tools.text import text

    with open_desk(language=language) as desk:
        manifest = archive.manifest
        desk.record("restored", detail | {"made_at": manifest.made_at})
        passages = _index(settings, archive)
        desk.say(
            text(
                "Restored {records} records and {threads} conversations as of {at}; every table "
                "is as it was saved. {passages} passages are indexed.",
                "已恢复 {records} 条记录和 {threads} 段对话（备份时间 {at}），各表与备份一致；"
                "已索引 {passages} 个段落。",
                records=manifest.rows,
                threads=threads,
                at=manifest.made_at,
                passages=passages,
            )
        )


def _index(settings: "Settings", archive: "Archive") -> int:
    """Brings documents and index to what the records say now; returns the passages."""
    from contextlib import closing

    from bot.main import open_index, open_records
    from tools.backup.restoring import restore_documents

    with closing(open_records(settings)) as sessions:
        library, feed = open_index(settings, sessions)
        folders, documents = library.folders, settings.home / "documents"
        folders.add(restore_documents(archive, documents, folders.added))
        library.sync()
        feed.rebuild()
        count = library.index.lexical.count()
        library.index.close()
        return count
