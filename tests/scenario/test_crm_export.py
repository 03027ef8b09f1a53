"""The CRM export, asked in plain words: every figure is computed again from the files."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from bot.present import plain_reply
from bot.settings import Settings
from bot.turn import Reply
from tests.scenario.conftest import Talk

pytestmark = pytest.mark.crm


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _shown(reply: Reply) -> str:
    """Everything the reader sees."""
    plain = plain_reply(reply)
    return json.dumps([plain["text"], plain["cards"]], ensure_ascii=False)


@pytest.mark.parametrize(
    "question",
    [
        "top accounts by won revenue in 2017",
        "Which accounts brought in the most won revenue in 2017?",
        "2017年赢单收入最高的客户",
        "2017年贏單收入最高的客戶",
    ],
)
def test_top_accounts_by_won_revenue(crm_company: Settings, talk: Talk, question: str) -> None:
    (reply,) = talk(crm_company, question)
    table = reply.cards[0].table
    assert table is not None
    assert table.rows[0][1] == "Kan-code"
    assert "341,455" in reply.text
    assert "Kan-code" in reply.text


def test_every_account_s_revenue_agrees_with_the_files(
    crm_company: Settings, crm: Path, talk: Talk
) -> None:
    expected: Counter[str] = Counter()
    for row in _rows(crm, "sales_pipeline.csv"):
        if row["deal_stage"] == "Won" and row["close_date"].endswith("/2017") and row["account"]:
            expected[row["account"]] += int(row["close_value"])
    (reply,) = talk(crm_company, "top 100 accounts by won revenue in 2017")
    table = reply.cards[0].table
    assert table is not None
    shown = {str(row[1]): row[2] for row in table.rows}
    assert {name: shown[name].amount for name in expected} == {
        name: Decimal(amount) for name, amount in expected.items()
    }


def test_who_covers_an_account_that_fifteen_agents_sell_to(
    crm_company: Settings, crm: Path, talk: Talk
) -> None:
    deals = [r for r in _rows(crm, "sales_pipeline.csv") if r["account"] == "Cancity"]
    assert len({row["sales_agent"] for row in deals}) == 15
    managers = {row["sales_agent"]: row["manager"] for row in _rows(crm, "sales_teams.csv")}
    (reply,) = talk(crm_company, "who covers Cancity and who manages them?")
    card = reply.cards[0]
    shown = _shown(reply)
    owner = next(name for name in managers if name in reply.text)
    assert managers[owner] in reply.text
    assert "derived" in reply.text
    assert "15 people" in shown
    assert card.table is not None
    assert card.table.total == 15


def test_the_derived_owner_is_the_best_seller_of_the_year_to_the_latest_win(
    crm_company: Settings, crm: Path, talk: Talk
) -> None:
    won = [
        row
        for row in _rows(crm, "sales_pipeline.csv")
        if row["account"] == "Cancity" and row["deal_stage"] == "Won"
    ]
    by_agent: Counter[str] = Counter()
    for row in won:  # every won deal closed in 2017, so all are within the twelve months
        assert row["close_date"].endswith("/2017")
        by_agent[row["sales_agent"]] += int(row["close_value"])
    (reply,) = talk(crm_company, "谁负责Cancity？")
    assert by_agent.most_common(1)[0][0] in reply.text
    assert "推导" in reply.text or "推定" in reply.text


@pytest.mark.parametrize(
    "question", ["sub-units of Acme Corporation", "Acme Corporation有哪些下级单位？"]
)
def test_the_family_of_a_parent(crm_company: Settings, talk: Talk, question: str) -> None:
    (reply,) = talk(crm_company, question)
    shown = _shown(reply)
    assert "4" in reply.text
    for name in ("Bluth Company", "Codehow", "Donquadtech", "Iselectrics"):
        assert name in shown


@pytest.mark.parametrize("question", ["deals without an account", "没有客户的商机有多少？"])
def test_deals_without_an_account(crm_company: Settings, talk: Talk, question: str) -> None:
    (reply,) = talk(crm_company, question)
    assert "1,425" in reply.text


def test_win_rate_by_region(crm_company: Settings, crm: Path, talk: Talk) -> None:
    office = {row["sales_agent"]: row["regional_office"] for row in _rows(crm, "sales_teams.csv")}
    closed: Counter[tuple[str, str]] = Counter()
    for row in _rows(crm, "sales_pipeline.csv"):
        closed[office[row["sales_agent"]], row["deal_stage"]] += 1
    (reply,) = talk(crm_company, "win rate by region")
    table = reply.cards[0].table
    assert table is not None
    shown = {str(row[0]): (row[1].fraction, row[2], row[3]) for row in table.rows}
    for region in ("Central", "East", "West"):
        won, lost = closed[region, "Won"], closed[region, "Lost"]
        fraction, shown_won, shown_lost = shown[region]
        assert (shown_won, shown_lost) == (won, lost)
        assert round(fraction, 6) == round(Decimal(won) / (won + lost), 6)


@pytest.mark.parametrize("question", ["profile of Konex", "Konex的客户概况"])
def test_a_profile(crm_company: Settings, talk: Talk, question: str) -> None:
    (reply,) = talk(crm_company, question)
    shown = _shown(reply)
    for part in ("Konex", "1980", "13,756", "7,708.38"):
        assert part in shown
    assert reply.cards[0].missing


@pytest.mark.parametrize(
    "question",
    [
        "which inputs are missing to score the accounts?",
        "哪些客户缺少评分所需的数据？",
    ],
)
def test_what_keeps_accounts_from_a_full_score(
    crm_company: Settings, talk: Talk, question: str
) -> None:
    (reply,) = talk(crm_company, question)
    assert reply.tool_calls[0].name == "score_gaps"
    assert "85" in _shown(reply)


def test_the_same_by_the_command(crm: Path, tmp_path: Path) -> None:
    home = {"KAM_HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    kam = [sys.executable, "-c", "from bot.cli import main; main()"]
    imported = subprocess.run(
        [*kam, "import", str(crm), "--json"], env=home, capture_output=True, text=True, check=True
    )
    assert json.loads(imported.stdout)["rejected"] == 0
    asked = subprocess.run(
        [*kam, "ask", "top accounts by won revenue in 2017", "--json"],
        env=home,
        capture_output=True,
        text=True,
        check=True,
    )
    reply = json.loads(asked.stdout)
    assert {"text", "cards", "tool_calls", "citations", "pending", "abstained", "model"} <= set(
        reply
    )
    assert "341,455" in reply["text"]
    assert reply["tool_calls"][0]["name"] == "revenue"
    assert reply["model"] == "built-in"
    assert reply["pending"] is None
