"""Counts, shares, amounts, and what figures are broken down by."""

from decimal import Decimal

import pytest

from bot.agent.builtin.figures import figures_of
from bot.agent.builtin.folding import fold
from bot.agent.builtin.grouping import groupings_of


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("top 10 key accounts", "top", "10"),
        ("top ten", "top", "10"),
        ("the 5 largest accounts", "top", "5"),
        ("first 3 deals", "top", "3"),
        ("前十大客户", "top", "10"),
        ("前２０名", "top", "20"),
        ("排名前5", "top", "5"),
        ("最大的5家客户", "top", "5"),
        ("销售额最高的10个客户", "top", "10"),
        ("销售额最高的三个产品", "top", "3"),
        ("top20客戶", "top", "20"),
        ("top 20%", "percent", "20"),
        ("top 12.5 percent", "percent", "12.5"),
        ("前20%的客户", "percent", "20"),
        ("前两成", "percent", "20"),
        ("前一成半", "percent", "15"),
        ("前百分之十", "percent", "10"),
    ],
)
def test_a_count_or_share_of_the_top(text: str, kind: str, value: str) -> None:
    found = figures_of(fold(text).text)
    assert [(f.kind, f.value) for f in found] == [(kind, Decimal(value))]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("300万", "3000000", None),
        ("1.2亿元", "120000000", "CNY"),
        ("三百五十万美元", "3500000", "USD"),
        ("$3.5M", "3500000", "USD"),
        ("USD 12,000", "12000", "USD"),
        ("2 million euros", "2000000", "EUR"),
        ("40k", "40000", None),
    ],
)
def test_an_amount(text: str, value: str, currency: str | None) -> None:
    found = figures_of(fold(text).text)
    assert [(f.kind, f.value, f.currency) for f in found] == [("amount", Decimal(value), currency)]


@pytest.mark.parametrize("text", ["前三个月", "the last 10 days", "GTK 500", "in 2017", "去年"])
def test_other_numbers_are_no_figures(text: str) -> None:
    assert figures_of(fold(text).text) == []


@pytest.mark.parametrize(
    ("text", "dimension", "strong"),
    [
        ("revenue by region", "region", True),
        ("broken down by the product", "product", True),
        ("per sales rep", "person", True),
        ("for each segment", "segment", True),
        ("monthly revenue", "month", True),
        ("regional breakdown", "region", True),
        ("按区域看收入", "region", True),
        ("各產品的贏率", "product", True),
        ("每个季度", "quarter", True),
        ("分行业", "segment", True),
        ("which product sells best", "product", False),
        ("哪个销售赢单率最高", "person", False),
        ("compare the win rates of the regions", "region", False),
        ("who sold the most", "person", False),
        ("谁卖得最多", "person", False),
        ("top 5 products", "product", False),
        ("前五的产品", "product", False),
    ],
)
def test_a_grouping(text: str, dimension: str, strong: bool) -> None:
    found = groupings_of(fold(text).text)
    assert (found[0].dimension, found[0].strong) == (dimension, strong)


@pytest.mark.parametrize("text", ["revenue of the East", "张伟的客户", "our region", "最近的商机"])
def test_no_grouping(text: str) -> None:
    assert groupings_of(fold(text).text) == []
