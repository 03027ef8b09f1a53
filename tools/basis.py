"""Where a result comes from: method, origin of each rule used, version of the rule set."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tools.domain.rules import HOUSE, RuleSet
from tools.text import Text, text

COMPANY = "company"
DERIVED_OWNER: dict[str, Text] = {
    "coverage.derive_months": text(
        "Owner derived from won deals where none is recorded", "未登记负责人时按赢单推定"
    )
}
_DEFAULTS = RuleSet()


def origin(rules: RuleSet, path: str) -> str:
    """Where the rule, or the first rule of the group, at a path comes from: "company" where
    a value differs from the default, else a source key (K1 to K5) or "house"."""
    now, default, found = rules, _DEFAULTS, HOUSE
    for name in path.split("."):
        found = _metadata(default, name).get("origin", found)
        now, default = getattr(now, name), getattr(default, name)
    return found if now == default else COMPANY


def basis(rules: RuleSet, method: Text, source: str, used: Mapping[str, Text]) -> tuple[Text, ...]:
    """The lines of a card's basis; `used` names the rules by their paths."""
    lines = [
        text(
            "Method: {method} ({source}).",
            "方法：{method}（{source}）。",
            method=method,
            source=_said(source),
        )
    ]
    for path, label in used.items():
        lines.append(
            text(
                "{label}: {origin}.",
                "{label}：{origin}。",
                label=label,
                origin=_said(origin(rules, path)),
            )
        )
    lines.append(
        text("Rules version {version}.", "规则版本 {version}。", version=str(rules.version))
    )
    return tuple(lines)


def _said(key: str) -> Text:
    return {
        HOUSE: text("house rule", "内部默认规则"),
        COMPANY: text("set by the company", "本公司设定"),
    }.get(key, text("{key}", "{key}", key=key))


def _metadata(part: Any, name: str) -> Mapping[str, Any]:
    return next(item.metadata for item in fields(part) if item.name == name)
