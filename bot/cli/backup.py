"""`kam backup`: everything in one file, while others go on working."""

import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.desk import Desk, language_option, open_desk

if TYPE_CHECKING:
    from bot.settings import Settings
    from tools.backup import Manifest
    from tools.cards import Card


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
@language_option
def command(file: Path, force: bool, language: str | None) -> None:
    """Write records, conversations and documents of your own to FILE, a ZIP.

    The records are those of one moment, whoever works meanwhile. `kam restore` reads the file
    into SQLite or PostgreSQL, whichever it came from.
    """
    from tools.errors import BadInput
    from tools.text import text

    with open_desk(language=language) as desk:
        if file.exists() and not force:
            raise BadInput(
                text(
                    "{file} is there already; --force overwrites it.",
                    "{file} 已存在，加上 --force 可覆盖。",
                    file=file.name,
                )
            )
        manifest = _written(desk, file)
        desk.record("backed up", {"file": file.name, "rows": manifest.rows})
        desk.show(_card(file, manifest))


def _written(desk: Desk, file: Path) -> "Manifest":
    from bot.main import now
    from tools.backup import back_up

    with spooled_history(desk.settings) as history:
        return back_up(
            desk.engine,
            file,
            made_at=now(),
            program=version("kam-assistant"),
            history=history,
            documents=followed(desk.settings),
        )


@contextmanager
def spooled_history(settings: "Settings") -> Iterator[Iterable[str]]:
    """The conversations as lines, on disk meanwhile, as there may be many."""
    import asyncio

    from sqlalchemy import Engine

    from bot import history
    from bot.main import open_checkpointer
    from tools.data.database import open_engine

    async def each(engine: Engine) -> AsyncIterator[str]:
        async with open_checkpointer(settings) as saver:
            async for line in history.lines(saver, history.conversations(engine)):
                yield line

    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:

        async def spooled() -> None:
            engine = open_engine(settings.database)
            async for line in each(engine):
                spool.write(f"{line}\n")
            engine.dispose()

        asyncio.run(spooled())
        spool.seek(0)
        yield (line.rstrip("\n") for line in spool)


def followed(settings: "Settings") -> list[Path]:
    """The documents that `kam index` was given and that are there."""
    from kam_knowledge.folders import Folders

    added = Folders(settings.home / "index" / "files.json").added
    return [path for path in added if path.exists()]


def _card(file: Path, manifest: "Manifest") -> "Card":
    from tools.backup.writing import described
    from tools.cards import Card, Fact
    from tools.text import text

    held = described(manifest)
    return Card(
        title=text("Backup", "备份"),
        headline=text(
            "{file} holds {records} records as of {at}.",
            "{file} 已保存 {records} 条记录，时间为 {at}。",
            file=file.name,
            records=held["records"],
            at=manifest.made_at,
        ),
        facts=(
            Fact(text("records", "记录"), held["records"]),
            Fact(text("conversations", "对话"), held["conversations"]),
            Fact(text("documents", "文档"), held["documents"]),
            Fact(text("size in bytes", "大小（字节）"), file.stat().st_size),
            Fact(text("schema", "结构版本"), manifest.revision),
        ),
        next=(
            text(
                "Keep it as safe as the database: it holds the same personal data.",
                "备份中含有同样的个人信息，请与数据库同等保管。",
            ),
        ),
    )
