"""What stands out among the accounts of a scope, with the words for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.domain.customers import Customer
from tools.domain.portfolio import Bought, Issue, Staleness, position, staleness
from tools.domain.review import GRAVE_RISK, Timeliness
from tools.domain.review_change import Place
from tools.domain.tiers import Tier
from tools.labels import listing
from tools.record_labels import DIMENSION, RISK
from tools.summary_labels import TIERS
from tools.text import Money, Text, Value, text
from tools.upkeep import Kept


@dataclass(frozen=True)
class Finding:
    """One account with one issue; the largest `weight` of an issue comes first."""

    issue: Issue
    customer: Customer
    what: Text
    weight: Decimal


@dataclass(frozen=True)
class Scope:
    """The accounts looked at, and what was read of them in bulk."""

    customers: Sequence[Customer]
    kept: Kept
    contacts: Mapping[int, int]
    bought: Mapping[int, Sequence[Bought]]
    risks: Mapping[int, Sequence[tuple[int, str, str]]]
    before: Mapping[int, Place]
    on: date
    currency: str

    def is_key(self, customer: Customer) -> bool:
        return bool(self.kept.accounts[customer.id].in_top)


def findings(scope: Scope) -> list[Finding]:
    """Everything that stands out, issue by issue, the gravest first."""
    found = [
        finding
        for customer in scope.customers
        for read in (_risk, _overdue, _plan, _contact, _tier, _wallet)
        for finding in read(scope, customer)
    ]
    order = list(Issue)
    return sorted(found, key=lambda f: (order.index(f.issue), -f.weight, f.customer.name))


def _risk(scope: Scope, customer: Customer) -> Iterator[Finding]:
    grave = [risk for risk in scope.risks.get(customer.id, ()) if risk[0] >= GRAVE_RISK]
    if grave:
        product, kind, what = max(grave)
        shown = text(
            "{kind}: {what} (likelihood × impact {product})",
            "{kind}：{what}（可能性 × 影响 {product}）",
            kind=next(label for key, label in RISK.items() if key.value == kind),
            what=what,
            product=product,
        )
        yield Finding(Issue.RISK, customer, shown, Decimal(product))


def _overdue(scope: Scope, customer: Customer) -> Iterator[Finding]:
    """Late evaluations; never held ones only where the account is a key account."""
    key = scope.is_key(customer)
    late = [
        item
        for item in scope.kept.accounts[customer.id].evaluations
        if item.timeliness is Timeliness.OVERDUE or (key and item.timeliness is Timeliness.NEVER)
    ]
    if late:
        days = max(((scope.on - i.next_by).days for i in late if i.next_by), default=None)
        shown = text(
            "{dimensions}{late}",
            "{dimensions}{late}",
            dimensions=listing(DIMENSION[item.dimension] for item in late),
            late=text("; overdue for {days} days", "；已逾期 {days} 天", days=days)
            if days is not None
            else text(" (never held)", "（从未评估）"),
        )
        yield Finding(Issue.OVERDUE_REVIEW, customer, shown, Decimal(days or 0))


def _plan(scope: Scope, customer: Customer) -> Iterator[Finding]:
    plan = scope.kept.accounts[customer.id].plan
    wrong = staleness(plan, scope.on, key_account=scope.is_key(customer))
    if wrong is not None:
        past = (scope.on - plan.ends).days if plan and wrong is Staleness.EXPIRED else 0
        until = text("until {day}", "至 {day}", day=plan.ends) if plan else ""
        shown = text("{wrong} {until}", "{wrong} {until}", wrong=_STALE[wrong], until=until)
        weight = Decimal(past) if plan else Decimal(10_000)
        yield Finding(Issue.STALE_PLAN, customer, shown if plan else _STALE[wrong], weight)


def _contact(scope: Scope, customer: Customer) -> Iterator[Finding]:
    if scope.contacts.get(customer.id) == 1:
        shown = text("one contact recorded", "只登记了一个联系人")
        weight = Decimal(scope.is_key(customer))
        yield Finding(Issue.SINGLE_CONTACT, customer, shown, weight)


def _tier(scope: Scope, customer: Customer) -> Iterator[Finding]:
    before, now = scope.before.get(customer.id), scope.kept.tiers.tier(customer)
    if before is None or before.tier is None or now is None:
        return
    tier = now.tier.value if now.tier else None
    if tier != before.tier:
        shown = text(
            "{then} became {now}",
            "由{then}变为{now}",
            then=tier_name(before.tier),
            now=tier_name(tier),
        )
        yield Finding(Issue.TIER_DRIFT, customer, shown, Decimal(scope.is_key(customer)))


def _wallet(scope: Scope, customer: Customer) -> Iterator[Finding]:
    found = position(scope.bought.get(customer.id, ()))
    if found is None or found.gap is None or found.gap <= 0:
        return
    shown = text(
        "{rival} is {gap} ahead of us in {year}",
        "{year} 年{rival}领先我方 {gap}",
        rival=found.rival,
        gap=Money(found.gap, scope.currency),
        year=str(found.year),
    )
    yield Finding(Issue.WALLET_GAP, customer, shown, found.gap)


def tier_name(key: str | None) -> Value:
    """A tier as it is called; none is unclassified."""
    if key is None:
        return text("unclassified", "未分级")
    return TIERS[Tier(key)] if key in set(Tier) else key


def count(found: Iterable[Finding], issue: Issue) -> int:
    return sum(finding.issue is issue for finding in found)


ISSUES: Mapping[Issue, Text] = {
    Issue.RISK: text("grave risk", "重大风险"),
    Issue.OVERDUE_REVIEW: text("evaluation overdue", "评估逾期"),
    Issue.STALE_PLAN: text("stale plan", "计划失效"),
    Issue.SINGLE_CONTACT: text("single contact", "单一联系人"),
    Issue.TIER_DRIFT: text("tier drift", "等级变动"),
    Issue.WALLET_GAP: text("wallet gap", "钱包差距"),
}
_STALE: Mapping[Staleness, Text] = {
    Staleness.NO_PLAN: text("key account without a plan", "大客户没有计划"),
    Staleness.EXPIRED: text("plan ran", "计划有效期"),
    Staleness.NOT_BEGUN: text("plan not in force yet, runs", "计划尚未生效，有效期"),
}
