"""`kam demo`: the demonstration company, for a first look."""

import click


@click.command()
def command() -> None:
    """Load the demonstration company into an empty database."""
    from datetime import datetime

    from bot.main import open_records
    from bot.settings import Settings
    from tools.data.demo import load_demo
    from tools.text import Language

    settings = Settings()
    today = datetime.now().astimezone().date()
    summary = load_demo(open_records(settings), today)
    language = Language.ENGLISH if settings.language == "auto" else Language(settings.language)
    click.echo(summary.sentence().render(language))
