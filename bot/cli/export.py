"""`kam export`: tables for a spreadsheet."""

from pathlib import Path

import click

from bot.cli.desk import as_option, language_option, open_desk

_CONTENTS = click.Choice(["accounts", "priority", "reviews", "audit"])
_FORMATS = click.Choice(["csv", "xlsx"])


@click.command()
@click.argument("what", type=_CONTENTS)
@click.option(
    "-o", "--output", "file", required=True, help="The file to write.",
    type=click.Path(dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option("--format", "kind", type=_FORMATS, help="By the file's name where not given.")
@as_option
@language_option
def command(
    what: str, file: Path, kind: str | None, person: str | None, language: str | None
) -> None:
    """Write a table of what the person may read to a file that Excel opens.

    Texts that a spreadsheet would run as formulas are kept as text. An exported file of accounts
    may be edited and imported again.
    """
    from tools.export import CONTENTS, write
    from tools.text import text

    kind = kind or file.suffix.lstrip(".").lower()
    if kind not in _FORMATS.choices:
        raise click.UsageError("say --format csv or --format xlsx, or end FILE in .csv or .xlsx")
    with open_desk(person, language) as desk:
        with CONTENTS[what](desk.deps) as sheet:
            count = write(sheet, file, kind, desk.language)
        desk.record("exported", {"what": what, "rows": count, "file": file.name})
        desk.say(
            text(
                "{file}: rows written: {count}.",
                "{file}：已写入 {count} 行。",
                file=file.name,
                count=count,
            )
        )
