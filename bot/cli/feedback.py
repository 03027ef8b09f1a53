"""`kam feedback`: what readers thought of answers, as cases for the evaluation."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tools.data.models import Feedback


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only feedback from this day on.")
@click.option("--bad", is_flag=True, help="Only what was no good.")
@click.option("--json", "as_json", is_flag=True, help="Print everything kept, as JSON.")
def command(since: datetime | None, bad: bool, as_json: bool) -> None:
    """List what readers thought of answers.

    The list is YAML in the format of `kam eval conversations`: an answer found good is a case
    that holds what ran; one found bad says in a comment what was wrong, for a person to put the
    right calls in.
    """
    from bot.main import open_records
    from bot.settings import Settings
    from tools.data import feedback

    begin = since.replace(tzinfo=UTC) if since else None
    with open_records(Settings())() as session:
        found = [
            (one.model_copy(), name)
            for one, name in feedback.since(session, begin)
            if not (bad and one.good)
        ]
    if as_json:
        plain = [{**one.model_dump(mode="json"), "person": name} for one, name in found]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(case(one, name) for one, name in found) or "# no feedback")


def case(given: "Feedback", person: str | None) -> str:
    """One case as YAML, what is known of the rating before it as comments."""
    import yaml

    rating = "good" if given.good else f"bad, {given.reason or 'no reason given'}"
    comments = [
        f"{given.at:%Y-%m-%d} {rating} (model {given.model})",
        *(f"answered: {line}" for line in given.answer.splitlines() if line.strip()),
    ]
    told = "".join(f"# {line}\n" for comment in comments for line in comment.splitlines())
    dumped: str = yaml.safe_dump(
        [_case(given, person)], allow_unicode=True, sort_keys=False, width=100
    )
    return told + dumped


def _case(given: "Feedback", person: str | None) -> dict[str, Any]:
    from bot.agent.builtin.language import language_of_thread
    from tools.text import Language

    calls = [{one["name"]: one["arguments"] or {}} for one in given.calls.get("calls", ())]
    turn: dict[str, Any] = {"say": given.question}
    if calls:
        turn["calls"] = calls
    else:
        turn["asks"] = True
    return {
        "id": f"feedback-{given.id}",
        "capability": "read",
        "language": language_of_thread([given.question], Language.ENGLISH).value,
        **({"person": person} if person else {}),
        "turns": [turn],
    }
