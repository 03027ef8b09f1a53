"""The modals of the shortcuts."""

from bot.slack import pick
from bot.slack.blocks import elements, inputs
from bot.slack.blocks.elements import Json
from bot.slack.blocks.message import Message
from bot.slack.mrkdwn import cut, escaped, length
from tools.text import Language, show, text

NOTED, PREPARED = "kam_note_taken", "kam_prep_asked"
"""The modals that ask for the account of a note, and of a meeting."""
ACCOUNT, WORDS = "account", "note"

_ADD, _PREPARE = text("Add to an account", "加入客户记录"), text("Prepare a meeting", "会前准备")
_ACCOUNT, _NOTE = text("Account", "客户"), text("Note", "纪要")
_PROPOSE, _SEND = text("Propose", "提出"), text("Send", "发送")
_CANCEL = text("Cancel", "取消")
_CUT = text(
    "The message is longer than this field takes; its end is left out.",
    "消息超出可填长度，结尾部分未包含。",
)
_BEFORE = text("Before you meet {name}", "与{name}会面之前")


def note_view(said: str, language: Language) -> Json:
    """The account, and the words of the message."""
    return inputs.modal(
        NOTED,
        show(_ADD, language),
        [
            inputs.field(ACCOUNT, show(_ACCOUNT, language), pick.account_menu(language)),
            inputs.field(
                WORDS,
                show(_NOTE, language),
                inputs.text_input(said, long=True),
                hint=show(_CUT, language) if length(said) > inputs.LONGEST else None,
            ),
        ],
        close=show(_CANCEL, language),
        submit=show(_PROPOSE, language),
    )


def prep_view(language: Language) -> Json:
    return inputs.modal(
        PREPARED,
        show(_PREPARE, language),
        [inputs.field(ACCOUNT, show(_ACCOUNT, language), pick.account_menu(language))],
        close=show(_CANCEL, language),
        submit=show(_SEND, language),
    )


def heading(name: str, language: Language) -> Message:
    """The title of a preparation."""
    said = text(_BEFORE.en, _BEFORE.zh, name=name).render(language)
    return Message(cut(escaped(said), 3_000), (elements.header(said),))
