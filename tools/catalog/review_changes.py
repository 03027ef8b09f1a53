"""What moved between two account reviews, or since the last one: who, where to and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.portfolio import customers
from tools.data.reviews import COMPANY
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.review_change import Movement, Place, movement
from tools.domain.rules import RuleSet
from tools.domain.score_change import FactorChange, explain
from tools.labels import accounts, listing
from tools.opened import meant
from tools.phrases import period_of
from tools.review_labels import MOVEMENTS, reason, tier_called
from tools.reviews import Side, review_scope, sides
from tools.scoring import check_top, score_basis
from tools.selection import Filters
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "What changed since the last account review?",
        "Who entered and who left the key accounts since {since}?",
        "Which accounts rose and which fell since the last review?",
        "Account review of {region}: movements and reasons",
        "Compare the review of {since} with that of {until}",
        "Why did {account} drop out of the key accounts?",
        "Why is {account} no longer a key account?",
        "What is new among the key accounts since the last review?",
        "Entrants and leavers in {segment}",
        "Which of the accounts of {unit} were overtaken?",
        "Movements on the key account list of {person}",
    ),
    zh=(
        "上次客户评审以来有什么变化？",
        "{since}以来谁进了大客户名单，谁退出了？",
        "上次评审后哪些客户上升、哪些下降？",
        "{region}的客户评审：变动与原因",
        "对比{since}和{until}两次评审",
        "{account}为什么不再是大客户了？",
        "{segment}行业新进和退出的大客户",
        "{unit}有哪些客户被超越？",
        "{person}的大客户名单有哪些进出",
    ),
)
_NAMED = 5


@dataclass(frozen=True)
class Moved:
    """One account then and now; `factors` is None where they cannot be compared."""

    customer: Customer
    then: Place
    now: Place
    movement: Movement
    factors: tuple[FactorChange, ...] | None


@dataclass(frozen=True)
class ReviewChanges:
    """`moved` are the accounts asked for, those that ask for most attention first;
    `scope` is the company or the region whose reviews are compared."""

    named: Text
    scope: str
    then: Side | None
    now: Side
    moved: tuple[Moved, ...]
    single: bool
    top: int
    rules: RuleSet

    def card(self) -> Card:
        listed = [m for m in self.moved if self.single or m.movement not in _QUIET]
        rows = tuple(_row(item) for item in listed[: self.top])
        counts = self._counts
        return Card(
            title=text("Review: {named}", "客户评审：{named}", named=self.named),
            headline=self._headline(),
            facts=tuple(Fact(MOVEMENTS[m], counts[m]) for m in Movement if counts[m]),
            table=Table(_COLUMNS, rows, len(listed)) if rows else None,
            why=tuple(self._why()),
            basis=(
                *score_basis(self.rules),
                text(
                    "Snapshots and movements: K1. Telling falling from being overtaken is house.",
                    "快照与变动依据 K1；区分“下降”和“被超越”为内部规则。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    @property
    def _counts(self) -> Counter[Movement]:
        return Counter(item.movement for item in self.moved)

    def _headline(self) -> Text:
        if self.then is None:
            return text(
                "{named}: no account review is closed yet, so there is nothing to compare with.",
                "{named}：还没有关闭过客户评审，无法比较。",
                named=self.named,
            )
        if self.single and self.moved:
            return self._one(self.moved[0])
        counts = self._counts
        return text(
            "{named} from {then} to {now}: {entered} entered the key accounts{who_in}, {left} "
            "left{who_out}, {rose} rose, {fell} fell, {overtaken} were overtaken.",
            "{named}从 {then} 到 {now}：进入大客户 {entered} 家{who_in}，退出 {left} 家{who_out}，"
            "上升 {rose} 家，下降 {fell} 家，被超越 {overtaken} 家。",
            named=self.named,
            then=self.then.on,
            now=self.now.on,
            entered=counts[Movement.ENTERED],
            who_in=self._who(Movement.ENTERED),
            left=counts[Movement.LEFT],
            who_out=self._who(Movement.LEFT),
            rose=counts[Movement.ROSE],
            fell=counts[Movement.FELL],
            overtaken=counts[Movement.OVERTAKEN],
        )

    def _one(self, item: Moved) -> Text:
        return text(
            "{name} from {then} to {now}: {movement}; rank {before} became {after}, score {was} "
            "became {is_now}{why}.",
            "{name}从 {then} 到 {now}：{movement}；排名由 {before} 变为 {after}，"
            "积分由 {was} 变为 {is_now}{why}。",
            name=item.customer.name,
            then=self.then.on if self.then else None,
            now=self.now.on,
            movement=MOVEMENTS[item.movement],
            before=item.then.rank,
            after=item.now.rank,
            was=item.then.score,
            is_now=item.now.score,
            why=text(" ({why})", "（{why}）", why=reason(item.then, item.now, item.factors)),
        )

    def _who(self, kind: Movement) -> Value:
        names = [item.customer.name for item in self.moved if item.movement is kind]
        return text(" ({names})", "（{names}）", names=listing(names[:_NAMED])) if names else ""

    def _why(self) -> Iterator[Text]:
        if self.then is None:
            return
        for label, side in ((text("Then", "上期"), self.then), (text("Now", "本期"), self.now)):
            yield text(
                "{label}: {kind} of {on}, rules version {version}.",
                "{label}：{on} 的{kind}，规则版本 {version}。",
                label=label,
                kind=text("closed snapshot", "已关闭快照")
                if side.closed
                else text("the state", "当前状态"),
                on=side.on,
                version=str(side.version),
            )
        if self.scope != COMPANY:
            yield text(
                "Compared are the reviews of {region}; ranks are those of the company.",
                "比较的是{region}的评审；排名为全公司排名。",
                region=self.scope,
            )
        if self.then.version != self.now.version:
            yield text(
                "The rules changed in between: their part is shown beside that of the values.",
                "期间规则有变：规则影响与数据影响分开列出。",
            )

    def _missing(self) -> Iterator[Text]:
        if self.then is not None and self.then.rules is None:
            yield text(
                "Rules version {version} is not recorded, so the factors cannot be compared.",
                "规则版本 {version} 没有记录，无法比较各因子。",
                version=str(self.then.version),
            )
        lost = [m.customer.name for m in self.moved if m.movement is Movement.UNRANKED]
        if lost:
            yield text(
                "No longer ranked, a factor is missing: {names}.",
                "因缺少因子而不再参与排名：{names}。",
                names=listing(lost[:_NAMED]),
            )
        never = self._counts[Movement.NEVER_RANKED]
        if never:
            yield text(
                "Ranked at neither time: {count}.",
                "两次均未参与排名：{count}。",
                count=accounts(never),
            )


def review_changes(
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
) -> ReviewChanges:
    """Answers which accounts entered, left, rose or fell since an account review, and why.

    Args:
        account: Only this customer, e.g. "Merrowick".
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.
        since: The last review whose period ended by this day, e.g. "end of June"; the newest
            when left out.
        until: The last review whose period ended by this day, e.g. "end of December"; the
            state of today when left out.

    Source: K1 (account review), K3 (score), house (movements).
    """
    check_top(top)
    period_of(since, until)
    with deps.sessions() as session:
        chosen = meant(
            session, deps, account, until or deps.today, Filters(segment, region, person, unit)
        )
        company = customers(session, sandbox=chosen.practice)
        scope = review_scope(session, deps, region, until or deps.today)
        then, now = sides(
            session, deps, since, until, company, practice=chosen.practice, scope=scope
        )
    moved = [
        _moved(customer, then, now)
        for customer in chosen.accounts
        if then and (scope in (COMPANY, customer.region) or customer.id in then.places)
    ]
    moved.sort(key=_order)
    return ReviewChanges(
        chosen.named, scope, then, now, tuple(moved), bool(account), top, now.rules or deps.rules
    )


def _moved(customer: Customer, then: Side, now: Side) -> Moved:
    before, after = then.place(customer), now.place(customer)
    factors = None
    if then.rules is not None and now.rules is not None:
        factors = explain(
            then.score(customer, then.rules),
            then.score(customer, now.rules),
            now.score(customer, now.rules),
        )
    return Moved(customer, before, after, movement(before, after), factors)


def _order(item: Moved) -> tuple[int, int, str]:
    place = list(Movement).index(item.movement)
    return place, item.now.rank or item.then.rank or 0, item.customer.name


_QUIET = (Movement.STAYED, Movement.NEVER_RANKED)
_COLUMNS = (
    Column(text("Account", "客户")),
    Column(text("Movement", "变动")),
    Column(text("Rank then", "上期排名"), "right"),
    Column(text("Rank now", "本期排名"), "right"),
    Column(text("Score then", "上期积分"), "right"),
    Column(text("Score now", "本期积分"), "right"),
    Column(text("Tier then", "上期等级")),
    Column(text("Tier now", "本期等级")),
    Column(text("Why", "原因")),
)


def _row(item: Moved) -> tuple[Value, ...]:
    return (
        item.customer.name,
        MOVEMENTS[item.movement],
        item.then.rank,
        item.now.rank,
        item.then.score,
        item.now.score,
        tier_called(item.then.tier),
        tier_called(item.now.tier),
        reason(item.then, item.now, item.factors),
    )
