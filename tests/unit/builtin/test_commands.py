"""Whether a sentence asks for a change, and what text it brings along."""

import pytest

from bot.agent.builtin.commands import Command, asks_for_change, parted


@pytest.mark.parametrize(
    "sentence",
    [
        "add a contact at Cancity",
        "could you please log a visit to Zoomit",
        "Moses Frase is leaving, hand over his accounts",
        "we lost the deal with Zoomit, update it",
        "I'd like to approve the plan of Zoomit",
        "rate our relationship with Zoomit 70",
        "把坎城的行业改成零售",
        "给坎城的满意度打92分",
        "帮我登记一次拜访",
        "坎城的计划可以提交了",
        "規則 score.top_share 設為 0.3",
        "能不能帮我新增一个联系人",
    ],
)
def test_a_sentence_that_asks_for_a_change(sentence: str) -> None:
    assert asks_for_change(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "who changed the rules",
        "which contacts did we add at Zoomit",
        "has the plan been approved",
        "what if potential were set to 80",
        "how do I hand over an account",
        "update on Zoomit",
        "record of visits to Zoomit",
        "怎么提交客户计划",
        "坎城登记了哪些需求",
        "潜力改为80分会怎样",
        "如果潜力改为80分",
        "谁可以批准客户计划",
        "计划批准了吗",
        "销售额权重改为40%时坎城的积分",
    ],
)
def test_a_sentence_that_asks_for_none(sentence: str) -> None:
    assert not asks_for_change(sentence)


@pytest.mark.parametrize(
    ("sentence", "command"),
    [
        (
            'rewrite "Goals" of the plan: win the line',
            Command("rewrite   of the plan", ("Goals",), "win the line"),
        ),
        ("给坎城加别名“康城”", Command("给坎城加别名", ("康城",))),
        ("新增联系人：「王芳」", Command("新增联系人", (), "王芳")),
        ("what's Zoomit's plan", Command("what's Zoomit's plan", ())),
        ("visit at 10:30 today", Command("visit at 10:30 today", ())),
        ('close "Zoomit"', Command("close  Zoomit", ())),
    ],
)
def test_quoted_and_told_texts_are_parted(sentence: str, command: Command) -> None:
    assert parted(sentence, lambda said: said == "Zoomit") == command
