"""`kam move`: all records and conversations into another database."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.backup import spooled_history
from bot.cli.desk import Desk, language_option, open_desk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.settings import Settings


@click.command()
@click.option("--to", "target", required=True, metavar="DATABASE_URL", help="An empty database.")
@language_option
def command(target: str, language: str | None) -> None:
    """Copy everything into an empty database, from SQLite to PostgreSQL or back.

    Both sides are compared table by table. Interrupted, it may be run again. Stop the assistant
    first: what is written meanwhile stays behind.
    """
    from sqlalchemy.engine import make_url

    from tools.text import text

    with open_desk(language=language) as desk:
        settings = _settings_of(desk, target)
        rows, threads = _moved(desk, settings)
        shown = make_url(settings.database).render_as_string(hide_password=True)
        desk.say(
            text(
                "Moved {rows} records and {threads} conversations; both sides agree in every "
                "table. Set DATABASE_URL to {target} to work there.",
                "已迁移 {rows} 条记录和 {threads} 段对话，两边各表一致。"
                "请把 DATABASE_URL 设为 {target}。",
                rows=rows,
                threads=threads,
                target=shown,
            )
        )


def _settings_of(desk: Desk, target: str) -> "Settings":
    """The settings with the other database; refuses an address that is none, or the same."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from tools.errors import BadInput
    from tools.text import text

    try:
        known = make_url(target).get_backend_name() in {"sqlite", "postgresql"}
    except ArgumentError:
        known = False
    if not known:
        raise BadInput(
            text(
                "Write the address as postgresql://user:password@host/name or sqlite:///FILE.",
                "地址请写成 postgresql://用户:密码@主机/库名 或 sqlite:///文件。",
            )
        )
    if make_url(target) == make_url(desk.settings.database):
        raise BadInput(text("That is the database in use already.", "这就是当前使用的数据库。"))
    return desk.settings.model_copy(update={"database_url": target})


def _moved(desk: Desk, settings: "Settings") -> tuple[int, int]:
    from contextlib import closing

    from sqlalchemy.engine import make_url

    from tools.audit import Witness, head_of
    from tools.data.database import open_engine, session_factory
    from tools.move import move

    with closing(session_factory(open_engine(settings.database))) as sessions:
        tables = move(desk.engine, sessions.engine)
        with spooled_history(desk.settings) as lines:
            threads = asyncio.run(_conversations(settings, lines))
        with sessions() as session:
            head = head_of(session)
            if head is not None:
                Witness.of(settings.home, settings.database).set(head)
        rows = sum(digest.rows for digest in tables.values())
        urls = [make_url(s.database) for s in (desk.settings, settings)]
        source, target = (url.render_as_string(hide_password=True) for url in urls)
        detail = {"from": source, "to": target, "rows": rows}
        Desk(settings, sessions, desk.asker, desk.language).record("moved here", detail)
        desk.record("moved away", detail)
    return rows, threads


async def _conversations(settings: "Settings", lines: "Iterable[str]") -> int:
    from bot import history
    from bot.main import open_checkpointer

    async with open_checkpointer(settings) as saver:
        return await history.take_in(saver, lines)
