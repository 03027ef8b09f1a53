"""The Home tab, the reminder that is sent unasked, and the modal that sets reminders."""

from collections.abc import Sequence

from bot.slack.blocks import inputs
from bot.slack.blocks.cards import card_blocks
from bot.slack.blocks.elements import Json, actions, button, context, section
from bot.slack.blocks.message import Message
from bot.slack.blocks.simpler import without_native
from bot.slack.mrkdwn import cut, escaped
from tools.cards import Card
from tools.domain.reminding import Wishes
from tools.text import Language, Text, text

CHANGES, PREPARE, SETTINGS = "kam_home_changes", "kam_home_prepare", "kam_reminder_settings"
SNOOZE, STOP = "kam_reminder_snooze", "kam_reminder_stop"
SET = "kam_reminder_set"
FORM_OPEN = "kam_form_open"
_MOST_BLOCKS = 100

_UPDATE = text("Update an account", "更新客户信息")
_PREPARE = text("Prepare a meeting", "会前准备")
_CHANGES = text("Waiting changes ({count})", "待确认的修改（{count}）")
_SETTINGS = text("Reminders", "提醒设置")
_SNOOZE, _STOP = text("Not for a week", "一周内不提醒"), text("Stop", "不再提醒")
_MORE = text("Ask me in Messages for the rest.", "其余内容请在消息中向我提问。")
_WHY = text(
    "You get one such message a day at most, on working days outside your quiet hours.",
    "每天最多一条，只在工作日的非安静时段发送。",
)
_SAVE, _CLOSE = text("Save", "保存"), text("Close", "关闭")
_YES, _NO = text("Yes", "是"), text("No", "否")
_FIELDS: dict[str, Text] = {
    "reminders": text("Remind me daily of what is urgent", "每日提醒紧急事项"),
    "digest": text("Send an overview on Mondays", "每周一发送概览"),
    "quiet_from": text("Quiet from (hour)", "安静时段开始（点）"),
    "quiet_until": text("Quiet until (hour)", "安静时段结束（点）"),
    "snoozed_until": text("Nothing before", "此日期之前不提醒"),
}


def home_view(cards: Sequence[Card], waiting: int, language: Language) -> Json:
    """The Home tab: what to do, then the cards as far as they fit."""
    blocks = [_doing(waiting, language)]
    for card in cards:
        blocks.append({"type": "divider"})
        blocks += without_native(card_blocks(card, language), tables=False)
    if len(blocks) > _MOST_BLOCKS:
        blocks = [*blocks[: _MOST_BLOCKS - 1], *context([_MORE.render(language)])]
    return {"type": "home", "blocks": blocks}


def refused_view(said: str) -> Json:
    """The Home tab of somebody who gets no data."""
    return {"type": "home", "blocks": [section(said)]}


def reminder_message(cards: Sequence[Card], language: Language) -> Message:
    """The cards, and how to be left alone."""
    blocks = [block for card in cards for block in card_blocks(card, language)]
    said = "\n".join(card.headline.render(language) for card in cards)
    ways = [
        button(_SNOOZE.render(language), SNOOZE, "7"),
        button(_STOP.render(language), STOP, "stop"),
        button(_SETTINGS.render(language), SETTINGS, "open"),
    ]
    ending = [actions(ways), *context([_WHY.render(language)])]
    fitting = list(without_native(blocks))[: 50 - len(ending)]
    return Message(cut(escaped(said), 3_000), (*fitting, *ending))


def settings_view(wishes: Wishes, language: Language) -> Json:
    """The modal in which a person sets when to be reminded."""
    yes_no = [("yes", _YES.render(language)), ("no", _NO.render(language))]
    hours = [(str(hour), f"{hour:02}:00") for hour in range(24)]
    elements = {
        "reminders": inputs.select(yes_no, _said(wishes.reminders)),
        "digest": inputs.select(yes_no, _said(wishes.digest)),
        "quiet_from": inputs.select(hours, str(wishes.quiet_from)),
        "quiet_until": inputs.select(hours, str(wishes.quiet_until)),
        "snoozed_until": inputs.date_input(
            wishes.snoozed_until.isoformat() if wishes.snoozed_until else None
        ),
    }
    blocks = [
        inputs.field(name, label.render(language), elements[name], optional=name == "snoozed_until")
        for name, label in _FIELDS.items()
    ]
    return inputs.modal(
        SET,
        _SETTINGS.render(language),
        blocks,
        close=_CLOSE.render(language),
        submit=_SAVE.render(language),
    )


def _doing(waiting: int, language: Language) -> Json:
    buttons = [
        button(_UPDATE.render(language), FORM_OPEN, "log"),
        button(_PREPARE.render(language), PREPARE, "open"),
        button(_SETTINGS.render(language), SETTINGS, "open"),
    ]
    if waiting:
        label = text(_CHANGES.en, _CHANGES.zh, count=waiting).render(language)
        buttons.insert(0, button(label, CHANGES, "show") | {"style": "primary"})
    return actions(buttons)


def _said(wished: bool) -> str:
    return "yes" if wished else "no"
