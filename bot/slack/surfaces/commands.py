"""`/kam`: answers that need no language model, for the asker alone."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

from bot.slack import pick, subcommands, visits
from bot.slack.blocks import Message, messages, proposals
from bot.slack.blocks import commands as cards
from bot.slack.desk import Desk
from bot.slack.inbound import plain
from bot.slack.opening import open_choice
from bot.slack.subcommands import BY_NAME, Subcommand
from bot.slack.surface import Command, Surface
from bot.slack.telling import plain_message, whisper
from bot.slack.visit import Visit
from bot.turn import Reply, ToolCall
from tools import resolve
from tools.access import scope_of
from tools.changes import newest_applied
from tools.deps import Deps
from tools.errors import Ambiguous, BadInput, KamError, NotFound
from tools.text import Language, text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_WHICH = text("Which account do you mean?", "请选择客户：")
_NOTHING = text("There is no change of yours that could be taken back.", "您没有可以撤销的修改。")
_ASK = text("Please add what to look for, e.g. {example}.", "请补充要查找的内容，例如：{example}")


def register(app: "AsyncApp", desk: Desk) -> None:
    """Listens to the command, and to the account that it asks for."""
    visits.on_command(app, desk, "/kam", _typed)
    visits.on_action(app, desk, f"{cards.CHOICE}_*", _chosen)
    visits.on_action(app, desk, pick.ACCOUNT, _picked)
    visits.on_action(app, desk, pick.OWN_ACCOUNT, _picked)


async def _typed(desk: Desk, visit: Visit) -> None:
    typed = plain(str(visit.body.get("text") or ""), None)
    said = subcommands.said(typed)
    language = subcommands.language_of(typed, visit.language)
    if said.subcommand is None or said.subcommand.name == "help":
        unknown = said.words if said.subcommand is None else None
        await whisper(visit, cards.help_message(language, unknown))
        return
    if said.guessed:
        guessed = cards.read_as(said.subcommand, language).render(language)
        await whisper(visit, plain_message(guessed))
    await _run(desk, visit, said.subcommand, said.words, language)


async def _chosen(desk: Desk, visit: Visit) -> None:
    """A button with the name of an account."""
    name, account = json.loads(visit.value)
    await _run(desk, visit, BY_NAME[name], account, visit.language)


async def _picked(desk: Desk, visit: Visit) -> None:
    """An account of the menu; the block says for which subcommand."""
    _, _, name = str(visit.action["block_id"]).partition(":")
    deps = await visit.deps(desk)
    account = await asyncio.to_thread(pick.known_account, deps, visit.value)
    await _run(desk, visit, BY_NAME[name], account.name, visit.language)


async def _run(
    desk: Desk, visit: Visit, subcommand: Subcommand, words: str, language: Language
) -> None:
    deps = await visit.deps(desk, language)
    try:
        if subcommand.subject == "form":
            await _form(desk, visit, subcommand, words, deps)
        elif subcommand.name == "undo":
            await _last(visit, deps)
        else:
            await _answer(desk, visit, subcommand, words, deps)
    except (Ambiguous, NotFound) as error:
        asked = error.message.render(language)
        await whisper(visit, _which(subcommand, asked, error, language))
    except KamError as error:
        await whisper(visit, plain_message(error.message.render(language)))


async def _answer(desk: Desk, visit: Visit, subcommand: Subcommand, words: str, deps: Deps) -> None:
    arguments = await asyncio.to_thread(_arguments, deps, subcommand, words)
    result = await desk.run(subcommand.tool, deps, **arguments)
    card = result.card()
    reply = Reply(
        text=card.headline.render(deps.language),
        cards=(card,),
        tool_calls=(ToolCall(subcommand.tool, arguments, result),),
        citations=card.quotes,
        language=deps.language,
        model="command",
    )
    for message in messages(reply, feedback=False):
        await whisper(visit, message)


def _arguments(deps: Deps, subcommand: Subcommand, words: str) -> dict[str, Any]:
    if subcommand.subject == "question":
        if not words:
            example = subcommand.usage.render(deps.language)
            raise BadInput(text(_ASK.en, _ASK.zh, example=f"/kam {example}"))
        return {"question": words}
    with deps.sessions() as session:
        if subcommand.subject == "account":
            return {"account": _account(deps, words)[1]}
        return subcommands.scope_arguments(session, words, deps.asker)


async def _form(desk: Desk, visit: Visit, subcommand: Subcommand, words: str, deps: Deps) -> None:
    number = (await asyncio.to_thread(_account, deps, words))[0] if words else None
    chosen = "log" if subcommand.name == "log" else None
    await open_choice(desk, visit, chosen=chosen, account_id=number)


async def _last(visit: Visit, deps: Deps) -> None:
    """Shows the person's last change, with the button that takes it back."""
    found = await asyncio.to_thread(newest_applied, deps)
    if found is None:
        await whisper(visit, plain_message(_NOTHING.render(deps.language)))
        return
    await whisper(visit, proposals.settled(found, deps.language))


def _account(deps: Deps, words: str) -> tuple[int, str]:
    """The account that the words name; raises `NotFound` or `Ambiguous`."""
    if not words.strip():
        raise NotFound(_WHICH, parameter="account")
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, words, scope)
        return found.id or 0, found.name


def _which(
    subcommand: Subcommand, asked: str, error: Ambiguous | NotFound, language: Language
) -> Message:
    """The question as a picker where an account is meant."""
    if error.parameter == "account":
        return cards.which_account(subcommand, asked, error.choices, language)
    names = (
        "、".join(error.choices) if language is not Language.ENGLISH else ", ".join(error.choices)
    )
    return plain_message(f"{asked} {names}".strip())


SURFACE = Surface(
    "commands",
    register,
    commands=(
        Command(
            "/kam",
            "Scores, owners, priorities and forms, in English or Chinese",
            "score | owner | priority | checklist | due | summary | log | update | help",
        ),
    ),
    actions=(f"{cards.CHOICE}_*", pick.ACCOUNT, pick.OWN_ACCOUNT),
)
