"""The KPIs (K1, K5): what they are called, what they are counted in, which tool computes them.

The set of ten is house, from the headings of K1; the metrics of units are those of K5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tools.domain.names import name_key
from tools.errors import Ambiguous, NotFound
from tools.named import match
from tools.text import Text, Value, text

Subject = Literal["account", "person", "unit"]
_EVERYBODY: tuple[Subject, ...] = ("account", "person", "unit")
_SCOPES: tuple[Subject, ...] = ("person", "unit")


class Counted(StrEnum):
    """What a KPI is counted in."""

    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True)
class KpiName:
    """A KPI; `computed` names those for whom a tool computes the actual."""

    label: Text
    counted: Counted
    aliases: tuple[str, ...] = ()
    computed: tuple[Subject, ...] = ()


KPIS: Mapping[str, KpiName] = {
    "key_account_revenue": KpiName(
        text("key account revenue", "大客户收入"),
        Counted.MONEY,
        ("revenue", "sales", "turnover", "收入", "销售额", "业绩", "大客户销售额"),
        _EVERYBODY,
    ),
    "growth": KpiName(
        text("growth", "增长"), Counted.PERCENT, ("revenue growth", "增长率", "收入增长")
    ),
    "share_of_wallet": KpiName(
        text("share of wallet", "钱包份额"),
        Counted.PERCENT,
        ("wallet share", "份额", "采购份额"),
        ("account",),
    ),
    "profit": KpiName(text("profit", "利润"), Counted.MONEY, ("margin", "盈利"), ("account",)),
    "retention": KpiName(
        text("retention", "保有率"), Counted.PERCENT, ("retention rate", "renewal", "续约率")
    ),
    "new_key_accounts": KpiName(
        text("new key accounts", "新增大客户"), Counted.NUMBER, ("新大客户", "新增大客户数")
    ),
    "evaluation_punctuality": KpiName(
        text("evaluation punctuality", "评估及时率"),
        Counted.PERCENT,
        ("punctual evaluations", "及时率", "评估准时率"),
        _SCOPES,
    ),
    "plan_currency": KpiName(
        text("plan currency", "计划有效率"),
        Counted.PERCENT,
        ("current plans", "计划更新率"),
        _SCOPES,
    ),
    "executive_visits": KpiName(
        text("executive visits", "高层拜访"),
        Counted.NUMBER,
        ("visits by executives", "高层拜访次数", "高管拜访"),
    ),
    "reference_customers": KpiName(
        text("reference customers", "标杆客户"),
        Counted.NUMBER,
        ("references", "标杆客户数", "样板客户"),
    ),
    "prototype_customers": KpiName(
        text("prototype customers", "原型客户"), Counted.NUMBER, ("prototypes", "原型客户数")
    ),
    "direct_revenue": KpiName(
        text("direct revenue", "直接收入"), Counted.MONEY, ("直接销售额", "直销收入")
    ),
    "organising_revenue": KpiName(
        text("organising revenue", "组织收入"), Counted.MONEY, ("organised revenue", "组织销售额")
    ),
    "supported_project_revenue": KpiName(
        text("revenue of supported projects", "支持项目收入"),
        Counted.MONEY,
        ("supported project revenue", "项目支持收入"),
    ),
    "strategic_accounts": KpiName(
        text("strategic accounts built", "战略客户建设"),
        Counted.NUMBER,
        ("strategic account building", "战略客户数"),
    ),
}


def called(kpi: str) -> Value:
    """The KPI's name; a recorded one that is not in the set is shown as it is written."""
    known = KPIS.get(kpi)
    return known.label if known else kpi


def kpi_named(name: str) -> str:
    """The key of the KPI of that name; raises `NotFound` or `Ambiguous` with the names."""
    known = {name_key(way): key for key, kpi in KPIS.items() for way in _ways(key, kpi)}
    found = match(name, known)
    if len(found.likely) == 1:
        return found.likely[0]
    if found.likely:
        raise Ambiguous(
            text("Which KPI is “{name}”?", "“{name}”是指哪项指标？", name=name),
            "kpi",
            tuple(KPIS[key].label.en for key in found.likely),
        )
    raise NotFound(
        text("There is no KPI called {name}.", "没有名为“{name}”的指标。", name=name),
        tuple(kpi.label.en for kpi in KPIS.values()),
        "kpi",
    )


def _ways(key: str, kpi: KpiName) -> tuple[str, ...]:
    return (key, kpi.label.en, kpi.label.zh, *kpi.aliases)
