"""Draws the main cards over the demo company as Slack would show them, to be looked at.

    python -m tests.pictures.draw FOLDER [NAME …]

Needs Node and, once, `npm ci` in this folder. Nothing of it belongs to the product or the suite.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.main import open_assistant, open_records
from bot.settings import Settings
from bot.slack.blocks import messages, simpler, without_native
from bot.turn import Reply, Turn
from kam_knowledge.library import open_library
from tests.pictures.shown import shown
from tools.access import OPERATOR
from tools.data.demo import load_demo
from tools.data.rules import current_rules
from tools.deps import Deps
from tools.text import Language

QUESTIONS = {
    "score": (
        "composite score of Merrowick Semiconductor",
        "霁川半导体的综合积分是多少",
        "霽川半導體的綜合積分是多少？",
    ),
    "priority": ("priority list", "优先级清单", "優先級清單"),
    "coverage": (
        "coverage list of East China",
        "华东的覆盖清单",
        "華東的覆蓋清單",
    ),
    "checklist": (
        "penetration plan checklist of Jichuan Semiconductor",
        "霁川半导体的渗透计划清单做到哪一步了",
        "霽川半導體的滲透計劃清單做到哪一步了",
    ),
    "summary": (
        "give me a one-page summary of Merrowick Semiconductor",
        "霁川半导体的一页摘要",
        "霽川半導體的一頁摘要",
    ),
    "proposal": (
        "add a task for Merrowick Semiconductor: call the buyer by 2030-05-01",
        "给霁川半导体添加任务：2030-05-01前联系采购",
        "給霽川半導體新增任務：2030-05-01前聯繫採購",
    ),
    "abstention": (
        "what is the weather tomorrow",
        "明天天气怎么样",
        "明天天氣怎麼樣",
    ),
    "search": (
        "why should we not look at sales alone?",
        "为什么不能只看销售额？",
        "為什麼不能只看銷售額？",
    ),
    "chart": ("kpis of Merrowick Semiconductor", "霁川半导体的KPI", "霽川半導體的KPI"),
}
LANGUAGES = ("en", "zh-Hans", "zh-Hant")


async def replies(settings: Settings, names: Sequence[str]) -> dict[str, Reply]:
    """The reply to each question, each in a thread of its own."""
    found = {}
    async with open_assistant(settings) as assistant:
        for name in names:
            for language, question in zip(LANGUAGES, QUESTIONS[name], strict=True):
                turn = Turn(f"{name}-{language}", OPERATOR, question)
                found[f"{name}-{language}"] = await assistant.answer(turn)
    return found


def drawable(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks; a data table, which the renderer does not know, as the plain table."""
    return [
        block
        for each in blocks
        for block in ([each] if each["type"] != "data_table" else without_native([each]))
    ]


def answered(settings: Settings, names: Sequence[str]) -> dict[str, list[list[dict[str, Any]]]]:
    """The pictures of answers, and of what is sent in their place where Slack refuses them."""
    pictures = {}
    for name, reply in asyncio.run(replies(settings, names)).items():
        sent = messages(reply)
        pictures[name] = [drawable(message.blocks) for message in sent]
        older = [form for message in sent if (form := simpler(message)) and form.blocks]
        if name.endswith("zh-Hans") and older:
            pictures[f"simpler-{name}"] = [list(form.blocks) for form in older]
    return pictures


def unasked(settings: Settings) -> dict[str, list[list[dict[str, Any]]]]:
    """The pictures of what people see without a question."""
    library = open_library(settings.home)
    library.refresh()
    with closing(open_records(settings)) as sessions:
        with sessions() as session:
            rules = current_rules(session)
        now = datetime.now(UTC).astimezone()
        return {
            f"{name}-{language}": [drawable(blocks) for blocks in drawn]
            for language in Language
            for name, drawn in shown(
                Deps(sessions, lambda: now, rules, OPERATOR, language, library, thread=language)
            )
        }


def main(folder: Path, wanted: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(KAM_HOME=Path(home))
        with closing(open_records(settings)) as sessions:
            load_demo(sessions, date.today())  # noqa: DTZ011
        pictures = answered(settings, [name for name in QUESTIONS if not wanted or name in wanted])
        pictures |= {
            name: drawn
            for name, drawn in unasked(settings).items()
            if not wanted or any(name.startswith(one) for one in wanted)
        }
    source = folder / "blocks.json"
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text(json.dumps(pictures, ensure_ascii=False, indent=1), encoding="utf-8")
    here = Path(__file__).parent
    subprocess.run(
        ["node", "draw.mjs", str(source.resolve()), str(folder.resolve())],
        cwd=here,
        check=True,
        env=os.environ,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
