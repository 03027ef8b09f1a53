"""What keeps us from growing inside an account, with the evidence and the plan against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.access import Scope, scope_of
from tools.barriers import BARRIERS, TO_RECORD, Records, signs_of
from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.checklists import runs_of
from tools.data.coverage import coverage_on
from tools.data.evaluations import judged
from tools.data.sales import won_by_account
from tools.deps import Deps
from tools.domain.barriers import Barrier, BarrierState, Verdict, judge, room
from tools.domain.checklists import Done
from tools.domain.judgements import HEALTH, health
from tools.domain.periods import last_months
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Dimension, ItemState
from tools.known import Known, known_of
from tools.labels import listing
from tools.opened import opened
from tools.record_labels import ITEM_STATE
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What keeps us from growing at {account}?",
        "Barriers to expanding {account}",
        "Why do we not sell more to {account}?",
        "What stands in the way of more business with {account}?",
        "How much room to grow is there at {account}?",
        "Penetration barriers at {account} and what we do about them",
        "Which obstacles at {account} have no answer yet?",
        "Where is {account} blocked, and by whom?",
        "Growth potential inside {account} and its obstacles",
    ),
    zh=(
        "我们在{account}做大的障碍是什么？",
        "{account}的渗透障碍",
        "为什么{account}的业务做不大？",
        "{account}还有多少增长空间？",
        "阻碍我们扩大{account}业务的因素",
        "{account}的障碍和应对措施",
        "{account}哪些障碍还没有对策？",
        "在{account}是谁挡住了我们？",
        "{account}的深耕空间与阻力",
    ),
)
_CHECKLIST = "penetration_plan"


@dataclass(frozen=True)
class PenetrationBarriers:
    """The six barriers; `items` are the lines of the penetration plan's latest run, None where
    it was never started."""

    known: Known
    barriers: tuple[BarrierState, ...]
    items: dict[str, Done] | None
    rules: RuleSet

    def with_verdict(self, verdict: Verdict) -> list[BarrierState]:
        return [state for state in self.barriers if state.verdict is verdict]

    @property
    def room(self) -> Money | None:
        """What we could still win a year; None where the wallet or our part is not known."""
        wallet = self.known.wallet
        if wallet is None or wallet.ours is None:
            return None
        spend = wallet.spend.amount
        left = room(spend.amount, self.rules.value.attainable_share, wallet.ours.amount.amount)
        return Money(left, spend.currency)

    def card(self) -> Card:
        rows = tuple(self._row(state) for state in self.barriers)
        name = self.known.account.name
        return Card(
            title=text("Penetration barriers: {name}", "渗透障碍：{name}", name=name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(rows)),
            why=(
                text(
                    "One sign is enough to find a barrier; without any record it is unknown and "
                    "not clear. An answer is a line ticked off with evidence. Room = spend × "
                    "{share} attainable share − our sales.",
                    "有一项迹象即视为存在障碍；没有任何记录为未知，而不是没有。"
                    "清单项勾选完成并有依据才算有对策。"
                    "空间 = 采购额 × 可获份额 {share} − 我方销售额。",
                    share=Percent(self.rules.value.attainable_share),
                ),
            ),
            basis=(
                *basis(
                    self.rules,
                    text("penetration plan", "渗透计划"),
                    "K1",
                    {
                        "value.attainable_share": text("Attainable share", "可获份额"),
                        "health.weak_below": text("Limit of a weak measure", "薄弱指标的界限"),
                    },
                ),
                text(
                    "The six barriers and their signs are house; contacts, needs, risks and "
                    "checklist as recorded now.",
                    "六类障碍及其迹象为内部规则；联系人、需求、风险和清单为当前记录。",
                ),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        found = self.with_verdict(Verdict.FOUND)
        names = listing(BARRIERS[state.barrier] for state in found)
        return text(
            "{name} on {on}: {found} of 6 barriers found{which}, {clear} clear, {unknown} unknown; "
            "without an answer: {bare}{room}.",
            "{name}在 {on}：6 类障碍中存在 {found} 类{which}，没有 {clear} 类，未知 {unknown} 类；"
            "尚无对策：{bare} 类{room}。",
            name=self.known.account.name,
            on=self.known.on,
            found=len(found),
            which=text(" ({names})", "（{names}）", names=names) if found else "",
            clear=len(self.with_verdict(Verdict.CLEAR)),
            unknown=len(self.with_verdict(Verdict.UNKNOWN)),
            bare=len(self._unanswered),
            room=text("; room {room} a year", "；每年空间 {room}", room=self.room)
            if self.room
            else "",
        )

    @property
    def _unanswered(self) -> list[BarrierState]:
        return [j for j in self.with_verdict(Verdict.FOUND) if not self._answered(j.barrier)]

    def _answered(self, barrier: Barrier) -> bool:
        done = (self.items or {}).get(barrier.value)
        return done is not None and done.state is ItemState.DONE and bool(done.evidence)

    def _facts(self) -> Iterator[Fact]:
        wallet = self.known.wallet
        yield Fact(text("Room to grow a year", "每年增长空间"), self.room)
        ours = wallet.ours if wallet else None
        year = text("{year}", "{year} 年", year=str(wallet.year)) if wallet else None
        yield Fact(text("Our share now", "当前份额"), Percent(ours.share) if ours else None, year)
        plan = self.known.plan
        until = text("until {day}", "至 {day}", day=plan.period_end) if plan else None
        yield Fact(text("Account plan", "客户计划"), plan.title if plan else None, until)

    def _row(self, state: BarrierState) -> tuple[Value, ...]:
        done = (self.items or {}).get(state.barrier.value)
        return (
            BARRIERS[state.barrier],
            _VERDICTS[state.verdict],
            listing(sign.what for sign in state.signs) if state.signs else None,
            ITEM_STATE[done.state if done else ItemState.OPEN] if self.items is not None else None,
            done.evidence if done else None,
            done.person if done else None,
        )

    def _missing(self) -> Iterator[Text]:
        for state in self.with_verdict(Verdict.UNKNOWN):
            yield text(
                "{barrier}: nothing is recorded; enter {what}.",
                "{barrier}：没有记录；请登记{what}。",
                barrier=BARRIERS[state.barrier],
                what=TO_RECORD[state.barrier],
            )
        if self.known.wallet_fault:
            yield self.known.wallet_fault
        elif self.room is None:
            yield text(
                "Room: the customer's spend or our own sales of a year are not recorded.",
                "增长空间：未登记客户年度采购额或我方年度销售额。",
            )
        if self.items is None:
            yield text(
                "The checklist of the penetration plan has not been started.",
                "尚未启动渗透计划清单。",
            )

    def _next(self) -> Iterator[Text]:
        for state in self._unanswered:
            yield text(
                "Plan an answer: {barrier}.", "安排对策：{barrier}。",
                barrier=BARRIERS[state.barrier],
            )  # fmt: skip


def penetration_barriers(deps: Deps, account: str, on: date | None = None) -> PenetrationBarriers:
    """Answers what keeps us from growing inside an account, with evidence, plan and room.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1 (penetration plan), house (barriers, signs).
    """
    day, rules = on or deps.today, deps.rules
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        scope = scope_of(session, deps.asker, deps.today)
        known = known_of(session, rules, found, day, scope)
        points = judged(session, day, HEALTH, [key]).get(key, {})
        measures = tuple(
            m for m in health(points, rules.health) if m.dimension is not Dimension.TECHNICAL_FIT
        )
        uncovered, silent = _units(session, rules, known, scope)
        runs = runs_of(session, key, _CHECKLIST)
    records = Records(known, measures, uncovered, silent)
    items = dict(runs[0].items) if runs else None
    return PenetrationBarriers(known, judge(signs_of(records)), items, rules)


def _units(
    session: Session, rules: RuleSet, known: Known, scope: Scope
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sub-units without an owner, and those that the asker reads and that bought nothing."""
    ids = [unit.id for unit in known.units]
    covered = coverage_on(session, known.on, rules, ids)
    read = [unit.id for unit in known.units if scope.reads_fully(unit.id)]
    period = last_months(known.on, 12)
    won = won_by_account(session, rules.company.base_currency, period, read)
    return (
        tuple(unit.name for unit in known.units if not covered[unit.id].owners),
        tuple(u.name for u in known.units if u.id in read and u.id not in won),
    )


_COLUMNS = (
    Column(text("Barrier", "障碍")),
    Column(text("Verdict", "判断")),
    Column(text("Evidence", "依据")),
    Column(text("Checklist", "清单状态")),
    Column(text("Answer", "对策")),
    Column(text("By", "登记人")),
)
_VERDICTS = {
    Verdict.FOUND: text("found", "存在"),
    Verdict.CLEAR: text("clear", "没有"),
    Verdict.UNKNOWN: text("unknown", "未知"),
}
