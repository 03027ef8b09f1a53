"""What the records of an account say about the barriers to growing there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tools.domain.barriers import Barrier, Sign
from tools.domain.judgements import Checked
from tools.domain.needs import gap_free
from tools.domain.vocabulary import Layer, RiskKind
from tools.known import Known
from tools.labels import listing
from tools.record_labels import DIMENSION, LAYER
from tools.text import Percent, Text, text

_NAMED = 4


@dataclass(frozen=True)
class Records:
    """What barriers are judged by: the account, its health, and its sub-units by name.

    `silent` sub-units are readable and bought nothing from us in 12 months.
    """

    known: Known
    health: tuple[Checked, ...]
    uncovered: tuple[str, ...]
    silent: tuple[str, ...]


def signs_of(records: Records) -> Mapping[Barrier, tuple[Sign, ...]]:
    """The signs per barrier."""
    return {barrier: tuple(read(records)) for barrier, read in _READERS.items()}


def _for(what: Text) -> Sign:
    return Sign(what, against_us=True)


def _against(what: Text) -> Sign:
    return Sign(what, against_us=False)


def _relationship(records: Records) -> Iterator[Sign]:
    people = records.known.contacts
    if not people:
        return
    layers = {person.layer for person in people if person.layer}
    if len(people) == 1:
        yield _for(text("a single contact: {name}", "只有一个联系人：{name}", name=people[0].name))
    if layers and layers <= {Layer.EXECUTION}:
        yield _for(text("only the execution layer is known", "只接触到执行层"))
    if len(people) > 1 and layers - {Layer.EXECUTION}:
        yield _against(
            text(
                "contacts: {n}, layers: {layers}",
                "联系人 {n} 个，层级：{layers}",
                n=len(people),
                layers=listing(LAYER[layer] for layer in Layer if layer in layers),
            )
        )
    yield from _risks(records, RiskKind.RELATIONSHIP)


def _solution(records: Records) -> Iterator[Sign]:
    needs = records.known.needs
    gaps = [need for need in needs if not gap_free(need)]
    for need in gaps[:_NAMED]:
        yield _for(
            text(
                "{need}: {gap}",
                "{need}：{gap}",
                need=need.description,
                gap=listing(gap for gap in (need.capability_gap, need.resource_gap) if gap),
            )
        )
    if needs and not gaps:
        yield _against(
            text("open needs without a gap: {n}", "无差距的未关闭需求 {n} 项", n=len(needs))
        )


def _price(records: Records) -> Iterator[Sign]:
    habit = records.known.habits.get("price_sensitivity")
    if habit is not None and habit.value == "high":
        yield _for(text("price sensitivity is high", "价格敏感度高"))
    elif habit is not None:
        yield _against(
            text("price sensitivity: {value}", "价格敏感度：{value}", value=_said(habit.value))
        )
    yield from _risks(records, RiskKind.CONTRACT)


def _said(value: str) -> Text | str:
    return {"low": text("low", "低"), "middle": text("middle", "中")}.get(value, value)


def _incumbent(records: Records) -> Iterator[Sign]:
    wallet = records.known.wallet
    for rival in wallet.competitors[:_NAMED] if wallet else ():
        yield _for(
            text(
                "{name} has {share} of the wallet ({amount})",
                "{name}占钱包 {share}（{amount}）",
                name=rival.name,
                share=Percent(rival.share),
                amount=rival.amount,
            )
        )
    if wallet and wallet.ours and not wallet.competitors and not wallet.unknown.amount:
        yield _against(text("we have the whole wallet", "钱包全部归我方"))
    yield from _risks(records, RiskKind.COMPETITOR)


def _organisation(records: Records) -> Iterator[Sign]:
    units = records.known.units
    for names, what in (
        (records.uncovered, text("no owner on our side", "我方无人负责")),
        (records.silent, text("bought nothing in 12 months", "12 个月内没有采购")),
    ):
        if names:
            yield _for(
                text(
                    "{what}: {names}",
                    "{what}：{names}",
                    what=what,
                    names=listing(names[:_NAMED]),
                )
            )
    if units and not records.uncovered and not records.silent:
        yield _against(
            text("all {n} sub-units have an owner", "{n} 个下级单位都有负责人", n=len(units))
        )


def _delivery(records: Records) -> Iterator[Sign]:
    for measure in records.health:
        if measure.now is not None:
            said = text(
                "{measure} {points} on {day}",
                "{measure} {points}（{day}）",
                measure=DIMENSION[measure.dimension],
                points=measure.now.points,
                day=measure.now.held_on,
            )
            yield Sign(said, measure.weak)
    yield from _risks(records, RiskKind.DELIVERY)


def _risks(records: Records, kind: RiskKind) -> Iterator[Sign]:
    for risk in [risk for risk in records.known.risks if risk.kind is kind][:_NAMED]:
        yield _for(text("risk: {what}", "风险：{what}", what=risk.description))


_READERS: Mapping[Barrier, Callable[[Records], Iterator[Sign]]] = {
    Barrier.RELATIONSHIP: _relationship,
    Barrier.SOLUTION: _solution,
    Barrier.PRICE_OR_CONTRACT: _price,
    Barrier.INCUMBENT: _incumbent,
    Barrier.ORGANISATION_OR_REGION: _organisation,
    Barrier.DELIVERY_RECORD: _delivery,
}
BARRIERS: Mapping[Barrier, Text] = {
    Barrier.RELATIONSHIP: text("relationship", "关系"),
    Barrier.SOLUTION: text("solution", "方案"),
    Barrier.PRICE_OR_CONTRACT: text("price or contract", "价格或合同"),
    Barrier.INCUMBENT: text("incumbent", "现有供应商"),
    Barrier.ORGANISATION_OR_REGION: text("organisation or region", "组织或区域"),
    Barrier.DELIVERY_RECORD: text("delivery record", "交付记录"),
}
TO_RECORD: Mapping[Barrier, Text] = {
    Barrier.RELATIONSHIP: text("contacts with their layer", "联系人及其层级"),
    Barrier.SOLUTION: text("needs with our gaps", "需求及我方差距"),
    Barrier.PRICE_OR_CONTRACT: text("price sensitivity, contract risks", "价格敏感度、合同风险"),
    Barrier.INCUMBENT: text("suppliers and their amounts", "供应商及其金额"),
    Barrier.ORGANISATION_OR_REGION: text("sub-units of the customer", "客户的下级单位"),
    Barrier.DELIVERY_RECORD: text("satisfaction and fulfilment", "满意度和履约率"),
}
