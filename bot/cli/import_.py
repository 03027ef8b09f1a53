"""`kam import`: records from CSV, TSV and XLSX files."""

import codecs
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from tools.data.importing import ImportOptions, ImportReport, Progress
    from tools.text import Language

KINDS = (
    "units",
    "people",
    "products",
    "accounts",
    "aliases",
    "contacts",
    "opportunities",
    "transactions",
    "financials",
    "wallet",
    "interactions",
    "needs",
)


def _accepted(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """OLD=NEW pairs as a mapping."""
    pairs = {}
    for pair in given:
        old, sign, new = pair.partition("=")
        if not (sign and old.strip() and new.strip()):
            raise click.BadParameter(f"{pair!r} is not OLD=NEW")
        pairs[old.strip()] = new.strip()
    return pairs


def _known_encoding(
    _context: click.Context, _parameter: click.Parameter, given: str | None
) -> str | None:
    try:
        return given if given is None else codecs.lookup(given).name
    except LookupError:
        raise click.BadParameter(f"no encoding is called {given!r}") from None


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option(
    "--map", "mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file that states kinds, columns, scales, currencies, dates or replacements.",
)  # fmt: skip
@click.option("--kind", type=click.Choice(KINDS), help="What the files hold.")
@click.option(
    "--date-order",
    type=click.Choice(["dmy", "mdy"]),
    help="How 3/4/2017 is meant: day or month first.",
)
@click.option(
    "--encoding", callback=_known_encoding, help="Encoding of text files, for example gb18030."
)
@click.option("--accept-near", is_flag=True, help="Take near spellings for what they are near to.")
@click.option(
    "--accept", multiple=True, metavar="OLD=NEW", callback=_accepted, help="Read OLD as NEW."
)
@click.option(
    "--rejects", type=click.Path(file_okay=False, path_type=Path),
    help="Folder for rejects files; beside the source where not given.",
)  # fmt: skip
@click.option(
    "--system", default="import", show_default=True, help="Where the external ids come from."
)
@click.option("--language", type=click.Choice(["en", "zh-Hans", "zh-Hant"]))
@click.option("--json", "as_data", is_flag=True, help="Print the report as JSON.")
def command(  # noqa: PLR0917  (click names them)
    paths: tuple[Path, ...],
    dry_run: bool,
    mapping: Path | None,
    kind: str | None,
    date_order: str | None,
    encoding: str | None,
    accept_near: bool,
    accept: dict[str, str],
    rejects: Path | None,
    system: str,
    language: str | None,
    as_data: bool,
) -> None:
    """Read records from files and folders. Importing twice changes nothing more.

    Rows that cannot be read land in NAME.rejects.csv with the reason; mend them there and
    import that file. Ends with 1 if no table was recognised.
    """
    from bot.main import now, open_records
    from bot.settings import Settings
    from tools.data.importing import DateOrder, ImportOptions, import_paths, read_mapping
    from tools.errors import BadInput

    settings = Settings()
    shown_in = _language(settings, language)
    try:
        mappings = () if mapping is None else read_mapping(mapping)
    except BadInput as error:
        raise click.UsageError(error.message.render(shown_in)) from error
    options = ImportOptions(
        today=now().date(),
        dry_run=dry_run,
        accept_near=accept_near,
        accept=accept,
        date_order=None if date_order is None else DateOrder(date_order),
        encoding=encoding,
        kind=kind,
        mappings=mappings,
        rejects=rejects,
        system=system,
        language=shown_in,
    )
    with _progress() as progress:
        report = import_paths(open_records(settings), paths, options, progress)
    _print(report, options, as_data=as_data)
    sys.exit(0 if report.read_anything else 1)


def _language(settings: "Settings", asked: str | None) -> "Language":
    """The language asked for, else the configured one, else English."""
    from tools.text import Language

    chosen = asked or settings.language
    return Language.ENGLISH if chosen == "auto" else Language(chosen)


@contextmanager
def _progress() -> "Iterator[Callable[[Progress], None] | None]":
    """A bar per table on standard error, at a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def advance(step: "Progress") -> None:
            if step.sheet not in tasks:
                tasks[step.sheet] = bars.add_task(step.sheet, total=step.total)
            bars.update(tasks[step.sheet], completed=step.done)

        yield advance


def _print(report: "ImportReport", options: "ImportOptions", *, as_data: bool) -> None:
    if as_data:
        import json

        from tools.data.importing import as_json

        click.echo(json.dumps(as_json(report, options.language), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from bot.cli.render import card_panel
    from tools.data.importing.cards import report_cards

    console = Console()
    for card in report_cards(report):
        console.print(card_panel(card, options.language))
