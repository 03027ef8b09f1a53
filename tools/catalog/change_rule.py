"""A rule of the company, changed."""

import json
from typing import Any

from sqlmodel import col, select

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import RuleSetRow
from tools.deps import Deps
from tools.domain.closeness import aspect_weights
from tools.domain.overrides import values, with_overrides
from tools.errors import BadInput, NotFound
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
        overrides = held | _stated(path.strip(), value)
        _check(version, held, overrides)
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


def _check(version: int, held: dict[str, Any], overrides: dict[str, Any]) -> None:
    known = [rule.path for rule in values(with_overrides(version, held), held)]
    for path in overrides:
        if path not in known:
            near = tuple(name for name in known if path.rpartition(".")[2] in name)
            raise NotFound(
                text("There is no rule {path}.", "没有规则 {path}。", path=path), near[:8]
            )
    try:
        rules = with_overrides(version, overrides)
        aspect_weights(rules.closeness)
    except (TypeError, ValueError, ArithmeticError, KeyError) as error:
        raise BadInput(
            text("This value does not fit: {why}.", "该值不适用：{why}。", why=str(error))
        ) from error
    weights = rules.score.weights
    if weights.revenue + weights.potential + weights.demonstration + weights.ability != 1:
        raise BadInput(
            text(
                "The weights of the score must sum to 1; change them together, as an object.",
                "综合积分的权重之和必须为 1，请以对象形式一并修改。",
            )
        )


EXAMPLES = Examples(
    en=(
        "change the rule score.top_share",
        "set a rule of the company",
        "change a rule value",
        "override a rule for our company",
        "change the configured rule",
        "set the rule coverage.derive_months",
    ),
    zh=(
        "修改规则",
        "更改公司规则的值",
        "把规则 score.top_share 改掉",
        "设置公司自己的规则",
        "调整规则参数",
        "修改规则 coverage.derive_months",
    ),
)
