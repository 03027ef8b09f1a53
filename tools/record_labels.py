"""What the closed lists kept in records are called in front of people."""

from collections.abc import Mapping

from tools.domain.vocabulary import (
    AccountStatus,
    Dimension,
    Horizon,
    ItemState,
    Layer,
    PlanStatus,
    RiskKind,
    Stage,
    Stance,
)
from tools.text import Text, text

STAGE: Mapping[Stage, Text] = {
    Stage.PROSPECTING: text("prospecting", "寻找机会"),
    Stage.ENGAGING: text("engaging", "洽谈中"),
    Stage.WON: text("won", "赢单"),
    Stage.LOST: text("lost", "丢单"),
}
STATUS: Mapping[AccountStatus, Text] = {
    AccountStatus.PROSPECT: text("prospect", "潜在客户"),
    AccountStatus.ACTIVE: text("active customer", "在合作客户"),
    AccountStatus.FORMER: text("former customer", "已流失客户"),
}
LAYER: Mapping[Layer, Text] = {
    Layer.EXECUTION: text("execution", "执行层"),
    Layer.MANAGEMENT: text("management", "管理层"),
    Layer.DECISION: text("decision", "决策层"),
}
STANCE: Mapping[Stance, Text] = {
    Stance.CHAMPION: text("champion", "坚定支持者"),
    Stance.SUPPORTER: text("supporter", "支持者"),
    Stance.NEUTRAL: text("neutral", "中立"),
    Stance.SCEPTIC: text("sceptic", "怀疑者"),
    Stance.OPPONENT: text("opponent", "反对者"),
}
HORIZON: Mapping[Horizon, Text] = {
    Horizon.SHORT: text("up to 3 months", "3 个月内"),
    Horizon.MEDIUM: text("3 to 12 months", "3 至 12 个月"),
    Horizon.LONG: text("1 to 3 years", "1 至 3 年"),
}
RISK: Mapping[RiskKind, Text] = {
    RiskKind.FINANCIAL: text("financial", "财务"),
    RiskKind.COMPLIANCE: text("compliance", "合规"),
    RiskKind.INDUSTRY: text("industry", "行业"),
    RiskKind.RELATIONSHIP: text("relationship", "关系"),
    RiskKind.COMPETITOR: text("competitor", "竞争"),
    RiskKind.DELIVERY: text("delivery", "交付"),
    RiskKind.CONTRACT: text("contract", "合同"),
}
PLAN_STATUS: Mapping[PlanStatus, Text] = {
    PlanStatus.DRAFT: text("draft", "草稿"),
    PlanStatus.SUBMITTED: text("submitted", "待批准"),
    PlanStatus.APPROVED: text("approved", "已批准"),
    PlanStatus.SUPERSEDED: text("superseded", "已被新版取代"),
}
ITEM_STATE: Mapping[ItemState, Text] = {
    ItemState.OPEN: text("open", "未完成"),
    ItemState.DONE: text("done", "已完成"),
    ItemState.NOT_APPLICABLE: text("not applicable", "不适用"),
}
DIMENSION: Mapping[Dimension, Text] = {
    Dimension.IMPORTANCE: text("importance", "重要性"),
    Dimension.NEEDS: text("needs and capability", "需求与能力"),
    Dimension.RELATIONSHIP: text("relationship closeness", "关系紧密度"),
    Dimension.SATISFACTION: text("satisfaction", "满意度"),
    Dimension.FULFILMENT: text("fulfilment", "履约率"),
    Dimension.TECHNICAL_FIT: text("technical fit", "技术匹配度"),
    Dimension.CRITERION_REVENUE: text("revenue contribution", "营收贡献"),
    Dimension.CRITERION_LOYALTY: text("stability and loyalty", "稳定与忠诚"),
    Dimension.CRITERION_SYNERGY: text("strategic synergy", "战略协同"),
    Dimension.CRITERION_RISK: text("risk control", "风险可控"),
}
