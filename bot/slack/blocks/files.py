"""What to do with a shared file: the card that asks, and the two modals that decide."""

import json
from collections.abc import Sequence

from bot.slack import pick
from bot.slack.blocks import inputs
from bot.slack.blocks.elements import Json, actions, button, context, section
from bot.slack.blocks.message import Message
from bot.slack.mrkdwn import cut, escaped
from tools.domain.vocabulary import Level
from tools.text import Language, Text, show, text

LIBRARY, ACCOUNT = "kam_file_library", "kam_file_account"
"""The buttons of the card."""
KEPT, PROPOSED = "kam_file_kept", "kam_file_proposed"
"""The modals: into the knowledge library, and to an account."""
LEVEL, UNIT, OF, AS, TITLE = "level", "unit", "account", "as", "title"
EVERYBODY = "all"
NOTE, SECTION = "note", "section"
_NAME = 100

_ASK = text("What shall I do with {name}?", "如何处理 {name}？")
_TO_LIBRARY = text("Knowledge library", "放入知识库")
_TO_ACCOUNT = text("An account", "归入客户")
_NOTHING_YET = text(
    "I have not opened it. Nothing is kept until you choose, and an account changes only after "
    "you confirm. To ask me something, write without a file.",
    "我还没有打开该文件。您选择之前不会保存，客户资料需您确认后才会修改。如需提问，请发送不带附件的消息。",
)
_LEVELS: dict[Level, Text] = {
    Level.PUBLIC: text("1: public", "1级：公开"),
    Level.PUBLIC_PAID: text("2: public, paid for", "2级：公开（付费获得）"),
    Level.PRIVATE: text("3: internal", "3级：内部"),
    Level.PRIVATE_TOP: text("4: internal, restricted", "4级：内部（限制）"),
}
_LEVEL, _UNIT = text("Information level", "信息级别"), text("For whom", "适用部门")
_ALL = text("Everybody", "所有人")
_UNIT_HINT = text(
    "With a unit, only its people and those who lead it find the document.",
    "选择部门后，只有该部门成员及其上级能检索到。",
)
_OF, _AS, _TITLE = text("Account", "客户"), text("Take it as", "作为"), text("Title", "标题")
_AS_NOTE = text("a note, read for what it reports", "纪要，从中提取信息")
_AS_SECTION = text("a section of the account plan", "客户计划的一章")
_TITLE_HINT = text("Of the section; not used for a note.", "章节标题，纪要不使用。")
_TAKE, _PROPOSE, _CANCEL = text("Take in", "接收"), text("Propose", "提出"), text("Cancel", "取消")


def offer(file_id: str, name: str, language: Language, *, library: bool, accounts: bool) -> Message:
    """The card that asks; its buttons are those that the person may use."""
    asked = show(text(_ASK.en, _ASK.zh, name=_short(name)), language)
    value = _metadata(file_id, name)
    ways = [
        *([button(show(_TO_LIBRARY, language), LIBRARY, value)] if library else []),
        *([button(show(_TO_ACCOUNT, language), ACCOUNT, value)] if accounts else []),
    ]
    blocks = (section(asked), actions(ways), *context([show(_NOTHING_YET, language)]))
    return Message(escaped(asked), blocks)


def library_view(
    file_id: str, name: str, units: Sequence[inputs.Choice], language: Language
) -> Json:
    levels = [(str(level.value), show(said, language)) for level, said in _LEVELS.items()]
    places = [(EVERYBODY, show(_ALL, language)), *units]
    return inputs.modal(
        KEPT,
        show(_TO_LIBRARY, language),
        [
            section(_short(name)),
            inputs.field(LEVEL, show(_LEVEL, language), inputs.select(levels)),
            inputs.field(
                UNIT,
                show(_UNIT, language),
                inputs.select(places, EVERYBODY),
                hint=show(_UNIT_HINT, language),
            ),
        ],
        close=show(_CANCEL, language),
        submit=show(_TAKE, language),
        metadata=_metadata(file_id, name),
    )


def account_view(file_id: str, name: str, language: Language) -> Json:
    kinds = [(NOTE, show(_AS_NOTE, language)), (SECTION, show(_AS_SECTION, language))]
    return inputs.modal(
        PROPOSED,
        show(_TO_ACCOUNT, language),
        [
            section(_short(name)),
            inputs.field(OF, show(_OF, language), pick.account_menu(language)),
            inputs.field(AS, show(_AS, language), inputs.select(kinds, NOTE)),
            inputs.field(
                TITLE,
                show(_TITLE, language),
                inputs.text_input(_short(name.rpartition(".")[0] or name), most=200),
                optional=True,
                hint=show(_TITLE_HINT, language),
            ),
        ],
        close=show(_CANCEL, language),
        submit=show(_PROPOSE, language),
        metadata=_metadata(file_id, name),
    )


def _metadata(file_id: str, name: str) -> str:
    return json.dumps({"file": file_id, "name": _short(name)}, ensure_ascii=False)


def _short(name: str) -> str:
    return cut(name, _NAME)
