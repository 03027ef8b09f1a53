"""The house formulas in words: the figures in force, and what they lack."""

from tools.domain.closeness import Aspect, Closeness
from tools.domain.rules import ClosenessRules, ValueRules
from tools.labels import ASPECTS
from tools.text import Percent, Text, text


def value_formula(rules: ValueRules) -> Text:
    """How the account value is estimated."""
    return text(
        "Value = addressable spend × {share} attainable share × behaviour multipliers.",
        "客户价值 = 可争取采购额 × 可获份额 {share} × 采购行为系数。",
        share=Percent(rules.attainable_share),
    )


def closeness_formula(rules: ClosenessRules) -> Text:
    """What the relationship closeness consists of."""
    return text(
        "Closeness = {recency} recency + {frequency} frequency + {breadth} layers met + "
        "{executive} executive contact + {judged} judged, over {days} days.",
        "关系紧密度 = 最近联系 {recency} + 联系频次 {frequency} + 层级覆盖 {breadth} + "
        "高层接触 {executive} + 人工评价 {judged}，统计 {days} 天。",
        recency=Percent(rules.recency_weight),
        frequency=Percent(rules.frequency_weight),
        breadth=Percent(rules.breadth_weight),
        executive=Percent(rules.executive_weight),
        judged=Percent(rules.judged_weight),
        days=rules.window_days,
    )


def unknown_aspects(closeness: Closeness) -> list[Text]:
    """What the closeness lacks; nothing logged at all is one gap and not four."""
    missing = list(closeness.missing)
    if Aspect.RECENCY not in missing:
        return [ASPECTS[aspect] for aspect in missing]
    nothing_logged = [text("logged contacts", "联系记录")]
    return nothing_logged + [ASPECTS[a] for a in missing if a is Aspect.JUDGED]
