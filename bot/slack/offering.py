"""What the assistant says to a shared file: a card that asks what to do with it."""

import asyncio
from typing import TYPE_CHECKING

from bot.slack.answer import Where
from bot.slack.blocks import Message, files
from bot.slack.inbound import Shared
from bot.slack.mrkdwn import escaped
from bot.slack.people import Visitor
from tools.access import Right, Rights, rights_of
from tools.text import text

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.desk import Desk

_MOST = 10
_NOBODY = text(
    "I take in files from account teams and sales operations only; your role keeps none.",
    "我只接收客户团队和销售运营的文件，您的角色不能提交文件。",
)


async def offer(
    desk: "Desk",
    client: "AsyncWebClient",
    where: Where,
    visitor: Visitor,
    shared: tuple[Shared, ...],
    *,
    event: str,
) -> None:
    """Asks for each file, in a channel its sharer alone; sent only while the claim holds."""
    rights = await asyncio.to_thread(_rights, desk, visitor)
    library, accounts = may_teach(rights), Right.ACCOUNT in rights.held
    cards = [
        files.offer(one.id, one.name, visitor.language, library=library, accounts=accounts)
        for one in shared[:_MOST]
    ]
    if not library and not accounts:
        cards = [Message(escaped(_NOBODY.render(visitor.language)), ())]
    if await desk.inbox.may_send(event):
        only = None if where.kind == "im" else where.user
        await desk.answering.send(client, where, cards, only=only, event=event)


def may_teach(rights: Rights) -> bool:
    """Whether somebody may put documents into the knowledge library."""
    return rights.everything or Right.CONFIGURE in rights.held


def _rights(desk: "Desk", visitor: Visitor) -> Rights:
    with desk.sessions() as session:
        return rights_of(session, visitor.asker, desk.clock().date())
