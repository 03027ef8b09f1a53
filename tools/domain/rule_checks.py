"""What a rule may be set to: each value by itself, then those that must agree.

A company's rules are checked before they are proposed, so that no answer rests on nonsense.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from tools.domain.closeness import aspect_weights
from tools.domain.credit import Crediting
from tools.domain.esp import EspStage
from tools.domain.overrides import values
from tools.domain.rules import RuleSet
from tools.domain.score import Scorer
from tools.domain.vocabulary import Factor
from tools.errors import BadInput
from tools.text import Text, text


class _Kind(NamedTuple):
    """What values hold, and how to say so."""

    holds: Callable[[Any], bool]
    takes: Text


def check_rules(rules: RuleSet) -> None:
    """Refuses values that mean nothing, with the rule's path and what it takes."""
    for rule in values(rules, {}):
        if not (rule.value is None or _kind(rule.path).holds(rule.value)):
            raise misfit(rule.path)
    _check_together(rules)


def misfit(path: str) -> BadInput:
    """That a value does not fit the rule, and what it takes instead."""
    return BadInput(
        text(
            "The rule {path} takes {takes}.",
            "规则 {path} 的取值须为{takes}。",
            path=path,
            takes=_kind(path).takes,
        ),
        "value",
    )


def _kind(path: str) -> _Kind:
    return _KINDS.get(path) or _KINDS[f"{path.rpartition('.')[0]}.*"]


def _check_together(rules: RuleSet) -> None:
    Scorer(rules.score)
    aspect_weights(rules.closeness)
    criteria = rules.criteria
    total = criteria.revenue + criteria.loyalty + criteria.synergy + criteria.risk
    _require(
        total == 1,
        text(
            "The weights under criteria must sum to 1; change them together, as an object.",
            "criteria 下的权重之和必须为 1，请以对象形式一并修改。",
        ),
    )
    _require(
        rules.tiers.value_middle <= rules.tiers.value_high,
        text(
            "tiers.value_middle must not be above tiers.value_high.",
            "tiers.value_middle 不能大于 tiers.value_high。",
        ),
    )
    _require(
        rules.closeness.target_days < rules.closeness.window_days,
        text(
            "closeness.target_days must be below closeness.window_days.",
            "closeness.target_days 必须小于 closeness.window_days。",
        ),
    )


def _require(holds: bool, message: Text) -> None:
    if not holds:
        raise BadInput(message)


def _finite(value: Any) -> bool:
    return isinstance(value, Decimal | int) and Decimal(value).is_finite()


def _once(keys: Iterable[object]) -> bool:
    found = list(keys)
    return len(found) == len(set(found))


def _cadences(found: Any) -> bool:
    days = all(
        _whole(c.due_days) and _whole(c.overdue_days) and 0 < c.due_days <= c.overdue_days
        for c in found
    )
    return days and _once(c.dimension for c in found)


def _multipliers(found: Any) -> bool:
    worth = all(_finite(m.factor) and m.factor > 0 for m in found)
    words = all(_word(part) for m in found for part in (m.trait, m.value))
    return worth and words and _once((m.trait, m.value) for m in found)


def _large_deals(found: Any) -> bool:
    worth = all(_finite(d.amount) and d.amount > 0 for d in found)
    return (
        worth and all(isinstance(d.segment, str) for d in found) and _once(d.segment for d in found)
    )


def _segment_bands(found: Any) -> bool:
    named = all(_word(b.segment) and b.factor in set(Factor) for b in found)
    return (
        named
        and _once((b.segment, b.factor) for b in found)
        and _bands(chain.from_iterable(b.bands for b in found))
    )


def _bands(found: Any) -> bool:
    """The order of the bands and the range of their points are the score's own check."""
    return all(_finite(band.at_least) and _finite(band.points) for band in found)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _stages(found: Any) -> bool:
    return bool(found) and _once(found) and set(found) <= set(EspStage)


_FRACTION = _Kind(
    lambda value: _finite(value) and 0 <= value <= 1,
    text("a fraction from 0 to 1, e.g. 0.25", " 0 到 1 之间的小数，例如 0.25"),
)
_MARGIN = _Kind(
    lambda value: _finite(value) and 0 < value <= 1,
    text("a fraction above 0, at most 1, e.g. 0.35", "大于 0、不超过 1 的小数，例如 0.35"),
)
_POINTS = _Kind(
    lambda value: _finite(value) and 0 <= value <= 100,
    text("points from 0 to 100", " 0 到 100 之间的分值"),
)
_COUNT = _Kind(
    lambda value: _whole(value) and 0 < value <= 10_000,
    text("a whole number from 1 to 10,000", " 1 到 10,000 之间的整数"),
)
_COST = _Kind(
    lambda value: _finite(value) and value >= 0,
    text("an amount of 0 or more", "不小于 0 的金额"),
)
_SWITCH = _Kind(lambda value: isinstance(value, bool), text("true or false", " true 或 false"))
_KINDS = {
    "score.weights.*": _FRACTION,
    "score.bands.*": _Kind(
        _bands,
        text(
            "a list of rising bands like {example}, with 0 to 100 points",
            "由低到高的分档列表，例如 {example}，分值在 0 到 100 之间",
            example='[{"at_least": 0, "points": 20}]',
        ),
    ),
    "score.segment_bands": _Kind(
        _segment_bands,
        text(
            "a list with segment, bands and a factor ({factors}), each pair once",
            "列表，每项含 segment、bands 和 factor（{factors}），同一组合只出现一次",
            factors=", ".join(Factor),
        ),
    ),
    "score.top_share": _FRACTION,
    "score.revenue_months": _COUNT,
    "closeness.window_days": _COUNT,
    "closeness.target_days": _COUNT,
    "closeness.executive_days": _COUNT,
    "closeness.*": _FRACTION,
    "value.attainable_share": _FRACTION,
    "value.multipliers": _Kind(
        _multipliers,
        text(
            "a list with trait, value and a factor above 0, each pair once",
            "列表，每项含 trait、value 和大于 0 的 factor，同一组合只出现一次",
        ),
    ),
    "priority.value_percentile": _FRACTION,
    "priority.closeness_points": _POINTS,
    "tiers.*": _FRACTION,
    "evaluation.cadences": _Kind(
        _cadences,
        text(
            "a list with dimension, due_days and overdue_days, 0 < due_days <= overdue_days, "
            "each dimension once",
            "列表，每项含 dimension、due_days 和 overdue_days，"
            "且 0 < due_days <= overdue_days，每个维度只出现一次",
        ),
    ),
    "evaluation.vip_short_end": _SWITCH,
    "coverage.derive_months": _COUNT,
    "coverage.single_roles": _Kind(_once, text("each role once", "不重复的角色")),
    "criteria.*": _FRACTION,
    "serving.costs.*": _COST,
    "serving.contribution_margin": _MARGIN,
    "health.*": _POINTS,
    "esp.stages": _Kind(
        _stages,
        text(
            "a list of the stages {stages}, each at most once",
            "由以下阶段组成且不重复的列表：{stages}",
            stages=", ".join(EspStage),
        ),
    ),
    "esp.large_deals": _Kind(
        _large_deals,
        text(
            "a list with segment and an amount above 0, each segment once",
            "列表，每项含 segment 和大于 0 的 amount，每个行业只出现一次",
        ),
    ),
    "credit.mode": _Kind(
        lambda value: value in set(Crediting),
        text("one of {modes}", "以下之一：{modes}", modes=", ".join(Crediting)),
    ),
    "changes.expiry_hours": _COUNT,
    "company.base_currency": _Kind(
        lambda value: bool(re.fullmatch("[A-Z]{3}", value)),
        text("a currency code like USD or CNY", "货币代码，例如 USD 或 CNY"),
    ),
}
