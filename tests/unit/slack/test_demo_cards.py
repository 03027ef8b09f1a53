"""Every card of the demo company keeps Slack's limits, in three languages and every form."""

import inspect
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.main import open_records
from bot.settings import Settings
from bot.slack.blocks import messages, simpler, why_view
from bot.slack.limits import message_violations, view_violations
from bot.turn import Reply, ToolCall
from tests.unit.catalog.world import NoLibrary
from tools.access import Asker
from tools.cards import Card
from tools.catalog import READS
from tools.data.models import Person
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.domain.vocabulary import Role
from tools.errors import KamError
from tools.text import Language

LONGEST = "淀澜促进中心"
"""An alias of the account with the longest name."""
ASKED: dict[str, Any] = {
    "account": "霁川半导体",
    "accounts": ["霁川半导体", "Merrowick Semiconductor"],
    "checklist": "customer analysis",
    "contact": "潘若水",
    "question": "为什么不能只看销售额？",
    "unit": "华东",
    "term": "wallet share",
}
MORE: dict[str, dict[str, Any]] = {
    "checklist_state": {"checklist": "penetration plan"},
    "score_what_if": {"potential": Decimal(9)},
    "team": {"unit": "华东"},
}
PASSAGES = {"account_search", "method_search", "playbook_steps", "role_duties", "unit_mandate"}
"""Tools that answer from passages, of which there are none here."""


@pytest.fixture
def deps(tmp_path: Path, demo_file: Path) -> Iterator[Deps]:
    shutil.copy(demo_file, tmp_path / "kam.db")
    with closing(open_records(Settings(KAM_HOME=tmp_path))) as sessions:
        with sessions() as session:
            rules = current_rules(session)
            operator = session.exec(select(Person).where(Person.role == Role.SALES_OPERATIONS))
            person = operator.all()[0]
            asker = Asker(person.id, person.name, person.role, person.unit_id)
        now = datetime.now(UTC).astimezone()
        yield Deps(sessions, lambda: now, rules, asker, Language.ENGLISH, NoLibrary())


def drawn(deps: Deps) -> Iterator[tuple[ToolCall, Card]]:
    """The cards of every tool that reads, for two accounts where it takes one."""
    for tool in READS:
        parameters = inspect.signature(tool.function).parameters.values()
        needed = [p.name for p in parameters if p.default is p.empty and p.name != "deps"]
        given = {name: ASKED[name] for name in needed} | MORE.get(tool.name, {})
        of_one = [given | {"account": name} for name in (ASKED["account"], LONGEST)]
        for arguments in of_one if "account" in needed else [given]:
            try:
                result = tool.function(deps, **arguments)
            except KamError:
                continue
            yield ToolCall(tool.name, arguments, result), result.card()


def test_every_tool_over_the_demo_company(deps: Deps) -> None:
    seen = set()
    for call, card in drawn(deps):
        seen.add(call.name)
        for language in Language:
            for message in messages(Reply("", (card,), (call,), (), language, "m")):
                form = message
                while form is not None:
                    assert message_violations(form.text, form.blocks) == [], call.name
                    form = simpler(form)
            assert view_violations(why_view(card, language)) == []
    assert seen >= {tool.name for tool in READS} - PASSAGES
