"""A rule of the company, changed."""

import json
from typing import Any

from sqlmodel import col, select

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import RuleSetRow
from tools.deps import Deps
from tools.domain.overrides import near_rules, values, with_overrides
from tools.domain.rule_checks import check_rules, misfit
from tools.errors import NotFound
from tools.text import text


def change_rule(deps: Deps, path: str, value: str, reason: str = "") -> Proposal:
    """Propose a company's own value of a rule; it makes a new version of the rules.

    Args:
        path: The rule, e.g. "score.top_share".
        value: Its new value, as a number, a word or JSON, e.g. "0.15"; for a group of rules
            an object, e.g. {"revenue": 0.4, "potential": 0.2}.
        reason: Why, e.g. "decided by the board in May".

    Source: house.
    """
    with drafting(deps) as draft:
        newest = draft.session.exec(
            select(RuleSetRow).order_by(col(RuleSetRow.version).desc()).limit(1)
        ).first()
        held = dict(newest.overrides) if newest else {}
        version = (newest.version if newest else 0) + 1
        stated = _stated(path.strip(), value)
        _check(version, held, stated)
        overrides = held | stated
        if overrides != held:
            draft.add(
                RuleSetRow(
                    version=version,
                    overrides=overrides,
                    created_at=deps.clock(),
                    created_by_id=deps.asker.person_id,
                    reason=reason or None,
                )
            )
        return draft.propose(
            text("Rule {path} becomes {value}", "规则 {path} 改为 {value}", path=path, value=value)
        )


def _stated(path: str, value: str) -> dict[str, Any]:
    """The values by path; an object gives one to each rule of a group."""
    try:
        parsed = json.loads(value)
    except ValueError:
        parsed = value.strip()
    if isinstance(parsed, dict):
        return {f"{path}.{name}": part for name, part in parsed.items()}
    return {path: parsed}


def _check(version: int, held: dict[str, Any], stated: dict[str, Any]) -> None:
    """Refuses a rule that there is not and a value that does not fit, by itself or together."""
    known = [rule.path for rule in values(with_overrides(version, held), held)]
    for path, value in stated.items():
        if path not in known:
            raise NotFound(
                text("There is no rule {path}.", "没有规则 {path}。", path=path),
                near_rules(path, known),
                "path",
            )
        try:
            with_overrides(version, {path: value})
        except (TypeError, ValueError, ArithmeticError, KeyError, AttributeError) as error:
            raise misfit(path) from error
    check_rules(with_overrides(version, held | stated))


EXAMPLES = Examples(
    en=(
        "change the rule score.top_share",
        "set a rule of the company",
        "change a rule value",
        "override a rule for our company",
        "change the configured rule",
        "set the rule coverage.derive_months",
        "change the top share to 15",
        "make the top share 15 percent",
        "change the weight of revenue to 0.4",
        "set the review cadence of VIP accounts to 2 months",
    ),
    zh=(
        "修改规则",
        "更改公司规则的值",
        "把规则 score.top_share 改掉",
        "设置公司自己的规则",
        "调整规则参数",
        "修改规则 coverage.derive_months",
        "把前20%改成前15%",
        "把大客户比例改为15%",
        "把销售额权重改成0.4",
        "大客户取前15%",
        "把评估周期改成两个月",
    ),
)
