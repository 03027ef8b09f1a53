"""Every card of the demo company keeps Slack's limits, in three languages and every form."""

import inspect
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.main import open_library, open_records
from bot.settings import Settings
from bot.slack.blocks import messages, simpler, why_view
from bot.slack.limits import message_violations, view_violations
from bot.turn import Reply, ToolCall
from tools.access import OPERATOR
from tools.cards import Card
from tools.catalog import READS
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.errors import KamError
from tools.text import Language

ASKED: dict[str, Any] = {
    "account": "霁川半导体",
    "accounts": ["霁川半导体", "Merrowick Semiconductor"],
    "checklist": "customer analysis",
    "question": "为什么不能只看销售额？",
    "unit": "华东",
    "term": "wallet share",
}
LONGEST = "淀澜促进中心"
"""An alias of the account with the longest name."""


@pytest.fixture
def deps(demo: Settings) -> Iterator[Deps]:
    with closing(open_records(demo)) as sessions:
        with sessions() as session:
            rules = current_rules(session)
        clock = lambda: datetime.now(UTC).astimezone()  # noqa: E731
        library = open_library(demo, sessions)
        yield Deps(sessions, clock, rules, OPERATOR, Language.ENGLISH, library)


def drawn(deps: Deps) -> Iterator[tuple[ToolCall, Card]]:
    """The cards of every tool that reads, for two accounts where it takes one."""
    for tool in READS:
        parameters = inspect.signature(tool.function).parameters.values()
        needed = [p.name for p in parameters if p.default is p.empty and p.name != "deps"]
        for account in (ASKED["account"], LONGEST) if "account" in needed else ("",):
            given = {name: ASKED[name] for name in needed} | (
                {"account": account} if account else {}
            )
            try:
                result = tool.function(deps, **given)
            except KamError:
                continue
            yield ToolCall(tool.name, given, result), result.card()


def test_every_tool_over_the_demo_company(deps: Deps) -> None:
    seen = set()
    for call, card in drawn(deps):
        seen.add(call.name)
        for language in Language:
            reply = Reply("", (card,), (call,), (), language, "m")
            for message in messages(reply):
                form = message
                while form is not None:
                    assert message_violations(form.text, form.blocks) == [], call.name
                    form = simpler(form)
            assert view_violations(why_view(card, language)) == []
    assert seen >= {tool.name for tool in READS} - {"account_search"}
