"""Evaluations that are overdue, due or were never held, by account, dimension and owner."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.review import Evaluated, Timeliness
from tools.domain.rules import RuleSet
from tools.domain.tiers import Tier
from tools.domain.upkeep import Upkeep
from tools.labels import listing
from tools.opened import meant
from tools.record_labels import DIMENSION
from tools.scoring import check_top
from tools.selection import Filters
from tools.summary_labels import TIMELINESS
from tools.text import Percent, Text, Value, text
from tools.upkeep import upkeep

EXAMPLES = Examples(
    en=(
        "Which evaluations are due?",
        "Which evaluations are overdue for {person}?",
        "Overdue evaluations in {unit}",
        "Is the evaluation of {account} overdue?",
        "Next evaluation of {account}",
        "Which accounts were never evaluated?",
        "Evaluations due in {segment}",
        "How punctual are the evaluations of {unit}?",
        "What evaluations are due on {on}?",
        "Which evaluations does {person} have to do?",
        "My evaluations",
        "How many evaluations in {region} are overdue?",
        "overdue reviews in {region}",
        "which reviews are overdue",
        "what is overdue for me",
    ),
    zh=(
        "哪些评估到期了？",
        "{person}有哪些评估逾期？",
        "{unit}逾期的评估",
        "{account}的评估逾期了吗？",
        "{account}下次评估是什么时候？",
        "哪些客户从未评估过？",
        "{segment}行业到期的评估",
        "{unit}的评估及时率是多少？",
        "{on}有哪些评估到期？",
        "{person}该做哪些评估",
        "{unit}有多少评估过期",
        "{account}该评估了吗",
        "{region}逾期的评审",
        "逾期的review有哪些",
        "我这个月还有哪些评估没做",
    ),
)
_ORDER = (Timeliness.OVERDUE, Timeliness.NEVER, Timeliness.DUE, Timeliness.CURRENT)


@dataclass(frozen=True)
class Entry:
    """One evaluation that an account requires."""

    customer: Customer
    upkeep: Upkeep
    evaluated: Evaluated
    tier: Tier | None

    @property
    def owners(self) -> Value:
        owners = self.upkeep.coverage.owners
        if not owners:
            return None
        named = listing(owner.name for owner in owners)
        if self.upkeep.coverage.is_derived:
            return text("{who} (derived)", "{who}（推定）", who=named)
        return named


@dataclass(frozen=True)
class EvaluationsDue:
    """All evaluations that the accounts require, the most urgent first."""

    named: Text
    on: date
    entries: tuple[Entry, ...]
    single: bool
    top: int
    rules: RuleSet

    @property
    def punctuality(self) -> Decimal | None:
        """Evaluations in order ÷ evaluations required; None without any."""
        if not self.entries:
            return None
        late = self._count(Timeliness.OVERDUE) + self._count(Timeliness.NEVER)
        return 1 - Decimal(late) / len(self.entries)

    def card(self) -> Card:
        shown = self._shown
        return Card(
            title=text("Evaluations: {named}", "评估：{named}", named=self.named),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=self._table(shown[: self.top], len(shown)) if shown else None,
            chart=self._chart() if self.entries and not self.single else None,
            why=tuple(self._why()),
            basis=basis(
                self.rules,
                text("evaluation cadence", "评估周期"),
                "K3",
                {
                    "evaluation.cadences": text("Cadences", "周期"),
                    "evaluation.vip_short_end": text("VIP at the short end", "VIP 取短端"),
                    "tiers": text("Tier cut-offs", "等级界限"),
                    **DERIVED_OWNER,
                },
            ),
        )

    @property
    def _shown(self) -> list[Entry]:
        """One account shows all it requires; a list only what is not in order."""
        if self.single:
            return list(self.entries)
        return [e for e in self.entries if e.evaluated.timeliness is not Timeliness.CURRENT]

    def _count(self, state: Timeliness) -> int:
        return sum(entry.evaluated.timeliness is state for entry in self.entries)

    def _headline(self) -> Text:
        if not self.entries:
            return text(
                "{named}: there is no account to evaluate.",
                "{named}：没有需要评估的客户。",
                named=self.named,
            )
        return text(
            "{named}: evaluations overdue {overdue}, never held {never}, due {due} on {on}; "
            "{share} of {of} are in order.",
            "{named}：截至 {on}，逾期 {overdue} 项，从未评估 {never} 项，到期 {due} 项；"
            "{of} 项中 {share} 按时。",
            named=self.named,
            overdue=self._count(Timeliness.OVERDUE),
            never=self._count(Timeliness.NEVER),
            due=self._count(Timeliness.DUE),
            on=self.on,
            share=Percent(self.punctuality or Decimal(0)),
            of=len(self.entries),
        )

    def _facts(self) -> Iterator[Fact]:
        for state in _ORDER:
            yield Fact(TIMELINESS[state], self._count(state))
        late = Counter(
            owner.name
            for entry in self.entries
            if entry.evaluated in entry.upkeep.late
            for owner in entry.upkeep.coverage.owners
        )
        if late and not self.single:
            name, most = min(late.items(), key=lambda item: (-item[1], item[0]))
            yield Fact(
                text("Most overdue or never held", "逾期或未评估最多"),
                name,
                text("{n} evaluations", "{n} 项", n=most),
            )

    def _table(self, shown: list[Entry], total: int) -> Table:
        columns = (
            Column(text("Account", "客户")),
            Column(text("Owner", "负责人")),
            Column(text("Dimension", "维度")),
            Column(text("State", "状态")),
            Column(text("Last", "上次")),
            Column(text("On time until", "最迟日期")),
            Column(text("Days over", "逾期天数"), "right"),
            Column(text("VIP limit", "VIP 时限")),
        )
        return Table(columns, tuple(self._row(entry) for entry in shown), total)

    def _row(self, entry: Entry) -> tuple[Value, ...]:
        found = entry.evaluated
        over = found.timeliness is Timeliness.OVERDUE and found.next_by is not None
        tight = self.rules.evaluation.vip_short_end and entry.tier is Tier.VIP
        return (
            entry.customer.name,
            entry.owners,
            DIMENSION[found.dimension],
            TIMELINESS[found.timeliness],
            found.last,
            found.next_by,
            _over(found, self.on) if over else None,
            text("yes", "是") if tight else text("no", "否"),
        )

    def _chart(self) -> Chart:
        return Chart(
            "bar",
            text("Evaluations by state", "评估状态"),
            tuple(TIMELINESS[state] for state in _ORDER),
            tuple(float(self._count(state)) for state in _ORDER),
            text("evaluations", "项"),
        )

    def _why(self) -> Iterator[Text]:
        for cadence in self.rules.evaluation.cadences:
            yield text(
                "{name}: due from {due} days, overdue past {overdue} days (VIP: past {vip}).",
                "{name}：满 {due} 天到期，超过 {overdue} 天逾期（VIP：超过 {vip} 天）。",
                name=DIMENSION[cadence.dimension],
                due=cadence.due_days,
                overdue=cadence.overdue_days,
                vip=cadence.due_days
                if self.rules.evaluation.vip_short_end
                else cadence.overdue_days,
            )


def evaluations_due(
    deps: Deps,
    account: str = "",
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> EvaluationsDue:
    """Answers which evaluations are due, overdue or were never held, and how punctual we are.

    Args:
        account: Only this customer, e.g. "Merrowick"; all readable ones when left out.
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3 (cadences), house (VIP at the short end).
    """
    check_top(top)
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        chosen = meant(session, deps, account, day, Filters(segment, region, person, unit))
        kept = upkeep(session, rules, chosen.accounts, day, practice=chosen.practice)
    entries = [
        Entry(customer, kept.accounts[customer.id], found, kept.tier(customer))
        for customer in chosen.accounts
        for found in kept.accounts[customer.id].evaluations
    ]
    entries.sort(key=lambda entry: _urgency(entry, day))
    return EvaluationsDue(chosen.named, day, tuple(entries), bool(account), top, rules)


def _urgency(entry: Entry, on: date) -> tuple[int, int, str, str]:
    found = entry.evaluated
    place = _ORDER.index(found.timeliness)
    return place, -_over(found, on), entry.customer.name, found.dimension.value


def _over(found: Evaluated, on: date) -> int:
    """Days past the limit, negative before it; 0 where never held."""
    return (on - found.next_by).days if found.next_by else 0
