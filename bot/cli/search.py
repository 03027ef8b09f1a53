"""`kam search`: ranked passages with the score of each leg."""

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kam_knowledge.search import Finding, Hit


@click.command()
@click.argument("text")
@click.option("--as", "person", metavar="PERSON", help="Search as this person: name or e-mail.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="How many passages to show.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(text: str, person: str | None, limit: int, as_json: bool) -> None:
    """Show the passages nearest to TEXT, best first."""
    finding = _found(text, person, limit)
    if as_json:
        click.echo(json.dumps(_plain(finding), ensure_ascii=False, indent=2))
        return
    if not finding.supported:
        click.echo("Nothing answers this; the nearest passages are:")
    for place, hit in enumerate(finding.hits, start=1):
        click.echo(f"{place}. {hit.score:.2f} ({_legs(hit)})  {hit.passage.id}")
        click.echo(f"   {hit.passage.title} › {hit.passage.section}: {_first_words(hit)}")


def _found(text: str, person: str | None, limit: int) -> "Finding":
    from bot.cli.people import asker_named
    from bot.main import now, open_library, open_records
    from bot.settings import Settings
    from kam_knowledge.documents import language_of
    from tools.access import scope_of

    settings = Settings()
    language = language_of(text) if settings.language == "auto" else settings.language
    with closing(open_records(settings)) as records:
        asker = asker_named(records, person)
        with records() as session:
            readable = scope_of(session, asker, now().date()).readable()
        with closing(open_library(settings, records)) as library:
            return library.search(text, readable, language=language, limit=limit)


def _legs(hit: "Hit") -> str:
    return ", ".join(f"{name} {score:.1f}" for name, score in hit.legs)


def _first_words(hit: "Hit") -> str:
    line = " ".join(hit.passage.text.split())
    return line if len(line) <= 80 else f"{line[:80]}…"


def _plain(finding: "Finding") -> dict[str, Any]:
    return {
        "supported": finding.supported,
        "hits": [
            {
                "passage": hit.passage.id,
                "document": hit.passage.document,
                "title": hit.passage.title,
                "section": hit.passage.section,
                "language": hit.passage.language,
                "score": round(hit.score, 3),
                "legs": {name: round(score, 3) for name, score in hit.legs},
                "text": hit.passage.text,
            }
            for hit in finding.hits
        ],
    }
