"""The rules in force: every weight, band, limit and cadence with its value and origin."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tools.access import scope_of
from tools.basis import COMPANY, origin
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.models import Person, RuleSetRow
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.overrides import RuleValue, near_rules, values
from tools.domain.rules import HOUSE, RuleSet
from tools.errors import NotFound
from tools.rule_labels import GROUPS, shown
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "Which rules are in force?",
        "What is the rule {term} set to?",
        "Show the configured values for {term}",
        "Which rules has our company changed?",
        "Which version of the rules do we use, and who set it?",
        "Which of our settings are house defaults?",
        "Current configuration of {term}",
        "List all weights and limits that are configured",
        "where do the weights come from",
        "can the weights be changed, what are they now",
        "what are the weights at the moment",
        "which parameters can a company set",
        "what is the share of key accounts and who set it",
    ),
    zh=(
        "现在生效的规则有哪些？",
        "规则{term}设为多少？",
        "看一下{term}的配置值",
        "公司改过哪些规则？",
        "目前用的是第几版规则，谁设定的？",
        "规则是第几版？",
        "哪些设置是内部默认值？",
        "{term}的当前配置",
        "列出所有已配置的权重和界限",
        "权重能不能调",
        "权重现在是多少",
        "分级标准的参数是多少",
        "现在的权重谁定的",
        "哪些参数可以改",
        "大客户的比例是多少",
        "大客户比例谁规定的",
    ),
)


@dataclass(frozen=True)
class RulesInForce:
    """The values asked for; `set_on`, `set_by` and `reason` are of the company's version."""

    rules: RuleSet
    found: tuple[RuleValue, ...]
    named: Text
    set_on: datetime | None
    set_by: str | None
    reason: str | None

    def card(self) -> Card:
        rows = tuple(
            (GROUPS[v.path.partition(".")[0]], v.path, shown(v.value), _origin(v.origin))
            for v in self.found
        )
        unset = [value.path for value in self.found if value.value is None]
        return Card(
            title=text("Rules: {named}", "规则：{named}", named=self.named),
            headline=self._headline(),
            facts=(
                Fact(text("Version", "版本"), str(self.rules.version), self.set_on),
                Fact(text("Set by", "设定人"), self.set_by, self.reason),
                *(Fact(_origin(key), count) for key, count in sorted(self._counts.items())),
            ),
            table=Table(_COLUMNS, rows, len(rows)),
            basis=(
                text(
                    "K1 to K5 are the sources; house is our default where no source gives a "
                    "figure; the company's own values come before both.",
                    "K1 至 K5 为资料来源；资料没有数字时采用内部默认值；本公司设定优先于两者。",
                ),
            ),
            missing=tuple(
                text(
                    "{path} is not set: no source gives it, the company decides.",
                    "{path} 未设置：资料没有给出，由公司决定。",
                    path=path,
                )
                for path in unset
            ),
        )

    @property
    def _counts(self) -> Counter[str]:
        return Counter(value.origin for value in self.found)

    def _headline(self) -> Text:
        if len(self.found) == 1:
            only = self.found[0]
            return text(
                "The rule {path} is {value} ({origin}, version {version}).",
                "规则 {path} 为 {value}（{origin}，版本 {version}）。",
                path=only.path,
                value=shown(only.value),
                origin=_origin(only.origin),
                version=str(self.rules.version),
            )
        return text(
            "{named}: {count} rules in version {version}; set by the company {company}, house "
            "{house}, from a source {source}.",
            "{named}：版本 {version} 共 {count} 条；本公司设定 {company} 条，"
            "内部默认 {house} 条，来自资料 {source} 条。",
            named=self.named,
            count=len(self.found),
            version=str(self.rules.version),
            company=self._counts[COMPANY],
            house=self._counts[HOUSE],
            source=len(self.found) - self._counts[COMPANY] - self._counts[HOUSE],
        )


def rules_in_force(deps: Deps, term: str = "") -> RulesInForce:
    """Answers which rules are in force: weights, bands, limits, cadences, and where from.

    Args:
        term: A rule or a group of rules, e.g. "score.top_share", "tiers" or "关系紧密度"; all
            when left out.

    Source: K1, K2, K3, K4, K5 and house, per value.
    """
    everything = [
        RuleValue(value.path, value.value, origin(deps.rules, value.path))
        for value in values(deps.rules, {})
    ]
    found, named = _meant(everything, term)
    with deps.sessions() as session:
        scope_of(session, deps.asker, deps.today)
        row = session.get(RuleSetRow, deps.rules.version)
        person = session.get(Person, row.created_by_id) if row and row.created_by_id else None
    return RulesInForce(
        deps.rules,
        tuple(found),
        named,
        row.created_at if row else None,
        person.name if person else None,
        row.reason if row else None,
    )


def _meant(everything: list[RuleValue], term: str) -> tuple[list[RuleValue], Text]:
    """The rule of that path, those of that group, or those whose path holds the words."""
    key = name_key(term)
    if not key:
        return everything, text("All rules", "全部规则")
    groups: Mapping[str, str] = {
        name_key(name): group
        for group, label in GROUPS.items()
        for name in (group, label.en, label.zh)
    }
    group = groups.get(key)
    exact = [value for value in everything if name_key(value.path) == key]
    grouped = [value for value in everything if group == value.path.partition(".")[0]]
    found = exact or grouped or [value for value in everything if key in name_key(value.path)]
    if found:
        return found, GROUPS[group] if group and not exact else text("{term}", "{term}", term=term)
    raise NotFound(
        text("There is no rule called {term}.", "没有名为“{term}”的规则。", term=term),
        near_rules(term, [*(value.path for value in everything), *GROUPS]),
        "term",
    )


def _origin(key: str) -> Text:
    return {
        HOUSE: text("house default", "内部默认值"),
        COMPANY: text("set by the company", "本公司设定"),
    }.get(key, text("source {key}", "来源 {key}", key=key))


_COLUMNS = (
    Column(text("Group", "类别")),
    Column(text("Rule", "规则")),
    Column(text("Value", "取值")),
    Column(text("Origin", "来源")),
)
