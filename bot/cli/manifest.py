"""`kam manifest`: what the Slack app is created from."""

import json

import click


@click.command()
@click.option(
    "--url", metavar="URL", help="Public address of `kam serve` over HTTP; else Socket Mode."
)
def command(url: str | None) -> None:
    """Print the manifest of the Slack app as JSON."""
    from bot.slack.manifest import manifest

    if url is not None and not url.startswith("https://"):
        raise click.UsageError("Slack takes addresses that begin with https:// only")
    click.echo(json.dumps(manifest(url), ensure_ascii=False, indent=2))
