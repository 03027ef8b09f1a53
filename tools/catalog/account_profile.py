"""Who a customer is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.access import Scope, scope_of
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import accounts, coverage, profile
from tools.data.models import Account, Contact, Financial
from tools.deps import Deps
from tools.domain.coverage import AccountCoverage
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Layer, Measure
from tools.labels import listing
from tools.phrases import assumptions, gaps, in_period, rules_line
from tools.record_labels import LAYER, STANCE, STATUS
from tools.text import Money, Text, Value, text
from tools.trade import Trade, trade_of


@dataclass(frozen=True)
class Profile:
    """An account as the asker may see it; `trade` and `contacts` are None without full access."""

    account: Account
    names: tuple[str, ...]
    parent: str | None
    units: int
    coverage: AccountCoverage
    figures: tuple[Financial, ...]
    trade: Trade | None
    contacts: tuple[Contact, ...] | None
    on: date
    rules: RuleSet

    def card(self) -> Card:
        return Card(
            title=text("Profile of {name}", "{name}的客户档案", name=self.account.name),
            headline=self._headline(),
            facts=(*self._identity(), *self._figures(), *self._trade(), *self._layers()),
            table=self._table(),
            basis=self._basis(),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        account = self.account
        values: dict[str, Value] = {
            "name": account.name,
            "status": STATUS[account.status],
            "segment": text(" in {s}", "，属于{s}行业", s=account.segment)
            if account.segment
            else text("", ""),
            "owner": self._owner(),
        }
        if self.trade is None:
            return text(
                "{name}: {status}{segment}; owner: {owner}.",
                "{name}：{status}{segment}；负责人：{owner}。",
                **values,
            )
        return text(
            "{name}: {status}{segment}; owner: {owner}; {money} won {period}, {ever} in all.",
            "{name}：{status}{segment}；负责人：{owner}；{period}赢单收入 {money}，累计 {ever}。",
            money=self.trade.year[1].total,
            period=in_period(self.trade.year[0]),
            ever=self.trade.ever.total,
            **values,
        )

    def _owner(self) -> Text:
        owners = self.coverage.owners
        if not owners:
            return text("nobody", "无")
        who = listing(owner.name for owner in owners)
        if self.coverage.is_derived:
            return text("{who} (derived)", "{who}（推导）", who=who)
        return who

    def _identity(self) -> tuple[Fact, ...]:
        account = self.account
        found: list[tuple[Text, Value]] = [
            (text("Also called", "别名"), ", ".join(self.names) or None),
            (text("Segment", "行业"), account.segment),
            (text("Region", "区域"), account.region),
            (text("City", "城市"), account.city),
            (text("Country", "国家或地区"), account.country),
            (text("Belongs to", "隶属于"), self.parent),
            (text("Sub-units", "下级单位数"), self.units or None),
            (text("Customer since", "合作起始"), account.customer_since),
            (text("Founded", "成立年份"), str(account.founded) if account.founded else None),
            (text("Employees", "员工人数"), account.employees),
            (text("Website", "网站"), account.website),
        ]
        return tuple(Fact(label, value) for label, value in found if value is not None)

    def _figures(self) -> tuple[Fact, ...]:
        return tuple(_figure(row) for row in self.figures)

    def _trade(self) -> tuple[Fact, ...]:
        if self.trade is None:
            return ()
        shown = (
            (text("Won in 12 months", "近 12 个月赢单"), *self.trade.year),
            (text("Won this year", "今年赢单"), *self.trade.this_year),
        )
        facts = [Fact(label, won.total, in_period(period)) for label, period, won in shown]
        facts.append(Fact(text("Won in all", "累计赢单"), self.trade.ever.total, self._span()))
        opened = self.trade.open
        facts.append(Fact(text("Open deals", "未关闭商机"), opened.count, opened.known))
        if self.trade.products:
            bought = (
                text("{name} ({money})", "{name}（{money}）", name=name, money=tally.total)
                for name, tally in self.trade.products
            )
            facts.append(Fact(text("Products bought", "已购产品"), listing(bought)))
        return tuple(facts)

    def _span(self) -> Value:
        ever = self.trade.ever if self.trade else None
        if ever is None or ever.first is None:
            return None
        return text("{first} to {last}", "{first} 至 {last}", first=ever.first, last=ever.latest)

    def _layers(self) -> tuple[Fact, ...]:
        counts = Counter(contact.layer for contact in self.contacts or ())
        return tuple(
            Fact(text("Contacts: {layer}", "联系人：{layer}", layer=LAYER[layer]), counts[layer])
            for layer in Layer
            if counts[layer]
        )

    def _table(self) -> Table | None:
        if not self.contacts:
            return None
        columns = (
            Column(text("contact", "联系人")),
            Column(text("title", "职务")),
            Column(text("layer", "层级")),
            Column(text("stance", "态度")),
            Column(text("as of", "截至")),
        )
        rows = tuple(
            (
                contact.name,
                contact.title,
                LAYER[contact.layer] if contact.layer else None,
                STANCE[contact.stance] if contact.stance else None,
                contact.as_of,
            )
            for contact in self.contacts
        )
        return Table(columns, rows, len(rows))

    def _basis(self) -> tuple[Text, ...]:
        lines = [rules_line(self.rules)]
        if self.trade is not None:
            lines += assumptions(self.trade.ever)
        if self.coverage.is_derived:
            lines.append(
                text(
                    "The owner is derived from the deals won there; nobody is recorded (house).",
                    "负责人由赢单记录推导，系统中没有登记（内部规则）。",
                )
            )
        if self.trade is None:
            lines.append(
                text(
                    "You see the public levels 1 and 2; the rest is for the account's team.",
                    "您可查看第一、二级公开信息，其余内容仅对客户团队开放。",
                )
            )
        return tuple(lines)

    def _missing(self) -> tuple[Text, ...]:
        account = self.account
        known = (
            (text("segment", "行业"), account.segment),
            (text("region", "区域"), account.region),
            (text("founded", "成立年份"), account.founded),
            (text("employees", "员工人数"), account.employees),
        )
        lines = [
            text("Not recorded: {field}", "未登记：{field}", field=label)
            for label, value in known
            if value is None
        ]
        if self.contacts is not None:
            met = {contact.layer for contact in self.contacts}
            lines += [
                text(
                    "No contact in layer: {layer}", "没有该层级联系人：{layer}", layer=LAYER[layer]
                )
                for layer in Layer
                if layer not in met
            ]
        if self.trade is not None:
            lines += gaps(self.trade.ever)
        return tuple(lines)


def account_profile(deps: Deps, account: str) -> Profile:
    """Who a customer is: names, segment, place, family, owner, what it buys, contacts, gaps.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick".

    Source: K2 (information levels), house.
    """
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope)
        key = found.id or 0
        full = scope.reads_fully(key)
        level = int(scope.level(key))
        return Profile(
            found,
            tuple(accounts.aliases_of(session, key)),
            _parent(session, found, scope),
            len(profile.below(session, key)),
            coverage.coverage_on(session, deps.today, deps.rules, [key])[key],
            tuple(_public(profile.own_figures(session, key, level, deps.today))),
            trade_of(session, deps.rules, key, deps.today) if full else None,
            tuple(profile.contacts(session, key, level)) if full else None,
            deps.today,
            deps.rules,
        )


def _parent(session: Session, account: Account, scope: Scope) -> str | None:
    above = accounts.by_ids(session, [account.parent_id]) if account.parent_id else {}
    known = scope.elsewhere >= 1 or scope.reads_fully(account.parent_id or 0)
    return next((parent.name for parent in above.values()), None) if known else None


def _public(figures: list[Financial]) -> list[Financial]:
    """The customer's own figures; what it costs us and buys from us is not its profile."""
    own = (Measure.COMPANY_REVENUE, Measure.COMPANY_PROFIT)
    return [figure for figure in figures if figure.measure in own]


def _figure(row: Financial) -> Fact:
    label = {
        Measure.COMPANY_REVENUE: text("Its own revenue", "客户自身营收"),
        Measure.COMPANY_PROFIT: text("Its own profit", "客户自身利润"),
    }[row.measure]
    unstated = () if row.currency else (text("currency and unit not stated", "未注明币种和单位"),)
    year = text("year {year}", "{year} 年", year=str(row.year))
    note = (
        *unstated,
        year if row.year else text("year not stated", "未注明年份"),
        text("as of {on}", "截至 {on}", on=row.as_of),
        row.source,
        text("confirmed", "已确认") if row.confirmed else text("assumed", "假定"),
    )
    amount = Money(row.amount, row.currency) if row.currency else row.amount
    return Fact(label, amount, listing(note))


EXAMPLES = Examples(
    en=(
        "who is {account}",
        "tell me about {account}",
        "profile of {account}",
        "what do we know about {account}",
        "{account} info",
        "what does {account} buy from us",
        "contacts at {account}",
        "who do we know at {account}",
        "how many employees does {account} have",
        "when was {account} founded",
        "in which segment is {account}",
        "basic data of {account} please",
        "show me the customer card of {account}",
        "{account}?",
        "{account} data",
        "is {account} still a customer",
    ),
    zh=(
        "介绍一下{account}",
        "{account}是什么公司",
        "{account}的客户档案",
        "我们对{account}了解多少",
        "{account}基本信息",
        "{account}买过我们哪些产品",
        "{account}的联系人",
        "我们认识{account}的哪些人",
        "{account}有多少员工",
        "{account}哪年成立的",
        "{account}属于哪个行业",
        "麻烦查一下{account}的资料",
        "{account}的客户信息",
        "{account}",
        "{account}的数据",
        "看看{account}的基本数据",
        "{account}还是我们的客户吗",
    ),
)
