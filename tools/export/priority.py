"""The priority list, whole."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tools.catalog.priority_list import priority_list
from tools.deps import Deps
from tools.domain.priority import Quadrant
from tools.export.table import Cell, Sheet
from tools.labels import QUADRANTS
from tools.priorities import Assessed
from tools.text import text


@contextmanager
def priority(deps: Deps) -> Iterator[Sheet]:
    """Every account that the asker reads in full, those that can be placed first."""
    found = priority_list(deps, top=sys.maxsize)
    rows = [_row(n, quadrant, item) for n, (quadrant, item) in enumerate(found.placed, start=1)]
    rows += [_row(None, None, item) for item in found.incomplete]
    yield Sheet(
        text("Priority list", "优先级清单"),
        (
            text("No.", "序号"),
            text("Account", "客户"),
            text("Segment", "行业"),
            text("What to do", "策略"),
            text("Value", "客户价值"),
            text("Currency", "币种"),
            text("Addressable spend", "可争取采购额"),
            text("Spend known as of", "采购额截至"),
            text("Spend source", "采购额来源"),
            text("Spend confirmed", "采购额已确认"),
            text("Behaviour", "采购行为系数"),
            text("Closeness", "关系紧密度"),
            text("Computed part", "系统计算部分"),
            text("Judged part", "人工评价部分"),
        ),
        rows,
    )


def _row(number: int | None, quadrant: Quadrant | None, item: Assessed) -> tuple[Cell, ...]:
    worth: tuple[Cell, ...] = (None,) * 7
    if item.value is not None:
        spend, value = item.value.spend, item.value.value
        worth = (
            value,
            value.currency,
            spend.amount,
            spend.as_of,
            spend.source,
            spend.confirmed,
            item.value.behaviour,
        )
    near = item.closeness
    placed = None if quadrant is None else QUADRANTS[quadrant]
    customer = item.customer
    return (
        number,
        customer.name,
        customer.segment,
        placed,
        *worth,
        near.total,
        near.computed,
        near.judged,
    )
