"""`kam ask`: one question, one answer."""

import asyncio
import json
import secrets
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.turn import Reply


@click.command()
@click.argument("question")
@click.option("--as", "person", metavar="PERSON", help="Ask as this person: name or e-mail.")
@click.option("--thread", metavar="ID", help="Continue this conversation.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(question: str, person: str | None, thread: str | None, as_json: bool) -> None:
    """Answer QUESTION from the records and the methodology."""
    reply = asyncio.run(_ask(question, person, thread or secrets.token_hex(8)))
    if reply.failure is not None:
        raise click.ClickException(reply.text)
    _show(reply, as_json)


async def _ask(question: str, person: str | None, thread: str) -> "Reply":
    from bot.cli.failures import log_to_home
    from bot.cli.people import asker_named
    from bot.main import open_assistant, open_records
    from bot.settings import Settings
    from bot.turn import Turn

    settings = Settings()
    log_to_home(settings.home)
    with closing(open_records(settings)) as sessions:
        asker = asker_named(sessions, person)
    async with open_assistant(settings) as assistant:
        return await assistant.answer(Turn(thread, asker, question))


def _show(reply: "Reply", as_json: bool) -> None:
    if as_json:
        from bot.present import plain_reply

        sys.stdout.write(json.dumps(plain_reply(reply), ensure_ascii=False, indent=2) + "\n")
        return
    from bot.cli.render import print_reply, terminal

    print_reply(terminal(), reply)
