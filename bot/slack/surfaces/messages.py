"""Messages: direct ones, mentions, and threads that the assistant is part of."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.slack import handling
from bot.slack.following import Following
from bot.slack.inbound import Asked, asked
from bot.slack.surface import Surface
from tools.text import text

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp, AsyncBoltContext
    from slack_bolt.response import BoltResponse

    from bot.slack.desk import Desk

_ASKED = "kam_asked"


def register(app: "AsyncApp", desk: "Desk") -> None:
    """Claims messages before Slack has its acknowledgement, and answers them after it."""
    following = Following(desk.sessions, desk.clock)

    async def claimed(
        body: Mapping[str, Any],
        context: "AsyncBoltContext",
        next_: Callable[[], Awaitable[None]],
    ) -> "BoltResponse | None":
        said = asked(body, context.bot_user_id)
        if said is None or not await following.is_addressed(said):
            return _seen()
        if not await handling.claim(desk, said):
            return _seen()
        context[_ASKED] = said
        await next_()
        return None

    async def answer(context: "AsyncBoltContext") -> None:
        said: Asked = context[_ASKED]
        handling.start(desk, said)

    for event in ("message", "app_mention"):
        app.event(event, middleware=[claimed])(answer)


def _seen() -> "BoltResponse":
    """Tells Slack that it need not send this again."""
    from slack_bolt.response import BoltResponse

    return BoltResponse(status=200, body="")


SURFACE = Surface(
    "messages",
    register,
    events=("message.im", "message.mpim", "message.channels", "message.groups", "app_mention"),
    scopes={
        "app_mentions:read": text(
            "hear when it is mentioned in a channel", "在频道中被提及时收到消息"
        ),
        "im:history": text("read what people write to it", "读取发给它的私信"),
        "mpim:history": text("read the group conversations that it is in", "读取它所在的多人会话"),
        "channels:history": text(
            "go on in threads of public channels that it is in, without a new mention",
            "在公开频道的讨论串中无需再次提及即可继续对话",
        ),
        "groups:history": text(
            "the same in private channels that it is in", "在私有频道中同样如此"
        ),
        "chat:write": text("answer", "回答问题"),
        "users:read": text(
            "tell colleagues from guests, other workspaces and bots",
            "区分同事、访客、其他工作区的成员和机器人",
        ),
        "users:read.email": text(
            "match colleagues to the records by e-mail address", "按邮箱匹配系统中的同事"
        ),
        "channels:read": text(
            "see who reads along in a public channel, before anything is shown there",
            "在公开频道展示内容前确认有哪些读者",
        ),
        "groups:read": text("the same in private channels", "在私有频道中同样如此"),
        "mpim:read": text("the same in group conversations", "在多人会话中同样如此"),
    },
)
