"""The rule groups and their values in words."""

from collections.abc import Mapping
from typing import Any

from tools.domain.rules import Band, Cadence, LargeDeal, Multiplier, SegmentBands
from tools.domain.vocabulary import CoverageRole
from tools.labels import COVERAGE_ROLES, listing
from tools.record_labels import DIMENSION
from tools.text import Text, Value, text

GROUPS: Mapping[str, Text] = {
    "score": text("composite score", "综合积分"),
    "closeness": text("relationship closeness", "关系紧密度"),
    "value": text("account value", "客户价值"),
    "priority": text("priority list", "优先级清单"),
    "tiers": text("tiers", "客户等级"),
    "evaluation": text("evaluations", "评估周期"),
    "coverage": text("coverage", "客户分工"),
    "criteria": text("selection criteria", "选择标准"),
    "serving": text("serving modes", "服务方式"),
    "health": text("health check", "健康检查"),
    "esp": text("ESP+", "ESP+"),
    "credit": text("credit", "业绩归属"),
    "changes": text("changes", "修改"),
    "company": text("company", "公司"),
}


def shown(value: Any) -> Value:
    """A rule's value as a reader understands it; one that is not set says so."""
    if value is None:
        return text("not set", "未设置")
    if isinstance(value, tuple):
        return listing(_part(part) for part in value) if value else text("none", "无")
    return value if isinstance(value, bool | str) else _number(value)


def _number(value: Any) -> Value:
    """Digits as they are kept: a weight of 0.125 is not rounded."""
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _part(part: Any) -> Value:
    match part:
        case Band(at_least, points):
            return text("from {low}: {points}", "{low} 起 {points} 分", low=at_least, points=points)
        case Cadence(dimension, due, overdue):
            return text(
                "{dimension} due from {due}, overdue past {overdue} days",
                "{dimension} {due} 天起应评估，超过 {overdue} 天逾期",
                dimension=DIMENSION[dimension],
                due=due,
                overdue=overdue,
            )
        case Multiplier(trait, value, factor):
            return text(
                "{trait} {value} × {factor}",
                "{trait} {value} × {factor}",
                trait=trait,
                value=value,
                factor=factor,
            )
        case LargeDeal(segment, amount):
            every = text("every segment", "所有行业")
            return text(
                "{segment} from {amount}",
                "{segment} {amount} 起",
                segment=segment or every,
                amount=amount,
            )
        case SegmentBands(segment, factor, bands):
            return text(
                "{segment}, {factor}: {bands}",
                "{segment}，{factor}：{bands}",
                segment=segment,
                factor=factor,
                bands=listing(_part(band) for band in bands),
            )
        case CoverageRole():
            return COVERAGE_ROLES[part]
        case _:
            return str(part)
