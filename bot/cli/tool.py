"""`kam tool`: one tool, called directly."""

import json
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.trail import TurnTrail
    from tools.catalog.spec import Tool
    from tools.deps import Deps


@click.command()
@click.argument("name", required=False)
@click.argument("arguments", default="{}")
@click.option("--as", "person", metavar="PERSON", help="Call as this person: name or e-mail.")
@click.option("--language", type=click.Choice(["en", "zh-Hans", "zh-Hant"]), default="en")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    name: str | None, arguments: str, person: str | None, language: str, as_json: bool
) -> None:
    """Call the tool NAME with ARGUMENTS, a JSON object; without NAME, list the tools."""
    from bot.turn import ToolCall
    from tools.catalog import READS, WRITES

    known = {tool.name: tool for tool in (*READS, *WRITES)}
    if name is None:
        for tool in known.values():
            click.echo(f"{tool.name:20} {(tool.function.__doc__ or '').strip().splitlines()[0]}")
        return
    if name not in known:
        raise click.UsageError(f"no tool {name}; `kam tool` lists them")
    given = _arguments(known[name], arguments)
    with _opened(person, language) as (deps, trail):
        result = known[name].function(deps, **given)
        trail.shown(deps, "command", [ToolCall(name, given, result)], [result.card()])
        _show(result, deps, as_json)


def _arguments(tool: "Tool", given: str) -> dict[str, Any]:
    """The arguments in their types; a misfit is a usage error."""
    from pydantic import ValidationError

    from bot.agent.binding import arguments_of

    try:
        parsed = arguments_of(tool).model_validate(json.loads(given))
    except json.JSONDecodeError as error:
        raise click.UsageError(f"ARGUMENTS is not JSON: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "ARGUMENTS"
        raise click.UsageError(f"{where}: {first['msg']}") from error
    return {key: getattr(parsed, key) for key in parsed.model_fields_set}


@contextmanager
def _opened(person: str | None, language: str) -> "Iterator[tuple[Deps, TurnTrail]]":
    """What the tool is given, and where it is kept what it shows."""
    from bot.cli.failures import log_to_home
    from bot.cli.people import asker_named
    from bot.main import now, open_library, open_records
    from bot.settings import Settings
    from bot.trail import open_trail
    from tools.data.rules import current_rules
    from tools.deps import Deps
    from tools.text import Language

    settings = Settings()
    log_to_home(settings.home)
    with (
        closing(open_records(settings)) as sessions,
        closing(open_library(settings, sessions)) as library,
        open_trail(settings, sessions, now) as trail,
    ):
        with sessions() as session:
            rules = current_rules(session)
        asker = asker_named(sessions, person)
        yield Deps(sessions, now, rules, asker, Language(language), library), trail


def _show(result: Any, deps: "Deps", as_json: bool) -> None:
    if as_json:
        from pydantic_core import to_jsonable_python

        shown = json.dumps(to_jsonable_python(result), ensure_ascii=False, indent=2)
        sys.stdout.write(f"{shown}\n")
        return
    from bot.cli.render import card_panel, terminal

    terminal().print(card_panel(result.card(), deps.language))
