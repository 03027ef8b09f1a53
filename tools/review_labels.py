"""What the movements between two account reviews are called, and what caused them."""

from collections.abc import Mapping

from tools.domain.review_change import Movement, Place
from tools.domain.score_change import FactorChange
from tools.domain.tiers import Tier
from tools.labels import FACTORS, listing
from tools.score_history import signed
from tools.summary_labels import TIERS
from tools.text import Text, Value, text

MOVEMENTS: Mapping[Movement, Text] = {
    Movement.ENTERED: text("entered", "进入"),
    Movement.LEFT: text("left", "退出"),
    Movement.FELL: text("fell", "下降"),
    Movement.OVERTAKEN: text("overtaken", "被超越"),
    Movement.ROSE: text("rose", "上升"),
    Movement.UNRANKED: text("no longer ranked", "不再参与排名"),
    Movement.NEWLY_RANKED: text("newly ranked", "新参与排名"),
    Movement.STAYED: text("stayed", "不变"),
    Movement.NEVER_RANKED: text("not ranked", "未参与排名"),
}


def tier_called(key: str | None) -> Value:
    """A tier that a review kept, as it is called; none stays none."""
    return TIERS[Tier(key)] if key in set(Tier) else key


def reason(then: Place, now: Place, factors: tuple[FactorChange, ...] | None) -> Value:
    """The factors by their effect; or that others moved, or that it cannot be told."""
    if factors is None:
        return text("not comparable", "无法比较")
    effects = [(FACTORS[f.factor], f.by_values) for f in factors if f.by_values]
    by_rules = sum(f.by_rules for f in factors if f.by_rules)
    if by_rules:
        effects.append((text("rules", "规则"), by_rules))
    lacking = [FACTORS[f.factor] for f in factors if f.effect is None]
    if lacking:
        return text("missing at one time: {what}", "其中一期缺少：{what}", what=listing(lacking))
    if not effects and now.rank == then.rank:
        return text("nothing moved", "没有变动")
    if not effects:
        return text("own score unchanged, others moved", "自身积分未变，其他客户变动")
    effects.sort(key=lambda effect: -abs(effect[1]))
    return listing(
        text("{factor} {effect}", "{factor} {effect}", factor=factor, effect=signed(effect))
        for factor, effect in effects
    )
