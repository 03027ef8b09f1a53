"""`kam index`: the search index brought up to date, or checked."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kam_knowledge.index import Index
    from kam_knowledge.library import IndexedLibrary
    from tools.feed import RecordFeed


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option("--check", is_flag=True, help="Change nothing; fail if anything disagrees.")
@click.option(
    "--anew", is_flag=True, help="Write all anew, so that nothing removed is left in its files."
)
def command(paths: tuple[Path, ...], check: bool, anew: bool) -> None:
    """Take in the methodology, the records and every PATH, a file or a folder.

    A PATH once given stays in the library: later changes to it are found by themselves.
    """
    from bot.building import write_anew
    from bot.main import open_index, open_records
    from bot.settings import Settings

    settings = Settings()
    library, feed = open_index(settings, open_records(settings))
    if check:
        _check(library, feed)
        return
    library.folders.add(paths)
    synced = library.sync(_progress)
    records = feed.rebuild()
    _mend(library.index)
    if anew:
        library.index.close()
        write_anew(settings)
    for reason in synced.faulty:
        click.echo(f"not read: {reason}", err=True)
    click.echo(
        f"{len(synced.indexed)} documents and {records} records indexed, "
        f"{len(synced.removed)} removed; {library.index.lexical.count()} passages in all"
    )
    sys.exit(1 if synced.faulty else 0)


def _progress(passages: int) -> None:
    click.echo(f"{passages} passages indexed", err=True)


def _mend(index: "Index") -> None:
    index.repair()
    wrong = index.disagreements()
    if wrong:
        index.restore(wrong)
        click.echo(f"{len(wrong)} documents mended in Chroma", err=True)


def _check(library: "IndexedLibrary", feed: "RecordFeed") -> None:
    """Compares files, records, lexical index and Chroma; exit code 1 when they differ."""
    found = {
        "not indexed as the file is": library.folders.disagreements(library.index),
        "not indexed as the record is": feed.disagreements(),
        "not alike in Chroma and the lexical index": library.index.disagreements(),
    }
    for reason, keys in found.items():
        for key in keys:
            click.echo(f"{key}: {reason}", err=True)
    if any(found.values()):
        click.echo("the index disagrees; `kam index` mends it")
        sys.exit(1)
    click.echo(f"{library.index.lexical.count()} passages, all agree")
