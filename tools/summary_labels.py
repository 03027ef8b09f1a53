"""What the concerns, timeliness and tiers of an account page are called."""

from collections.abc import Mapping

from tools.domain.review import Concern, Timeliness, Urgency
from tools.domain.tiers import Standing, Tier
from tools.text import Text, text

TIERS: Mapping[Tier, Text] = {
    Tier.VIP: text("VIP", "VIP"),
    Tier.GROWTH: text("growth", "成长型"),
    Tier.STABLE: text("stable", "稳定型"),
    Tier.BASIC: text("basic", "基础型"),
}
TREATMENT: Mapping[Tier, Text] = {
    Tier.VIP: text(
        "solutions made for it, a service team of its own, regular executive contact",
        "定制解决方案，专属服务团队，定期高层互访",
    ),
    Tier.GROWTH: text(
        "resources tilted towards it, priority in technical support, raise it to the core",
        "资源倾斜，技术支持优先，培育为核心客户",
    ),
    Tier.STABLE: text(
        "standard service, an eye on cost, a search for derived needs",
        "标准化服务，控制成本，挖掘衍生需求",
    ),
    Tier.BASIC: text("automated service, steer to self-service", "自动化服务，引导自助服务"),
}
STANDING: Mapping[Standing, Text] = {
    Standing.HIGH: text("high", "高"),
    Standing.MIDDLE: text("middle", "中"),
    Standing.LOW: text("low", "低"),
}
TIMELINESS: Mapping[Timeliness, Text] = {
    Timeliness.NEVER: text("never held", "从未评估"),
    Timeliness.OVERDUE: text("overdue", "已逾期"),
    Timeliness.DUE: text("due", "应评估"),
    Timeliness.CURRENT: text("on time", "按时"),
}
URGENCY: Mapping[Urgency, Text] = {
    Urgency.NOW: text("now", "立即"),
    Urgency.SOON: text("soon", "尽快"),
    Urgency.LATER: text("later", "随后"),
}
CONCERNS: Mapping[Concern, tuple[Text, Text]] = {
    Concern.NO_OWNER: (
        text("nobody is responsible", "无人负责"),
        text("name an owner", "指定负责人"),
    ),
    Concern.GRAVE_RISK: (
        text("a grave risk is open", "存在重大未关闭风险"),
        text("agree on the answer to the risk", "落实风险对策"),
    ),
    Concern.NO_CONTACT: (
        text("no recent contact is logged", "近期没有联系记录"),
        text("visit or log the last contact", "安排拜访或补记联系"),
    ),
    Concern.PLAN_EXPIRED: (
        text("the account plan has expired", "客户计划已过期"),
        text("write the next edition of the plan", "编制新一版客户计划"),
    ),
    Concern.EVALUATION_OVERDUE: (
        text("an evaluation is overdue", "有评估已逾期"),
        text("hold the overdue evaluation", "完成逾期的评估"),
    ),
    Concern.REVENUE_FALLS: (
        text("revenue falls by a fifth or more", "收入下降两成以上"),
        text("find out why revenue falls", "查明收入下降的原因"),
    ),
    Concern.NO_PLAN: (
        text("there is no account plan", "没有客户计划"),
        text("write an account plan", "编制客户计划"),
    ),
    Concern.DERIVED_OWNER: (
        text("the owner is derived, not recorded", "负责人为推导，未登记"),
        text("record the owner", "登记负责人"),
    ),
    Concern.NO_DECISION_CONTACT: (
        text("no contact in the decision layer", "没有决策层联系人"),
        text("reach the decision layer", "接触决策层"),
    ),
    Concern.EVALUATION_DUE: (
        text("an evaluation is due", "有评估即将到期"),
        text("hold the due evaluation", "安排到期的评估"),
    ),
    Concern.NEED_GAP: (
        text("needs that we cannot serve yet", "有需求我方暂时无法满足"),
        text("close the gaps of the needs", "弥补需求差距"),
    ),
    Concern.STEP_LATE: (
        text("steps of the strategy are late", "有策略步骤延期"),
        text("reschedule or finish the late steps", "重新安排或完成延期步骤"),
    ),
    Concern.PLAN_UNAPPROVED: (
        text("the plan is not approved", "客户计划尚未批准"),
        text("have the plan approved", "提请批准客户计划"),
    ),
    Concern.SCORE_INCOMPLETE: (
        text("the score is incomplete", "综合积分不完整"),
        text("collect the missing score inputs", "补齐积分数据"),
    ),
}
