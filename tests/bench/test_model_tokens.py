"""What a typical question costs in tokens on a language model, with all tools and with those that
are shown. Run by `make bench`; both by the same two counts, neither of which needs a download.
"""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

import prompts
from bot.agent.binding import bind
from bot.agent.builtin.model import BuiltInModel
from bot.agent.method_names import method_names
from bot.agent.provider.limits import Limits
from bot.agent.provider.preselection import Preselection
from bot.agent.provider.schemas import sent
from bot.agent.provider.tokens import tokens_of
from bot.agent.recorded_names import LexiconProvider
from bot.evaluation.company import MORNING
from bot.main import open_records
from bot.settings import Settings
from tools.catalog import READS, WRITES

pytestmark = pytest.mark.bench

QUESTIONS = (
    "Who covers Merrowick Semiconductor and what is its score?",
    "霁川半导体的钱包份额是多少",
    "各區域的贏單率",
    "log a call with Orvane Rail Systems today about spare parts",
)


def _request(question: str, tools: list[dict[str, Any]]) -> str:
    system = prompts.load("system", today="2026-06-15", language="English")
    messages = [{"role": "system", "content": system}, {"role": "user", "content": question}]
    return json.dumps({"messages": messages, "tools": tools}, ensure_ascii=False)


def test_tokens_of_a_question(demo_file: Path, tmp_path: Path) -> None:
    with closing(open_records(Settings(DATABASE_URL=f"sqlite:///{demo_file}"))) as sessions:
        lexicon = LexiconProvider(sessions, method_names)
        chooser = BuiltInModel(tools=READS, writes=WRITES, lexicon=lexicon, clock=lambda: MORNING)
        selection = Preselection(chooser, Limits().tools)
        tools = [bind(tool) for tool in (*READS, *WRITES)]
        for question in QUESTIONS:
            names = selection.names([HumanMessage(question)])
            shown = [tool for tool in (*selection.tools, *tools) if tool.name in names]
            for what, chosen in (("all", tools), ("shown", shown)):
                request = _request(question, [sent(tool, strict=True) for tool in chosen])
                (tmp_path / f"{what}-{QUESTIONS.index(question)}.json").write_text(request)
                print(
                    f"\n{question}: {what}, {len(chosen)} tools, {len(request):,} characters, "
                    f"{len(request) // 4:,} quarters, {tokens_of(request):,} tokens estimated"
                )
    print(f"\nthe requests are in {tmp_path}")
