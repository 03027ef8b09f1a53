"""`kam retention`: what has been kept long enough."""

import asyncio

import click

from bot.cli.desk import language_option, open_desk


@click.group()
def command() -> None:
    """End what has been kept long enough."""


@command.command()
@language_option
def run(language: str | None) -> None:
    """Delete conversations older than KAM_HISTORY_DAYS, mark expired proposals, and delete
    events answered a month ago.

    A serving process does it once a day.
    """
    from bot.main import now
    from bot.upkeep import run_once
    from tools.text import text

    with open_desk(language=language) as desk:
        ended = asyncio.run(run_once(desk.settings, desk.sessions, now()))
        desk.say(
            text(
                "Ended: {conversations} conversations older than {days} days, {proposals} expired "
                "proposals, {events} answered events.",
                "已清理：超过 {days} 天的对话 {conversations} 段，"
                "过期修改 {proposals} 项，已处理事件 {events} 条。",
                conversations=ended.conversations,
                days=desk.settings.history_days,
                proposals=ended.proposals,
                events=ended.events,
            )
        )
