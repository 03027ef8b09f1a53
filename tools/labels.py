"""What the closed lists are called in front of people."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tools.domain.closeness import Aspect
from tools.domain.coverage import Gap
from tools.domain.priority import Quadrant
from tools.domain.strategy import Device
from tools.domain.vocabulary import CoverageRole, Factor
from tools.text import Money, Text, Value, text

FACTORS = {
    Factor.REVENUE: text("revenue", "销售额"),
    Factor.POTENTIAL: text("potential", "潜力"),
    Factor.DEMONSTRATION: text("demonstration effect", "示范作用"),
    Factor.ABILITY: text("ability to win", "能赢能做"),
}

COVERAGE_ROLES = {
    CoverageRole.OWNER: text("owner", "负责人"),
    CoverageRole.STAND_IN: text("stand-in", "代管人"),
    CoverageRole.SPONSOR: text("executive sponsor", "高层赞助人"),
    CoverageRole.DIRECTOR: text("key account director", "大客户总监"),
    CoverageRole.SPECIALIST: text("specialist", "专家"),
}

GAPS = {
    Gap.UNCOVERED: text("uncovered", "无人负责"),
    Gap.TWICE: text("covered twice", "重复负责"),
    Gap.LEFT: text("owner has left", "负责人已离职"),
    Gap.NO_STAND_IN: text("no stand-in", "没有代管人"),
}

ASPECTS = {
    Aspect.RECENCY: text("recency", "最近联系"),
    Aspect.FREQUENCY: text("frequency", "联系频次"),
    Aspect.BREADTH: text("breadth over layers", "层级覆盖"),
    Aspect.EXECUTIVE: text("executive contact", "高层接触"),
    Aspect.JUDGED: text("judged part", "人工评价"),
}

QUADRANTS = {
    Quadrant.DEFEND: text("defend and grow", "巩固并增长"),
    Quadrant.WIN: text("win", "争取突破"),
    Quadrant.KEEP: text("keep efficiently", "低成本维护"),
    Quadrant.CHANNEL: text("serve by channel", "交由渠道服务"),
}
STRATEGY_DEVICES: Mapping[Device, Text] = {
    Device.LADDER: text("service ladder", "服务阶梯"),
    Device.RELEASE: text("staged release", "分阶段发布"),
    Device.HEDGING: text("hedging clause", "对冲条款"),
    Device.REVIEW: text("review before renewal", "续约前评审"),
}
STRATEGY_STAGES: Mapping[str, Text] = {
    "basic_service": text("basic service", "基础服务"),
    "value_added": text("value-added modules", "增值模块"),
    "co_built": text("co-built ecosystem", "共建生态"),
    "requirement_confirmed": text("requirement confirmed", "需求确认"),
    "prototype_tested": text("prototype tested", "样机测试"),
    "full_rollout": text("full roll-out", "全面推广"),
    "price_formula": text("price formula", "价格公式"),
    "flexible_scope": text("flexible scope", "弹性范围"),
    "economic": text("economic side", "经济面"),
    "brand": text("brand side", "品牌面"),
    "technology": text("technology side", "技术面"),
}


def accounts(number: int) -> Text:
    """A number of accounts."""
    return _counted(number, "{number} account", "{number} accounts", "{number} 家客户")


def deals(number: int) -> Text:
    """A number of deals."""
    return _counted(number, "{number} deal", "{number} deals", "{number} 个商机")


def people(number: int) -> Text:
    """A number of people."""
    return _counted(number, "{number} person", "{number} people", "{number} 人")


def months(number: int) -> Text:
    """A number of months."""
    return _counted(number, "{number} month", "{number} months", "{number} 个月")


def _counted(number: int, one: str, many: str, zh: str) -> Text:
    return text(one if number == 1 else many, zh, number=number)


def listing(values: Iterable[Value]) -> Text:
    """Values one after the other, with the comma of the reader's language."""
    named = {f"item{position}": value for position, value in enumerate(values)}
    slots = [f"{{{name}}}" for name in named]
    return Text(", ".join(slots), "、".join(slots), named)


def amounts(by_currency: Mapping[str, Decimal]) -> Text:
    """Amounts in several currencies, unconverted."""
    return listing(Money(by_currency[currency], currency) for currency in sorted(by_currency))
