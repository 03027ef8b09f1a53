"""KPI targets and actuals of units, people and accounts."""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.access import Scope, scope_of
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import organisation
from tools.data.kpis import Row, figures
from tools.deps import Deps
from tools.domain.kpis import Amount, Kpi, Subject, latest
from tools.errors import NotAllowed
from tools.kpi_labels import called
from tools.scoring import check_top
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "KPIs of {unit}",
        "Does {unit} reach its targets?",
        "Targets and actuals of {person}",
        "KPI attainment of {account}",
        "How far is {person} from target?",
        "Which KPIs are behind target?",
        "Target attainment in {unit} on {on}",
        "Show the KPI figures",
        "Which targets does {unit} miss?",
        "My KPIs",
        "did {person} hit the target this quarter",
        "how is {unit} doing versus target",
        "is {person} on target",
    ),
    zh=(
        "{unit}的KPI",
        "{unit}完成目标了吗？",
        "{person}的目标与实际",
        "{account}的KPI完成率",
        "{person}离目标还差多少？",
        "哪些KPI没有达标？",
        "{unit}在{on}的目标完成率",
        "看一下KPI数据",
        "哪些目标没有完成",
        "KPI完成情况",
        "我的指标完成了吗",
        "{person}这个季度业绩达标了吗",
        "{person}离目标还差多少",
        "{unit}完成指标了吗",
        "{unit}今年的目标",
    ),
)


@dataclass(frozen=True)
class KpiList:
    """The KPIs that the asker reads, the lowest attainment first, those without one last."""

    on: date
    kpis: tuple[Kpi, ...]
    top: int

    def card(self) -> Card:
        shown = self.kpis[: self.top]
        measured = [kpi for kpi in shown if kpi.attainment is not None]
        return Card(
            title=text("KPIs", "KPI"),
            headline=self._headline(),
            facts=(
                Fact(text("With an attainment", "可计算完成率"), len(self._measured)),
                Fact(text("At or above target", "达标"), len(self._reached)),
            ),
            table=_table(shown, len(self.kpis)) if shown else None,
            chart=_chart(measured) if measured else None,
            why=(text("Attainment = actual ÷ target.", "完成率 = 实际 ÷ 目标。"),),
            basis=(
                text(
                    "KPIs: K1 and K5 name them; the set and the computation are house. Figures "
                    "as recorded.",
                    "KPI：依据 K1 与 K5；指标集与算法为内部规则。数据为登记值。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    @property
    def _measured(self) -> list[Kpi]:
        return [kpi for kpi in self.kpis if kpi.attainment is not None]

    @property
    def _reached(self) -> list[Kpi]:
        return [kpi for kpi in self._measured if (kpi.attainment or 0) >= 1]

    def _headline(self) -> Text:
        if not self.kpis:
            return text(
                "No KPI figures that you can read are recorded by {on}.",
                "截至 {on} 没有您可查看的 KPI 数据。",
                on=self.on,
            )
        if not self._measured:
            return text(
                "None of the {count} KPIs has both a target and an actual by {on}.",
                "截至 {on}，{count} 项 KPI 都没有同时具备目标和实际。",
                count=len(self.kpis),
                on=self.on,
            )
        worst = self._measured[0]
        return text(
            "{reached} of {count} KPIs with target and actual are reached on {on}; the lowest is "
            "{kpi} of {who} at {share}.",
            "{on} 有目标和实际的 {count} 项 KPI 中达标 {reached} 项；最低的是{who}的{kpi}，"
            "完成 {share}。",
            reached=len(self._reached),
            count=len(self._measured),
            on=self.on,
            kpi=called(worst.kpi),
            who=_who(worst.subject),
            share=_percent(worst),
        )

    def _missing(self) -> Iterator[Text]:
        for label, lacking in (
            (text("a target", "目标"), [k for k in self.kpis if k.target is None]),
            (text("an actual", "实际"), [k for k in self.kpis if k.actual is None]),
        ):
            if lacking:
                yield text(
                    "KPIs without {what}: {count}; it is not taken as zero.",
                    "没有{what}的 KPI：{count} 项，不按零计算。",
                    what=label,
                    count=len(lacking),
                )


def kpis(
    deps: Deps,
    *,
    account: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
    on: date | None = None,
) -> KpiList:
    """Answers which KPI targets are reached: targets, actuals and attainment.

    Args:
        account: Only this customer's KPIs, e.g. "Merrowick".
        person: Only this person's KPIs, e.g. "me" or "Anna Snelling".
        unit: Only the KPIs of this unit and those below, e.g. "my team".
        top: How many rows to show, e.g. 20.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K1, K5, house (set of KPIs).
    """
    check_top(top)
    day = on or deps.today
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        mine = None if scope.full is None else scope.led
        wanted = _wanted(session, deps, scope, (account, person, unit))
        found = [row for row in figures(session, day) if _readable(row.subject, scope, mine)]
    paired = latest(_paired([row for row in found if wanted is None or row.subject[:3] in wanted]))
    paired.sort(key=_order)
    return KpiList(day, tuple(paired), top)


def _readable(subject: Subject, scope: Scope, units: AbstractSet[int] | None) -> bool:
    if units is None:
        return True
    return (
        subject.unit_id in units
        or subject.person_id in scope.people
        or (subject.account_id is not None and scope.reads_fully(subject.account_id))
    )


_Key = tuple[int | None, int | None, int | None]


def _wanted(
    session: Session, deps: Deps, scope: Scope, named: tuple[str, str, str]
) -> set[_Key] | None:
    """The subjects that the question names; None where it names none."""
    account, person, unit = named
    found: set[_Key] = set()
    if account:
        customer = resolve.account(session, account, scope)
        scope.require_full(customer.id or 0, customer.name)
        found.add((None, None, customer.id))
    if person:
        somebody = resolve.person(session, person, deps.asker)
        if scope.full is not None and somebody.id not in scope.people:
            raise NotAllowed(
                text(
                    "The KPIs of {name} are for that person and the managers above.",
                    "{name}的 KPI 只对本人和上级开放。",
                    name=somebody.name,
                )
            )
        found.add((None, somebody.id, None))
    if unit:
        place = resolve.unit(session, unit, deps.asker)
        found |= {(u, None, None) for u in organisation.units_below(session, place.id)}
    return found or None


def _paired(rows: list[Row]) -> list[Kpi]:
    """Target and actual of the same subject, KPI and period side by side; the newest counts."""
    sides: dict[tuple[Subject, str, date, date], dict[bool, Amount]] = defaultdict(dict)
    for row in rows:
        sides[row.subject, row.kpi, row.starts, row.ends][row.target] = row.amount
    return [Kpi(*key, found.get(True), found.get(False)) for key, found in sides.items()]


def _order(kpi: Kpi) -> tuple[bool, object, str, str, date]:
    share = kpi.attainment
    return share is None, share or 0, kpi.subject.name or "", kpi.kpi, kpi.ends


def _table(shown: tuple[Kpi, ...], total: int) -> Table:
    columns = (
        Column(text("Of", "对象")),
        Column(text("KPI", "指标")),
        Column(text("From", "起")),
        Column(text("To", "止")),
        Column(text("Target", "目标"), "right"),
        Column(text("Actual", "实际"), "right"),
        Column(text("Attainment", "完成率"), "right"),
        Column(text("Source", "来源")),
    )
    return Table(columns, tuple(_row(kpi) for kpi in shown), total)


def _row(kpi: Kpi) -> tuple[Value, ...]:
    recorded = kpi.actual or kpi.target
    return (
        _who(kpi.subject),
        called(kpi.kpi),
        kpi.starts,
        kpi.ends,
        _amount(kpi.target),
        _amount(kpi.actual) if kpi.actual else text("missing", "缺失"),
        _percent(kpi),
        recorded.source if recorded else None,
    )


def _chart(measured: list[Kpi]) -> Chart:
    return Chart(
        "bar",
        text("Attainment", "完成率"),
        tuple(
            text("{who}: {kpi}", "{who}：{kpi}", who=_who(k.subject), kpi=called(k.kpi))
            for k in measured
        ),
        tuple(float((k.attainment or 0) * 100) for k in measured),
        text("%", "%"),
    )


def _amount(found: Amount | None) -> Value:
    if found is None:
        return None
    if found.unit == "%":
        return Percent(found.value / 100)
    return found.value if found.unit == "count" else Money(found.value, found.unit)


def _percent(kpi: Kpi) -> Percent | None:
    return None if kpi.attainment is None else Percent(kpi.attainment)


def _who(subject: Subject) -> Value:
    return subject.name or text("the company", "公司")
