"""Deals that name no account."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlmodel import Session

from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import sales
from tools.data.models import Opportunity
from tools.deal_selection import Asked, select
from tools.deps import Deps
from tools.domain.periods import Period
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally, fold, total
from tools.domain.vocabulary import Stage
from tools.groups import TITLE, grouping, names
from tools.phrases import gaps, in_period, limited, listed, rules_line, undated
from tools.record_labels import STAGE
from tools.text import Money, Text, Value, text


@dataclass(frozen=True)
class UnassignedDeal:
    """One deal without an account."""

    reference: str
    stage: Stage
    seller: Value
    product: Value
    engaged_on: date | None
    value: Money | None


@dataclass(frozen=True)
class UnassignedReport:
    """Deals without an account: counted by group, and the first of them."""

    by: str
    period: Period
    filters: tuple[Text, ...]
    groups: tuple[tuple[Value, Tally], ...]
    total: Tally
    deals: tuple[UnassignedDeal, ...]
    undated: int
    limited: bool
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Deals without an account", "未关联客户的商机"),
            headline=self._headline(),
            facts=tuple(Fact(_label(label), found.count) for label, found in self.groups[:10]),
            table=self._table(),
            chart=self._chart(),
            basis=(rules_line(self.rules), limited())
            if self.limited
            else (rules_line(self.rules),),
            missing=self._missing(),
            next=self._next(),
        )

    def _headline(self) -> Text:
        values: dict[str, Value] = {
            "period": in_period(self.period),
            "what": listed(self.filters),
            "count": self.total.count,
        }
        if not self.total.count:
            return text(
                "Every deal {period}{what} has an account.",
                "{period}所有商机都已关联客户{what}。",
                **values,
            )
        label, most = self.groups[0]
        return text(
            "Deals without an account {period}{what}: {count}; most by {by}: {label} ({most}).",
            "{period}有 {count} 个商机未关联客户{what}；按{by}看，{label}最多：{most} 个。",
            by=TITLE[self.by],
            label=label,
            most=most.count,
            **values,
        )

    def _table(self) -> Table | None:
        if not self.deals:
            return None
        columns = (
            Column(text("deal", "商机")),
            Column(TITLE["stage"]),
            Column(TITLE["person"]),
            Column(TITLE["product"]),
            Column(text("begun", "开始日")),
            Column(text("value", "金额"), "right"),
        )
        rows = tuple(
            (d.reference, STAGE[d.stage], d.seller, d.product, d.engaged_on, d.value)
            for d in self.deals
        )
        return Table(columns, rows, self.total.count)

    def _chart(self) -> Chart | None:
        if len(self.groups) < 2:
            return None
        return Chart(
            "bar",
            text("Deals without an account by {by}", "按{by}统计的未关联商机", by=TITLE[self.by]),
            tuple(label for label, _ in self.groups),
            tuple(float(found.count) for _, found in self.groups),
            text("deals", "个"),
        )

    def _missing(self) -> tuple[Text, ...]:
        found = list(gaps(self.total))
        if self.undated:
            found.append(undated(self.undated))
        return tuple(found)

    def _next(self) -> tuple[Text, ...]:
        if not self.total.count:
            return ()
        return (
            text(
                "Ask each seller for the account; figures per account leave these deals out.",
                "请销售补填客户；按客户统计的数据不含这些商机。",
            ),
        )


def unassigned_deals(
    deps: Deps,
    by: Literal["stage", "person", "product"] = "stage",
    *,
    person: str = "",
    unit: str = "",
    product: str = "",
    stage: str = "",
    since: date | None = None,
    until: date | None = None,
    top: int = 10,
) -> UnassignedReport:
    """Deals in the records that are not linked to any account, counted and listed.

    Args:
        by: What to count by: "stage", "person" or "product".
        person: One seller only, e.g. "Grace Tan", or "me".
        unit: A team with the units below it, e.g. "Central", or "my team".
        product: One product only, e.g. "LX700 PLC".
        stage: One stage only, e.g. "engaging" or "open".
        since: First day that counts, e.g. 2017-01-01.
        until: Last day that counts, e.g. 2017-12-31.
        top: How many deals to list, e.g. 5.

    Source: house.
    """
    with deps.sessions() as session:
        asked = Asked(
            person=person, unit=unit, product=product, stage=stage, since=since, until=until
        )
        selection = select(session, deps, asked)
        where = replace(selection.readable, unassigned=True)
        base = deps.rules.company.base_currency
        how = grouping(session, by)
        slices = sales.deals(session, base, how.columns, where, deps.today)
        tallies = fold(slices, base, how.group)
        labels = names(session, by, list(tallies))
        ordered = sorted(tallies.items(), key=lambda item: (-item[1].count, str(item[0])))
        bounded = where.period != Period()
        return UnassignedReport(
            by,
            where.period,
            selection.filters,
            tuple((labels[group], found) for group, found in ordered),
            total(tallies.values(), base),
            _first(session, sales.first_rows(session, where, max(top, 1)), base),
            sales.undated(session, where) if bounded else 0,
            selection.limited,
            deps.rules,
        )


def _first(session: Session, rows: list[Opportunity], base: str) -> tuple[UnassignedDeal, ...]:
    sellers = names(session, "person", [row.person_id for row in rows])
    products = names(session, "product", [row.product_id for row in rows])
    return tuple(
        UnassignedDeal(
            row.external_id or row.name or str(row.id),
            row.stage,
            sellers[row.person_id],
            products[row.product_id],
            row.engaged_on,
            None if row.value is None else Money(row.value, row.currency or base),
        )
        for row in rows
    )


def _label(value: Value) -> Text:
    return text("{value}", "{value}", value=value)


EXAMPLES = Examples(
    en=(
        "deals without an account",
        "how many opportunities have no account",
        "unassigned deals by seller",
        "which deals are not linked to a customer",
        "orphan opportunities",
        "list opportunities with a missing account since {since}",
        "deals of {person} without a customer",
        "unassigned {product} deals",
        "data quality: opportunities lacking an account",
        "how many deals in stage {stage} have no customer name",
        "show the first {top} unlinked deals",
        "please list my opportunities that still need an account",
        "which deals hang without a customer",
        "are there deals nobody linked to a customer",
    ),
    zh=(
        "没有关联客户的商机",
        "有多少商机没填客户",
        "按销售统计未关联客户的商机",
        "哪些单子没有对应客户",
        "无主商机",
        "{since}以来缺客户名称的商机",
        "{person}没填客户的单子",
        "{product}未关联客户的商机",
        "数据质量：缺少客户的商机",
        "{stage}阶段有多少商机没有客户",
        "列出前{top}个没有客户的商机",
        "请列一下我还没填客户的商机",
        "没挂到客户上的商机有多少",
        "哪些单子没有挂客户",
        "多少商机找不到客户",
    ),
)
