"""A stranger's first conversation over the demo company, through the command itself."""

import os
import subprocess
import sys

from bot.settings import Settings
from tests.scenario.conftest import Talk

KAM = [sys.executable, "-c", "from bot.cli import main; main()"]
CONVERSATION = (
    ("What can you do?", "capabilities"),
    ("谁负责霁川半导体？", "coverage_owner"),
    ("那它的综合积分是多少", "composite_score"),
    ("top 5 key accounts in 华东", "key_accounts"),
    ("优先级清单", "priority_list"),
    ("Which accounts have no owner?", "coverage_gaps"),
    ("show the acquisition plan checklist", "checklist"),
    ("霁川半导体的渗透计划清单做到哪一步了", "checklist_state"),
    ("give me a one-page summary of Merrowick Semiconductor", "account_summary"),
    ("profile of Merrowick Semiconductor", "account_profile"),
    ("win rate by region", "win_rate"),
    ("今年赢单收入最高的客户", "revenue"),
    ("show the open pipeline by stage", "pipeline"),
    ("為什麼不能只看銷售額？", "method_search"),
    ("什么是钱包份额", "explain_term"),
)


def test_ten_questions_and_more_through_a_pipe(demo: Settings) -> None:
    lines = "".join(f"{question}\n" for question, _ in CONVERSATION)
    done = subprocess.run(
        [*KAM, "chat"],
        env=os.environ | {"KAM_HOME": str(demo.home)},
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    steps = [line[2:].split("(")[0] for line in done.stdout.splitlines() if line[:2] == "· "]
    assert steps == [tool for _, tool in CONVERSATION]
    assert "went wrong" not in done.stdout
    assert "出现问题" not in done.stdout
    assert done.stderr == ""


def test_a_message_that_is_too_long_is_refused_in_its_language(demo: Settings, talk: Talk) -> None:
    english, chinese = talk(demo, "who covers it? " * 600, "谁负责这家客户？" * 12_500)
    assert english.text.startswith("This message has 9,000 characters; I read up to 8,000.")
    assert chinese.text.startswith("这条消息有 100,000 个字符，我最多能读 8,000 个。")
    assert english.failure is None
    assert not chinese.tool_calls
