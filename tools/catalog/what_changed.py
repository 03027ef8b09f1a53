"""What happened on an account or over a scope since a day, the newest first."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.history import Event, Happened, newest_first
from tools.domain.periods import Period
from tools.history import events
from tools.labels import accounts as counted
from tools.labels import listing
from tools.opened import meant
from tools.phrases import in_period, period_of
from tools.scoring import check_top
from tools.selection import Filters
from tools.text import Text, text

EXAMPLES = Examples(
    en=(
        "What changed on {account} since {since}?",
        "What is new at {account}?",
        "What happened with my accounts this week?",
        "News on the accounts of {unit} since {since}",
        "Show the recent activity on {account}",
        "Who changed what on {account} between {since} and {until}?",
        "What have I missed at {account} while I was away?",
        "Latest events in {region}",
        "History of {account} since {since}",
        "anything new at {account}",
        "anything happening at {account} lately",
    ),
    zh=(
        "{account}自{since}以来有什么变化？",
        "{account}最近有什么新动态？",
        "我的客户这周发生了什么？",
        "{unit}的客户自{since}以来的动态",
        "看一下{account}最近的活动记录",
        "{since}到{until}之间谁改了{account}的什么？",
        "我不在的时候{account}发生了什么？",
        "{region}区域的最新动态",
        "{account}自{since}的变更历史",
        "{account}有什么动静",
        "{account}最近有啥消息",
        "{account}近期有什么进展",
    ),
)
_DAYS = 30


@dataclass(frozen=True)
class WhatChanged:
    """The events of the accounts asked for, newest first."""

    named: Text
    period: Period
    events: tuple[Event, ...]
    names: Mapping[int, str]
    top: int

    def card(self) -> Card:
        rows = tuple(
            (event.day, self.names[event.account_id], KINDS[event.kind], event.what, event.by)
            for event in self.events[: self.top]
        )
        counts = Counter(event.kind for event in self.events)
        return Card(
            title=text("What changed: {named}", "变化：{named}", named=self.named),
            headline=self._headline(counts),
            facts=tuple(Fact(KINDS[kind], counts[kind]) for kind in Happened if counts[kind]),
            table=Table(_COLUMNS, rows, len(self.events)) if rows else None,
            why=(
                text(
                    "Each event stands on the day it tells of; a changed record on the day of its "
                    "confirmation. Invoices are not listed: ask for the revenue.",
                    "事件按其发生日列出；记录修改按确认日列出。不列发票：可查询销售额。",
                ),
            ),
            basis=(
                text(
                    "Records and confirmed changes; the list is house.",
                    "依据记录和已确认的修改；列表方式为内部规则。",
                ),
            ),
        )

    def _headline(self, counts: Counter[Happened]) -> Text:
        if not self.events:
            return text(
                "{named}: nothing is recorded {period}.",
                "{named}：{period}没有任何记录。",
                named=self.named,
                period=in_period(self.period),
            )
        newest = self.events[0]
        return text(
            "{named}: {count} events {period} on {accounts} ({kinds}); the newest on "
            "{day}: {account}, {what}.",
            "{named}：{period}共 {count} 项，涉及 {accounts}（{kinds}）；"
            "最新（{day}）：{account}，{what}。",
            named=self.named,
            count=len(self.events),
            period=in_period(self.period),
            accounts=counted(len({event.account_id for event in self.events})),
            kinds=listing(
                text("{kind} {n}", "{kind} {n}", kind=KINDS[kind], n=number)
                for kind, number in counts.most_common(3)
            ),
            day=newest.day,
            account=self.names[newest.account_id],
            what=newest.what,
        )


def what_changed(
    deps: Deps,
    account: str = "",
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    since: date | None = None,
    until: date | None = None,
) -> WhatChanged:
    """Answers what happened on an account or over a scope since a day, the newest first.

    Args:
        account: Only this customer, e.g. "Merrowick".
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many events to show, e.g. 20.
        since: The first day, e.g. "1 July"; 30 days before the last one when left out.
        until: The last day, e.g. "end of 2017"; today when left out.

    Source: house.
    """
    check_top(top)
    last = until or deps.today
    period = period_of(since or last - timedelta(days=_DAYS), last)
    with deps.sessions() as session:
        chosen = meant(session, deps, account, last, Filters(segment, region, person, unit))
        found = newest_first(events(session, period, chosen.ids))
    names = {customer.id: customer.name for customer in chosen.accounts}
    return WhatChanged(chosen.named, period, tuple(found), names, top)


_COLUMNS = (
    Column(text("Day", "日期")),
    Column(text("Account", "客户")),
    Column(text("Kind", "类别")),
    Column(text("What", "内容")),
    Column(text("By", "相关同事")),
)
KINDS: Mapping[Happened, Text] = {
    Happened.DEAL_CLOSED: text("deal closed", "商机关闭"),
    Happened.DEAL_BEGUN: text("deal begun", "新商机"),
    Happened.INTERACTION: text("contact with the customer", "客户联系"),
    Happened.RISK: text("risk", "风险"),
    Happened.NEED: text("need", "需求"),
    Happened.PLAN: text("plan", "客户计划"),
    Happened.COVERAGE: text("coverage", "客户分工"),
    Happened.EVALUATION: text("evaluation", "评估"),
    Happened.CHANGE: text("record changed", "记录修改"),
}
