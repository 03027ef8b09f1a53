"""What `/kam` shows beside cards: its help, and which account is meant."""

import json
from collections.abc import Sequence

from bot.slack import pick
from bot.slack.blocks import elements
from bot.slack.blocks.message import Message
from bot.slack.mrkdwn import cut, escaped
from bot.slack.subcommands import SUBCOMMANDS, Subcommand
from tools.text import Language, Text, show, text

CHOICE = "kam_command_pick"
"""How the action ids of the buttons begin that name an account."""
PICKER = "kam_command"
"""How the block id begins of a menu that asks for the account of a subcommand."""
_MOST_BUTTONS = 5

_HELP = text("What /kam can do", "/kam 的用法")
_UNKNOWN = text(
    "I know no “{word}”. This is what /kam can do:", "没有“{word}”这个命令。/kam 可以："
)
_OR_SEARCH = text("Or search for it:", "或在此搜索：")
_READ_AS = text("(read as /kam {name})", "（按 /kam {name} 处理）")
_MORE = text("Everything else you can simply ask me in a message.", "其他问题直接发消息问我即可。")


def help_message(language: Language, unknown: str | None = None) -> Message:
    """The subcommands, each with an example."""
    title = show(_HELP, language)
    lines = [
        [
            elements.run(f"/kam {show(one.usage, language)}", code=True),
            elements.run(f"  {show(one.about, language)}"),
        ]
        for one in SUBCOMMANDS
    ]
    intro = text(_UNKNOWN.en, _UNKNOWN.zh, word=unknown).render(language) if unknown else None
    blocks = [
        *(elements.sentences(intro) if intro else [elements.header(title)]),
        elements.rich(elements.bullets(lines)),
        *elements.context([show(_MORE, language)]),
    ]
    return Message(cut(escaped(intro or title), 3_000), tuple(blocks))


def which_account(
    subcommand: Subcommand,
    question: str,
    choices: Sequence[str],
    language: Language,
) -> Message:
    """Asks which account is meant: a button for each likely one, and a menu that searches."""
    blocks = elements.sentences(question)
    if choices:
        buttons = [
            elements.button(name, f"{CHOICE}_{n}", _chosen(subcommand, name))
            for n, name in enumerate(choices[:_MOST_BUTTONS])
        ]
        blocks += [elements.actions(buttons), elements.section(show(_OR_SEARCH, language))]
    menu = pick.account_menu(language, own=subcommand.subject == "form")
    blocks.append(elements.actions([menu]) | {"block_id": f"{PICKER}:{subcommand.name}"})
    return Message(cut(escaped(question), 3_000), tuple(blocks))


def _chosen(subcommand: Subcommand, name: str) -> str:
    return json.dumps([subcommand.name, name], ensure_ascii=False)


def read_as(subcommand: Subcommand, language: Language) -> Text:
    """Says which subcommand a misspelt one was taken for."""
    name = show(subcommand.usage, language).partition(" ")[0]
    return text(_READ_AS.en, _READ_AS.zh, name=name)
