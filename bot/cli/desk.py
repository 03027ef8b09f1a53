"""What the commands that look after the records share: who runs them, their language, and the
entry each leaves in the audit trail."""

import getpass
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.settings import Settings
    from tools.access import Asker
    from tools.cards import Card
    from tools.data.database import SessionFactory
    from tools.deps import Deps
    from tools.text import Language, Text

LANGUAGES = click.Choice(["en", "zh-Hans", "zh-Hant"])


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--language", type=LANGUAGES, help="Language of the output.")(command)


def as_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--as", "person", metavar="PERSON", help="Act as this person: name or e-mail."
    )(command)


@dataclass(frozen=True)
class Desk:
    """The records, opened for one person at the terminal."""

    settings: "Settings"
    sessions: "SessionFactory"
    asker: "Asker"
    language: "Language"

    @property
    def engine(self) -> "Engine":
        return self.sessions.engine

    @property
    def deps(self) -> "Deps":
        """As a tool gets them; it finds nothing in documents."""
        from bot.main import now, open_library
        from tools.data.rules import current_rules
        from tools.deps import Deps

        with self.sessions() as session:
            rules = current_rules(session)
        library = open_library(self.settings, self.sessions)
        return Deps(self.sessions, now, rules, self.asker, self.language, library)

    def record(
        self,
        action: str,
        detail: Mapping[str, Any],
        *,
        subject: str = "",
        accounts: frozenset[int] = frozenset(),
    ) -> None:
        """Leaves an entry in the audit trail, with the name of the account on this machine."""
        from bot.main import now
        from tools.audit import Witness, append
        from tools.data.rules import current_rules

        with self.sessions() as session:
            head = append(
                session,
                at=now(),
                actor_id=self.asker.person_id,
                actor=self.asker.name,
                surface="terminal",
                action=action,
                subject=subject,
                detail={**detail, "user": getpass.getuser()},
                accounts=accounts,
                rules_version=current_rules(session).version,
            )
            session.commit()
            Witness.of(self.settings.home, self.settings.database).note(session, head)

    def show(self, card: "Card") -> None:
        from bot.cli.render import card_panel, terminal

        terminal().print(card_panel(card, self.language))

    def say(self, said: "Text") -> None:
        click.echo(said.render(self.language))


@contextmanager
def speaking(language: "Language") -> Iterator[None]:
    """Tells what went wrong in one line and that language."""
    from tools.errors import KamError
    from tools.text import text

    try:
        yield
    except KamError as error:
        raise click.ClickException(error.message.render(language)) from error
    except OSError as error:
        said = text(
            "{name}: {reason}.",
            "{name}：{reason}。",
            name=str(error.filename or ""),
            reason=error.strerror or type(error).__name__,
        )
        raise click.ClickException(said.render(language)) from error


@contextmanager
def open_desk(person: str | None = None, language: str | None = None) -> Iterator[Desk]:
    """The records for this person; failures are told in the person's language."""
    from contextlib import closing

    from bot.cli.failures import log_to_home
    from bot.cli.people import asker_named
    from bot.main import open_records
    from bot.settings import Settings

    settings = Settings()
    log_to_home(settings.home)
    with (
        speaking(language_of(settings, language)),
        closing(open_records(settings)) as sessions,
    ):
        asker = asker_named(sessions, person)
        shown = language_of(settings, language, sessions, asker)
        with speaking(shown):
            yield Desk(settings, sessions, asker, shown)


def language_of(
    settings: "Settings",
    asked: str | None,
    sessions: "SessionFactory | None" = None,
    asker: "Asker | None" = None,
) -> "Language":
    """The language asked for, else the person's, else the configured one, else English."""
    from tools.data.models import Person
    from tools.text import Language

    if asked:
        return Language(asked)
    if sessions is not None and asker is not None and asker.person_id is not None:
        with sessions() as session:
            own = session.get_one(Person, asker.person_id).language
        if own in set(Language):
            return Language(own)
    return Language.ENGLISH if settings.language == "auto" else Language(settings.language)
