"""`kam audit`: whether the trail holds, and what it tells."""

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from bot.cli.desk import Desk, as_option, language_option, open_desk

if TYPE_CHECKING:
    from tools.audit import Head, Verdict
    from tools.audit.search import Wanted


@click.group()
def command() -> None:
    """Prove that the audit trail is whole, and search it."""


def _head(_context: click.Context, _parameter: click.Parameter, given: str | None) -> "Head | None":
    from tools.audit import Head

    if given is None:
        return None
    count, sign, digest = given.partition(":")
    if not (sign and count.isdigit()):
        raise click.BadParameter("write it as COUNT:HASH")
    return Head(int(count), digest)


@command.command()
@click.option(
    "--head", callback=_head, metavar="COUNT:HASH", help="A head noted earlier that must be there."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def verify(head: "Head | None", as_json: bool, language: str | None) -> None:
    """Check every entry, and that none is cut off at the end.

    Ends with 1 where something is wrong and names it. The head that it prints, kept elsewhere,
    proves later with --head that nothing before it was changed.
    """
    from tools.audit import Witness
    from tools.audit import verify as verified

    with open_desk(language=language) as desk:
        seen = Witness.of(desk.settings.home, desk.settings.database).head()
        with desk.sessions() as session:
            verdict = verified(session, *(known for known in (head, seen) if known))
        if as_json:
            click.echo(json.dumps(_plain(verdict, desk), ensure_ascii=False, indent=2))
        else:
            _tell(verdict, desk)
    sys.exit(0 if verdict.sound else 1)


def _plain(verdict: "Verdict", desk: Desk) -> dict[str, object]:
    return {
        "sound": verdict.sound,
        "entries": verdict.head.count,
        "head": f"{verdict.head.count}:{verdict.head.hash}",
        "broken": list(verdict.broken),
        "problems": [problem.render(desk.language) for problem in verdict.cut],
        "erased": verdict.erased,
    }


def _tell(verdict: "Verdict", desk: Desk) -> None:
    from tools.text import text

    for number in verdict.broken:
        desk.say(
            text(
                "Entry {number} does not fit the chain.",
                "第 {number} 号记录与链条不符。",
                number=str(number),
            )
        )
    for problem in verdict.cut:
        desk.say(problem)
    if not verdict.sound:
        return
    desk.say(
        text(
            "The audit trail is whole: {count} entries, {erased} with personal data erased.",
            "审计记录完整：共 {count} 条，其中 {erased} 条的个人信息已删除。",
            count=verdict.head.count,
            erased=verdict.erased,
        )
    )
    head = f"{verdict.head.count}:{verdict.head.hash}"
    desk.say(text("Head: {head}", "头部：{head}", head=head))


_DAY = click.DateTime(["%Y-%m-%d"])


@command.command()
@click.option("--person", "who", metavar="PERSON", help="Who did it: name or e-mail.")
@click.option("--account", metavar="ACCOUNT", help="What it was about.")
@click.option("--action", metavar="WORD", help="What was done, for example asked or applied.")
@click.option("--since", type=_DAY, metavar="DAY", help="From this day on, as 2026-03-01.")
@click.option("--until", type=_DAY, metavar="DAY", help="Up to and with this day.")
@click.option("--limit", default=50, show_default=True, help="How many entries to show.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@as_option
@language_option
def search(  # noqa: PLR0917  (click names them)
    who: str | None,
    account: str | None,
    action: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    as_json: bool,
    person: str | None,
    language: str | None,
) -> None:
    """Show what was asked, shown, proposed, decided, imported and exported, and by whom.

    For sales operations; the search itself is recorded.
    """
    from tools.audit.search import as_data
    from tools.audit.search import search as searched
    from tools.export.trail import require_operations

    with open_desk(person, language) as desk:
        require_operations(desk.deps)
        wanted = _wanted(desk, who, account, action, (_day(since), _day(until)))
        with desk.sessions() as session:
            found = searched(session, wanted, limit)
        asked = {"person": who, "account": account, "action": action, "found": found.total}
        desk.record("audit searched", asked)
        if as_json:
            entries = [as_data(entry) for entry in found.entries]
            shown = {"total": found.total, "entries": entries}
            click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            desk.show(found.card())


def _wanted(
    desk: Desk,
    who: str | None,
    account: str | None,
    action: str | None,
    days: tuple[date | None, date | None],
) -> "Wanted":
    from tools import resolve
    from tools.access import scope_of
    from tools.audit.search import Wanted

    with desk.sessions() as session:
        scope = scope_of(session, desk.asker, desk.deps.today)
        person_id = resolve.person(session, who, desk.asker).id if who else None
        account_id = resolve.account(session, account, scope).id if account else None
    return Wanted(person_id, account_id, action, *days)


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()
