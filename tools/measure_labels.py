"""What the yearly money figures and the serving modes are called in front of people."""

from collections.abc import Mapping

from tools.domain.serving import Mode
from tools.domain.vocabulary import Measure
from tools.text import Text, text

MEASURE: Mapping[Measure, Text] = {
    Measure.OUR_REVENUE: text("our revenue", "我方销售额"),
    Measure.COST_OF_GOODS: text("cost of goods", "产品成本"),
    Measure.COST_SALES: text("sales cost", "销售费用"),
    Measure.COST_PRESALES: text("presales cost", "售前费用"),
    Measure.COST_DELIVERY: text("delivery cost", "交付费用"),
    Measure.COST_SERVICE: text("service cost", "服务费用"),
    Measure.REBATES: text("rebates", "返利"),
    Measure.RECEIVABLES_FINANCING: text("financing of receivables", "应收账款资金成本"),
    Measure.COMPANY_REVENUE: text("the customer's revenue", "客户营收"),
    Measure.COMPANY_PROFIT: text("the customer's profit", "客户利润"),
    Measure.ADDRESSABLE_SPEND: text("addressable spend", "可争取采购额"),
}
MODE: Mapping[Mode, Text] = {
    Mode.DEDICATED_TEAM: text("dedicated team", "专属团队"),
    Mode.SHARED_MANAGER: text("shared key account manager", "共享大客户经理"),
    Mode.FIELD_SALES: text("field sales", "区域销售"),
    Mode.CHANNEL_PARTNER: text("channel partner", "渠道伙伴"),
    Mode.REMOTE: text("remote or self-service", "远程或自助服务"),
}
