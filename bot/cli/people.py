"""`kam people`: who is who in Slack; and who speaks at the terminal."""

import re
from contextlib import closing
from typing import TYPE_CHECKING

import click

from tools.access import OPERATOR, Asker
from tools.data.database import Sessions

if TYPE_CHECKING:
    from tools.data.database import SessionFactory

_SLACK_USER = re.compile(r"^[TE][A-Z0-9]+:[UW][A-Z0-9]+$")


def asker_named(sessions: Sessions, name: str | None) -> Asker:
    """The person of that name or e-mail address; without a name, the local operator.

    Whoever has the shell has the database, so the operator has the rights of sales
    operations. Raises NotFound or Ambiguous.
    """
    if name is None:
        return OPERATOR
    from tools import resolve

    with sessions() as session:
        found = resolve.person(session, name, OPERATOR)
        return Asker(found.id, found.name, found.role, found.unit_id)


@click.group()
def command() -> None:
    """Link people to their Slack users; needed where the e-mail addresses differ."""


@command.command("list")
def list_links() -> None:
    """Show who is linked to which Slack user."""
    from tools.data import visitors

    with closing(_records()) as sessions, sessions() as session:
        found = visitors.linked(session)
    for person in found:
        state = "" if person.active else "  (not active)"
        click.echo(f"{person.slack_user}  {person.name}{state}")
    if not found:
        click.echo("Nobody is linked yet.")


@command.command()
@click.argument("person")
@click.argument("slack_user", metavar="TEAM:USER")
def link(person: str, slack_user: str) -> None:
    """Link PERSON (name or e-mail) to a Slack user, as in T0123:U0456."""
    from bot.main import now
    from tools.data import visitors

    if not _SLACK_USER.match(slack_user):
        raise click.UsageError("TEAM:USER is the workspace's ID and the member ID, T0123:U0456")
    with closing(_records()) as sessions:
        asker = asker_named(sessions, person)
        with sessions() as session:
            visitors.link(session, _id(asker), slack_user, by=OPERATOR, at=now(), reason="by hand")
    click.echo(f"{asker.name} is {slack_user} now.")


@command.command()
@click.argument("person")
def unlink(person: str) -> None:
    """Take the link of PERSON away. An equal e-mail address links again: to keep somebody out,
    import them as not active."""
    from bot.main import now
    from tools.data import visitors

    with closing(_records()) as sessions:
        asker = asker_named(sessions, person)
        with sessions() as session:
            visitors.unlink(session, _id(asker), by=OPERATOR, at=now())
    click.echo(f"{asker.name} is linked to no Slack user.")


def _records() -> "SessionFactory":
    from bot.cli.failures import log_to_home
    from bot.main import open_records
    from bot.settings import Settings

    settings = Settings()
    log_to_home(settings.home)
    return open_records(settings)


def _id(asker: Asker) -> int:
    if asker.person_id is None:
        raise click.UsageError("the local operator has no Slack user")
    return asker.person_id
