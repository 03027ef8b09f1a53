"""What the three checks and their faults are called."""

from collections.abc import Mapping

from tools.domain.upkeep import Check, Fault
from tools.text import Text, text

CHECKS: Mapping[Check, Text] = {
    Check.ACCOUNT: text("account still qualifies", "客户是否合格"),
    Check.SALESPERSON: text("salesperson qualifies", "销售是否合格"),
    Check.MECHANISM: text("mechanism qualifies", "机制是否合格"),
}
FAULTS: Mapping[Fault, Text] = {
    Fault.NOT_SCORED: text("no full score", "积分不完整"),
    Fault.OUTSIDE_TOP: text("outside the top share", "未进入前列"),
    Fault.EVALUATION_LATE: text("evaluation overdue or never held", "评估逾期或从未进行"),
    Fault.NO_CONTACT: text("no contact logged in the window", "统计期内没有联系记录"),
    Fault.NO_CURRENT_PLAN: text("no plan that covers the day", "没有覆盖当日的计划"),
    Fault.OWNER_NOT_RECORDED: text("owner not recorded", "未登记负责人"),
    Fault.NO_SOLID_LINE: text("no solid line", "没有实线"),
    Fault.NO_DOTTED_LINE: text("no dotted line", "没有虚线"),
    Fault.PLAN_NOT_APPROVED: text("plan not approved", "计划未批准"),
}
