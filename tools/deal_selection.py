"""Which deals a question is about: its filters resolved to records, its asker's limits added."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.access import Scope, scope_of
from tools.data import organisation
from tools.data.deals import CLOSED, Region, Visible, Where
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.vocabulary import Stage
from tools.errors import NotFound
from tools.phrases import period_of
from tools.record_labels import STAGE
from tools.text import Text, Value, text

OPEN = tuple(stage for stage in Stage if stage not in CLOSED)
_OPEN_WORDS = {"open", "openpipeline", "未关闭", "在谈", "进行中", "未结束", "跟进中"}
_CLOSED_WORDS = {"closed", "已关闭", "已结束", "关闭"}
_STAGE_WORDS = {
    "prospect": Stage.PROSPECTING,
    "线索": Stage.PROSPECTING,
    "engage": Stage.ENGAGING,
    "engaged": Stage.ENGAGING,
    "win": Stage.WON,
    "wins": Stage.WON,
    "成交": Stage.WON,
    "已成交": Stage.WON,
    "赢": Stage.WON,
    "lose": Stage.LOST,
    "losses": Stage.LOST,
    "输单": Stage.LOST,
    "失单": Stage.LOST,
}


@dataclass(frozen=True)
class Asked:
    """The filters of a question, as they were written; empty text does not restrict."""

    account: str = ""
    person: str = ""
    unit: str = ""
    region: str = ""
    segment: str = ""
    product: str = ""
    stage: str = ""
    since: date | None = None
    until: date | None = None
    closing: bool = False


@dataclass(frozen=True)
class DealSelection:
    """The deals meant, the filters by their proper names, and what the asker may read of them."""

    where: Where
    filters: tuple[Text, ...]
    scope: Scope

    @property
    def limited(self) -> bool:
        """Whether the asker may read a part of the company's deals only."""
        return self.scope.full is not None

    @property
    def readable(self) -> Where:
        """The same deals, those only that the asker may read."""
        if self.scope.full is None:
            return self.where
        return replace(self.where, visible=Visible(self.scope.full, self.scope.people))


def select(session: Session, deps: Deps, asked: Asked) -> DealSelection:
    """The deals a question is about; names that fit nothing or several raise."""
    scope = scope_of(session, deps.asker, deps.today)
    period = period_of(asked.since, asked.until)
    where = Where(period=period, sandbox=scope.elsewhere < 1, closing=asked.closing)
    filters: list[Text] = []
    if asked.account:
        account = resolve.account(session, asked.account, scope)
        scope.require_full(account.id or 0, account.name)
        where = replace(where, accounts=(account.id or 0,), sandbox=account.sandbox)
        filters.append(_filter("account", "客户", account.name))
    where = _sold_by(session, deps, asked, where, filters)
    if asked.region:
        region = resolve.region(session, asked.region)
        where = replace(where, region=_region(session, region))
        filters.append(_filter("region", "区域", region))
    if asked.segment:
        where = replace(where, segment=resolve.segment(session, asked.segment))
        filters.append(_filter("segment", "行业", where.segment))
    if asked.product:
        product = resolve.product(session, asked.product)
        where = replace(where, products=(product.id or 0,))
        filters.append(_filter("product", "产品", product.name))
    if asked.stage:
        stages, label = stage_named(asked.stage)
        where = replace(where, stages=stages)
        filters.append(_filter("stage", "阶段", label))
    return DealSelection(where, tuple(filters), scope)


def stage_named(name: str) -> tuple[tuple[Stage, ...], Text]:
    """The stages of that name: one stage, all open or all closed ones."""
    wanted = name_key(name)
    if wanted in _OPEN_WORDS:
        return OPEN, text("open", "未关闭")
    if wanted in _CLOSED_WORDS:
        return CLOSED, text("closed", "已关闭")
    known = _STAGE_WORDS.get(wanted)
    for stage, label in STAGE.items():
        if stage is known or wanted in {stage.value, name_key(label.en), name_key(label.zh)}:
            return (stage,), label
    raise NotFound(
        text("There is no stage called {name}.", "没有名为“{name}”的阶段。", name=name),
        (*(stage.value for stage in Stage), "open", "closed"),
    )


def _sold_by(
    session: Session, deps: Deps, asked: Asked, where: Where, filters: list[Text]
) -> Where:
    """The seller asked for, or the sellers of a unit and of the units below."""
    if asked.unit:
        unit = resolve.unit(session, asked.unit, deps.asker)
        below = organisation.units_below(session, unit.id)
        where = replace(where, sellers=organisation.people_in_units(session, below))
        filters.append(_filter("unit with those below", "部门（含下级）", unit.name))
    if asked.person:
        person = resolve.person(session, asked.person, deps.asker)
        sellers = {person.id or 0}
        if where.sellers is not None:
            sellers &= set(where.sellers)
        where = replace(where, sellers=sellers)
        filters.append(_filter("seller", "销售", person.name))
    return where


def _region(session: Session, name: str) -> Region:
    """A region with its sellers: the people of its regional unit and of the units below."""
    regions = organisation.regions_of_people(session)
    return Region(name, frozenset(p for p, region in regions.items() if region == name))


def _filter(en: str, zh: str, value: Value) -> Text:
    return text("{kind}: {value}", "{kind}：{value}", kind=text(en, zh), value=value)
