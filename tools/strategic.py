"""What the records of an account say to the questions of a strategic assessment."""

from collections.abc import Callable, Iterator, Mapping

from tools.data.models import Answer
from tools.domain.assessment import Evidence, Question
from tools.domain.needs import gap_free
from tools.domain.vocabulary import Horizon, Measure, RiskKind, Stance
from tools.known import Known
from tools.labels import listing
from tools.measure_labels import MEASURE
from tools.text import Money, Percent, Text, text

_FRIENDLY = (Stance.CHAMPION, Stance.SUPPORTER)
_NAMED = 4


def evidence_of(known: Known, uncovered: int) -> Mapping[Question, tuple[Evidence, ...]]:
    """The evidence per question; `uncovered` sub-units have no owner on our side."""
    found = {question: [*_written(known, question)] for question in Question}
    found[Question.SUB_UNITS] += _sub_units(known, uncovered)
    for question, read in _READERS.items():
        found[question] += read(known)
    return {question: tuple(evidence) for question, evidence in found.items()}


def _written(known: Known, question: Question) -> Iterator[Evidence]:
    answer = known.selection.get(question.value)
    if answer is not None:
        yield Evidence(_said(answer), direct=True)


def _said(answer: Answer) -> Text:
    return text(
        "{answer} ({source}, {day})",
        "{answer}（{source}，{day}）",
        answer=answer.answer,
        source=answer.source,
        day=answer.as_of,
    )


def _analysed(known: Known, key: str, *, direct: bool) -> Iterator[Evidence]:
    answer = known.analysis.get(key)
    if answer is not None:
        yield Evidence(_said(answer), direct)


def _sub_units(known: Known, uncovered: int) -> Iterator[Evidence]:
    if known.units:
        yield Evidence(
            text(
                "{count} sub-units on {levels} levels; without an owner on our side: {bare}",
                "下级单位 {count} 个，共 {levels} 级；我方无人负责 {bare} 个",
                count=len(known.units),
                levels=max(unit.depth for unit in known.units),
                bare=uncovered,
            ),
            direct=True,
        )


def _size(known: Known) -> Iterator[Evidence]:
    if known.account.employees is not None:
        yield Evidence(text("{n} employees", "员工 {n} 人", n=known.account.employees), direct=True)
    yield from _figure(known, Measure.COMPANY_REVENUE, direct=True)


def _figure(known: Known, measure: Measure, *, direct: bool) -> Iterator[Evidence]:
    row = known.figures.get(measure)
    if row is not None:
        amount = Money(row.amount, row.currency) if row.currency else row.amount
        yield Evidence(
            text(
                "{measure} {amount} ({source}, {day})",
                "{measure} {amount}（{source}，{day}）",
                measure=MEASURE[measure],
                amount=amount,
                source=row.source,
                day=row.as_of,
            ),
            direct,
        )


def _trend(known: Known) -> Iterator[Evidence]:
    yield from _analysed(known, "market_future", direct=True)
    later = [need for need in known.needs if need.horizon is Horizon.LONG]
    if later:
        yield Evidence(
            text("needs of 1 to 3 years: {n}", "1 至 3 年的需求 {n} 项", n=len(later)), direct=False
        )


def _management(known: Known) -> Iterator[Evidence]:
    yield from _habit(known, "buying", direct=True)
    yield from _analysed(known, "structure_buying", direct=False)


def _dependence(known: Known) -> Iterator[Evidence]:
    yield from _habit(known, "buying", direct=False)


def _habit(known: Known, trait: str, *, direct: bool) -> Iterator[Evidence]:
    found = known.habits.get(trait)
    if found is not None:
        yield Evidence(
            text(
                "{trait}: {value} ({source}, {day})",
                "{trait}：{value}（{source}，{day}）",
                trait=_TRAITS.get(trait, trait),
                value=_HABITS.get((trait, found.value), found.value),
                source=found.source,
                day=found.as_of,
            ),
            direct,
        )


def _ability_to_pay(known: Known) -> Iterator[Evidence]:
    yield from _analysed(known, "performance_finance", direct=True)
    yield from _habit(known, "payment", direct=False)
    yield from _figure(known, Measure.COMPANY_PROFIT, direct=False)


def _open_needs(known: Known) -> Iterator[Evidence]:
    if known.needs:
        yield Evidence(
            text(
                "{count} open needs, first: {first}",
                "未关闭需求 {count} 项，首项：{first}",
                count=len(known.needs),
                first=known.needs[0].description,
            ),
            direct=True,
        )


def _it_state(known: Known) -> Iterator[Evidence]:
    yield from _analysed(known, "demand_use", direct=True)


def _competitors(known: Known) -> Iterator[Evidence]:
    rivals = known.wallet.competitors if known.wallet else ()
    if rivals:
        shares = (
            text("{name} {share}", "{name} {share}", name=r.name, share=Percent(r.share))
            for r in rivals[:_NAMED]
        )
        yield Evidence(
            text("share of wallet: {list}", "钱包份额：{list}", list=listing(shares)), direct=True
        )
    yield from _risks(known, RiskKind.COMPETITOR)
    if "competition" in known.sections:
        yield Evidence(text("a section of the plan", "客户计划的章节"), direct=False)


def _risks(known: Known, kind: RiskKind | None = None) -> Iterator[Evidence]:
    found = [risk for risk in known.risks if kind is None or risk.kind is kind]
    if found:
        yield Evidence(
            text(
                "open risks: {n}, gravest: {first}",
                "未关闭风险 {n} 项，最重：{first}",
                n=len(found),
                first=found[0].description,
            ),
            direct=False,
        )


def _strengths(known: Known) -> Iterator[Evidence]:
    ours = known.wallet.ours if known.wallet else None
    if known.wallet and ours and all(ours.share >= r.share for r in known.wallet.competitors):
        yield Evidence(
            text(
                "largest known supplier, {share} of the wallet",
                "已知最大的供应商，占钱包 {share}",
                share=Percent(ours.share),
            ),
            direct=False,
        )
    friends = [contact.name for contact in known.contacts if contact.stance in _FRIENDLY]
    if friends:
        yield Evidence(
            text(
                "people for us: {names}", "支持我方的人：{names}", names=listing(friends[:_NAMED])
            ),
            direct=False,
        )


def _weaknesses(known: Known) -> Iterator[Evidence]:
    gaps = [need for need in known.needs if not gap_free(need)]
    if gaps:
        yield Evidence(
            text("needs with a gap on our side: {n}", "我方有差距的需求 {n} 项", n=len(gaps)),
            direct=False,
        )
    if len(known.contacts) == 1:
        yield Evidence(text("a single contact", "只有一个联系人"), direct=False)


def _opportunities(known: Known) -> Iterator[Evidence]:
    free = [need for need in known.needs if gap_free(need)]
    if free:
        yield Evidence(
            text("needs that we can serve: {n}", "我方可以满足的需求 {n} 项", n=len(free)),
            direct=False,
        )


_TRAITS = {
    "buying": text("buying", "采购方式"),
    "payment": text("payment", "付款"),
    "price_sensitivity": text("price sensitivity", "价格敏感度"),
}
_HABITS = {
    ("buying", "central"): text("central", "集中采购"),
    ("buying", "local"): text("local", "分散采购"),
    ("payment", "prompt"): text("prompt", "及时"),
    ("payment", "slow"): text("slow", "拖欠"),
    ("price_sensitivity", "high"): text("high", "高"),
    ("price_sensitivity", "middle"): text("middle", "中"),
    ("price_sensitivity", "low"): text("low", "低"),
}
_READERS: Mapping[Question, Callable[[Known], Iterator[Evidence]]] = {
    Question.SIZE: _size,
    Question.TREND: _trend,
    Question.MANAGEMENT: _management,
    Question.DEPENDENCE: _dependence,
    Question.ABILITY_TO_PAY: _ability_to_pay,
    Question.OPEN_NEEDS: _open_needs,
    Question.IT_STATE: _it_state,
    Question.COMPETITORS: _competitors,
    Question.STRENGTHS: _strengths,
    Question.WEAKNESSES: _weaknesses,
    Question.OPPORTUNITIES: _opportunities,
    Question.THREATS: _risks,
}
