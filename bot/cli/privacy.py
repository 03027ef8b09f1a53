"""`kam privacy`: what is held of a person, told or erased."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.desk import Desk, as_option, language_option, open_desk

if TYPE_CHECKING:
    from tools.privacy import Erased, Held, Subject


@click.group()
def command() -> None:
    """Export or erase what is held of a customer's contact or of one of us."""


def _account_option(function: Any) -> Any:
    return click.option(
        "--account", metavar="ACCOUNT", help="The customer, where several share a name."
    )(function)


@command.command()
@click.argument("name")
@click.option(
    "-o", "--output", "file", required=True, help="The file to write, .json or .xlsx.",
    type=click.Path(dir_okay=False, path_type=Path),
)  # fmt: skip
@_account_option
@as_option
@language_option
def export(
    name: str, file: Path, account: str | None, person: str | None, language: str | None
) -> None:
    """Write all that is held of NAME: a contact or a colleague, by name, e-mail address or key.

    Holds the person's own records, every record that names the person, audit entries and
    conversations. For sales operations.
    """
    from tools.privacy.files import write_held
    from tools.text import text

    if file.suffix not in {".json", ".xlsx"}:
        raise click.UsageError("end FILE in .json or .xlsx")
    with open_desk(person, language) as desk:
        subject, found = _found(desk, name, account)
        said = asyncio.run(_conversations(desk, subject))
        count = write_held(found, said, file)
        desk.record("personal data exported", {"rows": count}, subject=subject.key)
        desk.say(
            text(
                "{file}: what is held of {name}, {count} rows.",
                "{file}：{name} 的个人信息，共 {count} 行。",
                file=file.name,
                name=subject.name,
                count=count,
            )
        )


@command.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask for the name once more.")
@_account_option
@as_option
@language_option
def erase(
    name: str, yes: bool, account: str | None, person: str | None, language: str | None
) -> None:
    """Anonymise NAME in every record, text, change and audit entry; it cannot be undone.

    Records of the business stay, under a pseudonym. A name that others bear too is replaced in
    the records of the account alone; the rest is listed. For sales operations.
    """
    with open_desk(person, language) as desk:
        subject, found = _found(desk, name, account)
        desk.show(_card(found))
        if not yes:
            _confirmed(desk, subject)
        _erase(desk, subject)


def _erase(desk: Desk, subject: "Subject") -> None:
    from tools.audit import Witness, head_of
    from tools.privacy import erase as erased
    from tools.text import text

    threads = asyncio.run(_forgotten(desk, subject))
    done = erased(desk.deps, subject)
    with desk.sessions() as session:
        head = head_of(session)
        if head is not None:
            Witness.of(desk.settings.home, desk.settings.database).note(session, head)
    desk.say(
        text(
            "Erased: {rows} rows changed; conversations deleted: {threads}.",
            "已删除个人信息：修改 {rows} 行，删除 {threads} 段对话。",
            rows=sum(done.changed.values()),
            threads=threads,
        )
    )
    _reindex(desk)
    _remind(desk, done)


def _reindex(desk: Desk) -> None:
    """Writes the index anew: its files would keep words that were taken out of it. The person is
    erased from the records whether this can be done now or not."""
    from contextlib import closing

    from bot.building import write_anew
    from bot.main import open_index
    from kam_knowledge.lexicon import lexicon_file
    from kam_knowledge.lock import Unavailable
    from tools.text import text

    if not lexicon_file(desk.settings.home / "index").exists():
        return
    library, feed = open_index(desk.settings, desk.sessions)
    try:
        with closing(library.index):
            feed.catch_up()
        write_anew(desk.settings)
    except Unavailable as error:
        desk.say(
            text(
                "The index could not be written anew and may still hold the name ({reason}): run "
                "kam index --anew later.",
                "索引未能重新写入，其中可能仍有该姓名（{reason}）：请稍后运行 kam index --anew。",
                reason=str(error),
            )
        )
    else:
        desk.say(
            text(
                "The index in KAM_HOME is written anew. Where other replicas have a KAM_HOME of "
                "their own, run kam index --anew there.",
                "KAM_HOME 中的索引已重新写入。其他副本若有各自的 KAM_HOME，"
                "请在那里运行 kam index --anew。",
            )
        )


def _remind(desk: Desk, done: "Erased") -> None:
    from tools.text import text

    for mention in done.left:
        key = mention.row.get("id", "")
        desk.say(
            text(
                "Left, as it may mean somebody else: {table} {key}.",
                "未改动（可能指他人）：{table} {key}。",
                table=mention.table,
                key=str(key),
            )
        )
    desk.say(
        text(
            "Look through documents of your own, files that were imported, logs and earlier "
            "backups yourself.",
            "请自行检查您的文档、已导入的文件、日志和以前的备份。",
        )
    )


def _found(desk: Desk, name: str, account: str | None) -> tuple["Subject", "Held"]:
    """The person and what is held; only sales operations may know it."""
    from tools import resolve
    from tools.access import scope_of
    from tools.export.trail import require_operations
    from tools.privacy import held, subject_named

    require_operations(desk.deps)
    with desk.sessions() as session:
        scope = scope_of(session, desk.asker, desk.deps.today)
        within = resolve.account(session, account, scope) if account else None
        subject = subject_named(session, name, within)
        return subject, held(session, subject)


def _card(found: "Held") -> Any:
    from tools.cards import Card, Column, Table
    from tools.text import Value, text

    counts: dict[str, list[int]] = {}
    for table, held in found.records.items():
        counts.setdefault(table, [0, 0, 0])[0] += len(held)
    for mention in found.mentions:
        counts.setdefault(mention.table, [0, 0, 0])[1 if mention.theirs else 2] += 1
    columns = (
        Column(text("Table", "数据表")),
        Column(text("About the person", "本人记录"), "right"),
        Column(text("Named in texts", "文字中提到"), "right"),
        Column(text("Perhaps somebody else", "可能指他人"), "right"),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (table, *numbers) for table, numbers in sorted(counts.items())
    )
    return Card(
        title=text("What is held", "现有个人信息"),
        headline=text(
            "{name} ({key}) is found in {count} tables.",
            "{name}（{key}）出现在 {count} 个数据表中。",
            name=found.subject.name,
            key=found.subject.key,
            count=len(rows),
        ),
        table=Table(columns, rows, len(rows)),
    )


def _confirmed(desk: Desk, subject: "Subject") -> None:
    """Raises `BadInput` unless the name is typed once more."""
    from tools.errors import BadInput
    from tools.text import text

    prompt = text(
        "This cannot be undone. Type the name to erase it",
        "此操作无法撤销，请再次输入姓名以确认删除",
    )
    if click.prompt(prompt.render(desk.language)) != subject.name:
        raise BadInput(text("Another name; nothing was erased.", "姓名不符，未删除任何内容。"))


async def _conversations(desk: Desk, subject: "Subject") -> dict[str, list[str]]:
    """What was said in the conversations of a colleague, or that name a contact."""
    from bot import history
    from bot.main import open_checkpointer

    async with open_checkpointer(desk.settings) as saver:
        threads = await _threads(desk, subject, saver)
        return await history.said_in(saver, threads)


async def _forgotten(desk: Desk, subject: "Subject") -> int:
    from bot import history
    from bot.main import open_checkpointer

    async with open_checkpointer(desk.settings) as saver:
        return await history.end(saver, await _threads(desk, subject, saver))


async def _threads(desk: Desk, subject: "Subject", saver: Any) -> list[str]:
    from bot import history

    naming = await history.naming(saver, desk.engine, subject.names)
    own = history.of_person(desk.engine, subject.id) if subject.table == "person" else []
    return sorted({*naming, *own})
