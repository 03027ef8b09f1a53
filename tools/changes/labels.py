"""What tables, fields and members of closed lists are called in a proposed change."""

from collections.abc import Mapping

from tools.domain.vocabulary import Channel, Measure, NeedKind, RecordState
from tools.labels import COVERAGE_ROLES, FACTORS
from tools.record_labels import (
    DIMENSION,
    HORIZON,
    ITEM_STATE,
    LAYER,
    PLAN_STATUS,
    RISK,
    STAGE,
    STANCE,
    STATUS,
)
from tools.text import Text, text

TABLES: Mapping[str, Text] = {
    "account": text("account", "客户"),
    "account_alias": text("other name", "别名"),
    "checklist_item": text("checklist item", "清单条目"),
    "checklist_run": text("checklist", "清单"),
    "contact": text("contact", "联系人"),
    "coverage": text("coverage", "客户分工"),
    "evaluation": text("evaluation", "评估"),
    "factor_input": text("score input", "积分数据"),
    "financial": text("figure", "财务数据"),
    "interaction": text("contact record", "联系记录"),
    "interaction_contact": text("participant", "参与人"),
    "kpi_figure": text("target", "指标"),
    "need": text("need", "需求"),
    "opportunity": text("opportunity", "商机"),
    "plan": text("plan", "客户计划"),
    "plan_section": text("plan section", "计划章节"),
    "risk": text("risk", "风险"),
    "rule_set": text("rules", "规则"),
    "wallet_share": text("supplier's share", "供应商份额"),
}
NAMING: Mapping[str, tuple[str, ...]] = {
    "checklist_item": ("item",),
    "checklist_run": ("checklist",),
    "coverage": ("role",),
    "evaluation": ("dimension",),
    "factor_input": ("factor",),
    "financial": ("measure",),
    "interaction": ("held_on",),
    "interaction_contact": (),
    "kpi_figure": ("kpi",),
    "need": ("description",),
    "opportunity": ("name", "external_id", "stage"),
    "plan": ("title",),
    "plan_section": ("title",),
    "risk": ("description",),
    "rule_set": ("version",),
    "wallet_share": ("supplier",),
}
# Fields of a row made or deleted that say nothing beside the name of the record.
HIDDEN = frozenset(
    {"name_key", "account_id", "run_id", "plan_id", "interaction_id", "review_id", "position"}
)
FIELDS: Mapping[str, Text] = {
    "amount": text("amount", "金额"),
    "answer": text("answer", "对策"),
    "approved_on": text("approved on", "批准日"),
    "approver_id": text("approver", "批准人"),
    "as_of": text("as of", "截至"),
    "body": text("text", "正文"),
    "capability_gap": text("capability gap", "能力差距"),
    "category": text("category", "品类"),
    "channel": text("kind of contact", "联系方式"),
    "checklist": text("checklist", "清单"),
    "city": text("city", "城市"),
    "closed_on": text("closed on", "关闭日"),
    "confirmed": text("confirmed", "已证实"),
    "contact_id": text("contact", "联系人"),
    "country": text("country", "国家"),
    "credit_share": text("share of the credit", "分成比例"),
    "currency": text("currency", "币种"),
    "customer_since": text("customer since", "合作开始日"),
    "decided_on": text("decided on", "登记日"),
    "decides": text("decides", "有决策权"),
    "department": text("department", "部门"),
    "description": text("description", "说明"),
    "dimension": text("dimension", "维度"),
    "email": text("e-mail", "邮箱"),
    "employees": text("employees", "员工人数"),
    "ends_on": text("until", "结束日"),
    "engaged_on": text("begun on", "开始洽谈日"),
    "evidence": text("evidence", "依据"),
    "executive": text("executive contact", "高层接触"),
    "expected_on": text("expected on", "预计日期"),
    "factor": text("factor", "因素"),
    "forecast": text("forecast", "预测"),
    "found_by": text("found by", "发现方式"),
    "founded": text("founded", "成立年份"),
    "held_on": text("held on", "日期"),
    "holds_budget": text("holds the budget", "掌握预算"),
    "horizon": text("horizon", "时间跨度"),
    "impact": text("impact", "影响"),
    "interests": text("interests", "兴趣"),
    "item": text("item", "条目"),
    "key": text("key", "键"),
    "kind": text("kind", "类型"),
    "kpi": text("KPI", "指标"),
    "layer": text("layer", "层级"),
    "left_on": text("left on", "离职日"),
    "level": text("information level", "信息级别"),
    "likelihood": text("likelihood", "可能性"),
    "measure": text("measure", "指标"),
    "name": text("name", "名称"),
    "note": text("note", "备注"),
    "ours": text("ourselves", "我方"),
    "overrides": text("company values", "本公司设定"),
    "owner_id": text("owner", "负责人"),
    "parent_id": text("parent", "上级单位"),
    "period_end": text("period until", "期间结束"),
    "period_start": text("period from", "期间开始"),
    "person_id": text("colleague", "同事"),
    "phone": text("phone", "电话"),
    "points": text("points", "分数"),
    "product_id": text("product", "产品"),
    "reason": text("reason", "原因"),
    "region": text("region", "区域"),
    "resource_gap": text("resource gap", "资源差距"),
    "role": text("role", "角色"),
    "rules_version": text("rules version", "规则版本"),
    "segment": text("segment", "行业"),
    "source": text("source", "来源"),
    "stage": text("stage", "阶段"),
    "stance": text("stance", "态度"),
    "started_on": text("started on", "开始日"),
    "starts_on": text("from", "开始日"),
    "state": text("state", "状态"),
    "status": text("status", "状态"),
    "summary": text("summary", "摘要"),
    "supplier": text("supplier", "供应商"),
    "target": text("target", "目标"),
    "title": text("title", "职务"),
    "unit": text("unit", "单位"),
    "unit_id": text("team", "部门"),
    "updated_on": text("updated on", "更新日"),
    "value": text("value", "数值"),
    "website": text("website", "网站"),
    "year": text("year", "年份"),
}
_CHANNEL = {
    Channel.VISIT: text("visit", "拜访"),
    Channel.MEETING: text("meeting", "会议"),
    Channel.CALL: text("call", "电话"),
    Channel.MESSAGE: text("message", "消息"),
    Channel.EVENT: text("event", "活动"),
}
_NEED = {
    NeedKind.EXPLICIT: text("explicit", "显性"),
    NeedKind.HIDDEN: text("hidden", "隐性"),
}
_STATE = {
    RecordState.OPEN: text("open", "未关闭"),
    RecordState.CLOSED: text("closed", "已关闭"),
}
_MEASURE = {
    Measure.OUR_REVENUE: text("our revenue", "我方销售额"),
    Measure.COST_OF_GOODS: text("cost of goods", "销货成本"),
    Measure.COST_SALES: text("sales cost", "销售费用"),
    Measure.COST_PRESALES: text("presales cost", "售前费用"),
    Measure.COST_DELIVERY: text("delivery cost", "交付费用"),
    Measure.COST_SERVICE: text("service cost", "服务费用"),
    Measure.REBATES: text("rebates", "返利"),
    Measure.RECEIVABLES_FINANCING: text("financing of receivables", "应收资金成本"),
    Measure.COMPANY_REVENUE: text("customer's revenue", "客户营业收入"),
    Measure.COMPANY_PROFIT: text("customer's profit", "客户利润"),
    Measure.ADDRESSABLE_SPEND: text("addressable spend", "可触达支出"),
}


def member(value: object) -> Text | None:
    """The words for a member of a closed list; None for any other value."""
    for known in _LISTS:
        if type(value) is type(next(iter(known))):
            return known.get(value)
    return None


_LISTS: tuple[Mapping[object, Text], ...] = tuple(
    dict(known.items())
    for known in (
        COVERAGE_ROLES,
        FACTORS,
        DIMENSION,
        HORIZON,
        ITEM_STATE,
        LAYER,
        PLAN_STATUS,
        RISK,
        STAGE,
        STANCE,
        STATUS,
        _CHANNEL,
        _NEED,
        _STATE,
        _MEASURE,
    )
)
