"""Cards as they stand in Slack: tables, facts, boxes, charts, sources, reasons."""

from decimal import Decimal
from itertools import chain
from typing import Any

import pytest

from bot.slack.blocks import (
    call_of,
    card_blocks,
    messages,
    simpler,
    why_view,
    without_native,
)
from bot.slack.blocks.written import written
from bot.slack.limits import violations
from bot.turn import Reply, ToolCall
from tools.cards import Card, Chart, Check, Column, Fact, Quote, Table
from tools.text import Language, Money, Percent, text

EN, HANS, HANT = Language
NAME = (
    "长三角生态绿色一体化发展示范区淀澜智能制造与工业互联网创新应用促进中心"
    "联合运营管理服务有限责任公司青浦综合保税区第一分公司"
)
TITLE, HEADLINE = text("Accounts", "客户"), text("There are 120 accounts.", "共有120家客户。")
COLUMNS = (
    Column(text("no.", "序号"), "right"),
    Column(text("account", "客户")),
    Column(text("won", "赢单"), "right"),
    Column(text("share", "占比"), "right"),
)


def rows(count: int) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (n, f"{NAME[:60]}{n}", Money(Decimal(1000 * n), "CNY"), Percent(Decimal("0.25")))
        for n in range(1, count + 1)
    )


def card(**fields: Any) -> Card:
    return Card(TITLE, HEADLINE, **fields)


def reply(*found: Card, said: str = "", language: Language = EN, calls: bool = False) -> Reply:
    called = tuple(ToolCall("revenue", {"account": "霁川", "top": 5}, None) for _ in found)
    return Reply(said, found, called if calls else (), (), language, "m")


def blocks_of(kind: str, found: Any) -> list[dict[str, Any]]:
    return [block for block in found if block["type"] == kind]


def test_a_list_of_120_rows_of_long_chinese_names_is_paged_and_counted() -> None:
    sent = messages(reply(card(table=Table(COLUMNS, rows(120), 500)), language=HANS))
    tables = blocks_of("data_table", chain.from_iterable(m.blocks for m in sent))
    names = [row[1]["text"] for table in tables for row in table["rows"][1:]]
    assert names == [row[1] for row in rows(120)]
    assert [len(table["rows"]) - 1 for table in tables] == [99, 21]
    assert [table["caption"] for table in tables] == [
        "客户（第 1–99 行，共 500 行）",
        "客户（第 100–120 行，共 500 行）",
    ]
    assert "显示 120 / 500" in written([block for m in sent for block in m.blocks])
    assert all(violations(message.blocks, view="message") == [] for message in sent)
    assert all(message.text for message in sent)


def test_numbers_are_numbers_and_name_their_row() -> None:
    (table,) = blocks_of("data_table", card_blocks(card(table=Table(COLUMNS, rows(1), 1)), EN))
    assert [cell["type"] for cell in table["rows"][1]] == [
        "raw_number",
        "raw_text",
        "raw_number",
        "raw_number",
    ]
    assert table["rows"][1][2] == {"type": "raw_number", "value": 1000.0, "text": "CNY 1,000"}
    assert table["rows"][1][3] == {"type": "raw_number", "value": 25.0, "text": "25%"}
    assert table["row_header_column_index"] == 1


def test_empty_values_are_dashes() -> None:
    empty = card(table=Table(COLUMNS, ((None, "", None, None),), 1), facts=(Fact(TITLE, None),))
    blocks = card_blocks(empty, EN)
    (table,) = blocks_of("data_table", blocks)
    assert table["rows"][1] == [{"type": "raw_text", "text": "—"}] * 4
    assert "Accounts: —" in written(blocks)


def test_a_refused_table_becomes_plain_and_then_text() -> None:
    (message,) = messages(reply(card(table=Table(COLUMNS, rows(2), 2)), said=HEADLINE.en))
    plain = simpler(message)
    assert plain is not None
    (table,) = blocks_of("table", plain.blocks)
    assert [column["align"] for column in table["column_settings"]] == [
        "right",
        "left",
        "right",
        "right",
    ]
    assert [column["is_wrapped"] for column in table["column_settings"]] == [
        False,
        True,
        False,
        False,
    ]
    alone = simpler(plain)
    assert alone is not None
    assert alone.blocks == ()
    assert f"1 · {NAME[:60]}1 · CNY 1,000 · 25%" in alone.text
    assert simpler(alone) is None


def test_two_refused_tables_are_drawn_in_letters() -> None:
    half = Percent(Decimal("0.5"))
    small = card(table=Table(COLUMNS, ((1, "Acme", 20, half), (12, "B", 3000, None)), 2))
    (message,) = messages(reply(small, small), feedback=False)
    plain = simpler(message)
    assert plain is not None
    drawn = [
        block["elements"][0]["elements"][0]["text"]
        for block in blocks_of("rich_text", plain.blocks)
        if block["elements"][0]["type"] == "rich_text_preformatted"
    ]
    alone = "No.  Account    Won  Share\n  1  Acme        20    50%\n 12  B        3,000      —"
    assert drawn == [alone, alone]


def test_wide_characters_that_would_stagger_columns_make_a_list() -> None:
    wide = card(table=Table(COLUMNS, ((1, "甲公司", 20, None), (12, "B", 3000, None)), 2))
    said = written([*without_native(card_blocks(wide, HANS), tables=False)])
    assert "甲公司 · 序号：1 · 赢单：20" in said
    assert said.count("客户\n") == 1, "the heading is not repeated above the list"


def test_labels_begin_with_a_capital_and_names_are_left_alone() -> None:
    facts = (Fact(text("grave risk", "重大风险"), 1), Fact(text("{n}", "{n}", n="eSun Ltd"), 2))
    said = written(card_blocks(card(facts=facts), EN))
    assert "Grave risk: 1" in said
    assert "eSun Ltd: 2" in said


CHART = Chart("bar", TITLE, ("甲", "Bee", "C"), (10.0, 5.0, 0.0), text("points", "分"))


def test_a_chart_is_drawn_and_falls_back_to_bars() -> None:
    (message,) = messages(reply(card(chart=CHART)), feedback=False)
    (drawn,) = blocks_of("data_visualization", message.blocks)
    assert drawn["chart"]["axis_config"] == {"categories": ["甲", "Bee", "C"]}
    assert drawn["chart"]["series"][0]["name"] == "points"
    plain = simpler(message)
    assert plain is not None
    assert "甲   " + "█" * 20 + "  10" in written(plain.blocks)
    assert "Bee  " + "█" * 10 + "░" * 10 + "  5" in written(plain.blocks)


def test_bars_beside_a_refused_table_are_left_out() -> None:
    (message,) = messages(reply(card(chart=CHART, table=Table(COLUMNS, rows(1), 1))))
    plain = simpler(message)
    assert plain is not None
    assert "█" not in written(plain.blocks)


@pytest.mark.parametrize(
    "chart",
    [
        Chart("bar", TITLE, (), (), TITLE),
        Chart("bar", TITLE, ("a", "a"), (1, 2), TITLE),
        Chart("pie", TITLE, ("a", "b"), (1, 0), TITLE),
        Chart("pie", TITLE, tuple("abcdefg"), (1.0,) * 7, TITLE),
        Chart("line", TITLE, tuple(range(21)), (1.0,) * 21, TITLE),
    ],
    ids=["no point", "two of one name", "slice of nothing", "seven slices", "21 points"],
)
def test_what_slack_cannot_draw_is_not_sent(chart: Chart) -> None:
    assert not blocks_of("data_visualization", card_blocks(card(chart=chart), EN))


def checks(count: int, account: str = "霁川") -> tuple[Check, ...]:
    return tuple(
        Check(account, "handover", f"item{n}", text("Item {n}", "第{n}项", n=n), n == 1)
        for n in range(count)
    )


def test_items_to_tick_stand_in_boxes_of_ten() -> None:
    drawn = card(checks=checks(24), table=Table(COLUMNS, rows(1), 1))
    boxes = [b["elements"][0] for b in blocks_of("actions", card_blocks(drawn, HANS))]
    assert [len(box["options"]) for box in boxes] == [10, 10, 4]
    assert {box["action_id"] for box in boxes} == {"kam_checklist_tick"}
    assert boxes[0]["options"][1]["value"] == "霁川|handover|item1"
    assert boxes[0]["initial_options"] == [boxes[0]["options"][1]]
    assert "initial_options" not in boxes[1]
    assert not blocks_of("data_table", card_blocks(drawn, HANS))
    assert "☑ 第1项\n☐ 第2项" in written(card_blocks(drawn, HANS))


def test_an_item_that_no_box_can_name_is_listed() -> None:
    blocks = card_blocks(card(checks=checks(1, "x" * 150)), EN)
    assert not blocks_of("actions", blocks)
    assert "• Item 0" in written(blocks)


def test_reasons_stand_behind_a_button_that_asks_again() -> None:
    why = card(why=(text("1 + 1 = 2", "一加一"),), missing=(TITLE,), basis=(TITLE,))
    (message,) = messages(reply(why, calls=True), feedback=False)
    (button,) = blocks_of("actions", message.blocks)[0]["elements"]
    assert button["action_id"] == "kam_card_why"
    assert call_of(button["value"]) == ("revenue", {"account": "霁川", "top": 5})
    assert "1 + 1" not in written(message.blocks)
    assert "1 + 1 = 2" in written(card_blocks(why, EN))
    assert written(why_view(why, HANT)["blocks"]).split("\n") == [
        "客戶",
        "共有120家客戶。",
        "計算過程",
        "• 一加一",
        "缺少的資料",
        "• 客戶",
        "依據",
        "• 客戶",
    ]


def test_a_call_too_long_for_a_button_shows_its_reasons() -> None:
    why = card(why=(text("1 + 1 = 2", "一加一"),))
    call = ToolCall("note_to_plan", {"note": "长" * 2_000}, None)
    assert "1 + 1 = 2" in written(card_blocks(why, EN, call=call))


def test_sources_open_their_passage() -> None:
    quoted = card(quotes=(Quote("p1", "Method", "Score", "Its own words."),))
    (source,) = blocks_of("section", card_blocks(quoted, EN))
    assert source["text"]["text"] == "Method: Score"
    assert source["accessory"]["action_id"] == "kam_passage_open"
    assert source["accessory"]["value"] == "p1"
    assert "Its own words." in written(card_blocks(quoted, EN))


def test_a_place_that_the_answer_names_is_not_said_again() -> None:
    said = text("Its own words. (Method: Score)", "原话。（Method: Score）")
    blocks = card_blocks(
        Card(TITLE, said, quotes=(Quote("p1", "Method", "Score", "Its own words."),)), EN
    )
    assert written(blocks).count("Its own words.") == 1
    assert not blocks_of("section", blocks)
    assert blocks_of("actions", blocks)[0]["elements"][0]["value"] == "p1"


def test_marks_of_a_language_model_are_resolved_below_its_words() -> None:
    quotes = (Quote("p1", "Method", "Score", "w"), Quote("p2", "Plan", "", "w"))
    said = Reply("**得分**领先[1]。", (), (), quotes, HANS, "m")
    (message,) = messages(said)
    assert [b["text"]["text"] for b in blocks_of("section", message.blocks)] == [
        "[1] Method: Score"
    ]
    assert message.blocks[0]["elements"][0]["elements"][0] == {
        "type": "text",
        "text": "得分",
        "style": {"bold": True},
    }
    assert message.text == "∗∗得分∗∗领先[1]。"


def test_headlines_are_said_once_and_feedback_ends_the_last_message() -> None:
    found = card(table=Table(COLUMNS, rows(120), 120))
    sent = messages(reply(found, said=f"{HEADLINE.en}\nMind the gap."))
    whole = written([block for message in sent for block in message.blocks])
    assert whole.count(HEADLINE.en) == 1
    assert whole.startswith("Mind the gap.")
    assert [message.blocks[-1]["type"] for message in sent].count("context_actions") == 1
    assert sent[-1].blocks[-1]["elements"][0]["action_id"] == "kam_feedback"
    assert not blocks_of("context_actions", messages(reply(found), feedback=False)[-1].blocks)


def test_words_that_were_said_already_still_get_their_sources_and_buttons() -> None:
    quotes = (Quote("p1", "Method", "Score", "w"), Quote("p2", "Plan", "", "w"))
    (message,) = messages(Reply("", (), (), quotes, EN, "m"))
    assert [block["type"] for block in message.blocks] == ["section", "section", "context_actions"]
    (bare,) = messages(Reply("", (), (), (), HANS, "m"))
    assert [block["type"] for block in bare.blocks] == ["context_actions"]
    assert bare.text == "这个回答有帮助吗？"


def test_a_number_in_a_column_of_words_stays_text() -> None:
    years = Table((Column(text("year", "年份")),), ((2017,),), 1)
    (table,) = blocks_of("data_table", card_blocks(card(table=years), EN))
    assert table["rows"][1][0] == {"type": "raw_text", "text": "2,017"}
