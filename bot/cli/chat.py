"""`kam chat`: a conversation in the terminal."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from bot.assistant import Assistant
    from bot.settings import Settings
    from tools.access import Asker

_HELP = """\
Ask in English, 简体中文 or 繁體中文. Commands:
  /help      this list                    帮助
  /new       start a new conversation     新对话
  /quit      leave (also Ctrl-D)          退出"""


@click.command()
@click.option("--as", "person", metavar="PERSON", help="Talk as this person: name or e-mail.")
@click.option("--thread", metavar="ID", help="Continue this conversation.")
@click.option("--demo", is_flag=True, help="Load the demo company if the database is empty.")
def command(person: str | None, thread: str | None, demo: bool) -> None:
    """Talk to the assistant."""
    from bot.cli.failures import log_to_home
    from bot.cli.people import asker_named
    from bot.cli.render import terminal
    from bot.main import open_records
    from bot.settings import Settings

    settings = Settings()
    log_to_home(settings.home)
    console = terminal()
    if demo:
        _load_demo(settings, console)
    with closing(open_records(settings)) as sessions:
        asker = asker_named(sessions, person)
    asyncio.run(_talk(settings, console, asker, thread or secrets.token_hex(4)))


def _load_demo(settings: "Settings", console: "Console") -> None:
    from bot.main import now, open_records
    from tools.data import accounts
    from tools.data.demo import load_demo

    with closing(open_records(settings)) as sessions:
        with sessions() as session:
            if accounts.count(session):
                return
        load_demo(sessions, now().date())
    console.print("The demo company is loaded. 演示公司数据已载入。", style="dim")


async def _talk(settings: "Settings", console: "Console", asker: "Asker", thread: str) -> None:
    from bot.main import open_assistant

    async with open_assistant(settings, ahead=True) as assistant:
        console.print(
            f"KAM assistant · {asker.name} · thread {thread} · /help", style="dim", highlight=False
        )
        async for line in _lines(settings):
            if line.startswith("/"):
                if line in {"/quit", "/exit", "/q"}:
                    return
                thread = _command(console, line, thread)
                continue
            await _answer(assistant, console, asker, thread, line)


def _command(console: "Console", line: str, thread: str) -> str:
    """Carries out a slash command; returns the thread to go on with."""
    if line == "/new":
        thread = secrets.token_hex(4)
        console.print(f"new thread {thread}", style="dim", highlight=False)
    else:
        console.print(_HELP, highlight=False)
    return thread


async def _answer(
    assistant: "Assistant", console: "Console", asker: "Asker", thread: str, line: str
) -> None:
    from bot.cli.render import print_reply
    from bot.turn import Turn

    spoken: list[str] = []

    def say(words: str) -> None:
        spoken.append(words)
        console.print(words, end="", soft_wrap=True, highlight=False, markup=False)

    def tell(name: str, arguments: dict[str, Any]) -> None:
        given = ", ".join(f"{key}={value}" for key, value in arguments.items())
        console.print(f"· {name}({given})", style="dim", highlight=False, markup=False)

    reply = await assistant.answer(Turn(thread, asker, line), tell, say)
    if spoken:
        console.print()
    print_reply(console, reply, spoken=bool(spoken))


async def _lines(settings: "Settings") -> AsyncIterator[str]:
    """What the user types, until the end of input; empty lines are passed over."""
    if sys.stdin.isatty():
        async for line in _typed(settings):
            yield line
        return
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            click.echo(f"> {line.strip()}")
            yield line.strip()


async def _typed(settings: "Settings") -> AsyncIterator[str]:
    """Lines from a terminal, with editing and a history kept under `KAM_HOME`."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    session: PromptSession[str] = PromptSession(history=FileHistory(settings.home / "history"))
    while True:
        try:
            line = await session.prompt_async("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip():
            yield line.strip()
