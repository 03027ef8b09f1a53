"""ESP+ of one account, read and put together: proofs of the stages, projects and their routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from tools.data.closeness import contacts
from tools.data.models import Opportunity
from tools.data.projects import long_needs, projects
from tools.data.rates import rates
from tools.domain.closeness import Contacts, closeness
from tools.domain.customers import Customer
from tools.domain.esp import (
    Duties,
    EspStage,
    Relation,
    Route,
    closer,
    limit_of,
    route_of,
)
from tools.domain.periods import last_months
from tools.domain.rates import Rates
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import Layer, Stage
from tools.known import Known
from tools.labels import listing
from tools.record_labels import DIMENSION, LAYER
from tools.text import Money, Text, text
from tools.upkeep import Kept


@dataclass(frozen=True)
class Project:
    """One deal with its route; `amount` is in the base currency, None where not known."""

    deal: Opportunity
    product: str | None
    amount: Decimal | None
    route: Route
    duties: Duties


@dataclass(frozen=True)
class Proof:
    """Whether a stage is passed, and what shows it."""

    passed: bool
    what: Text


def projects_of(
    session: Session, rules: RuleSet, customer: Customer, on: date, *, key_account: bool | None
) -> list[Project]:
    """The account's open deals and those won within 12 months."""
    found = projects(session, customer.id, on, last_months(on, 12))
    known, noted = rates(session), long_needs(session, customer.id)
    limit = limit_of(customer.segment, rules.esp)
    days = {on, *(day for deal, _ in found for day in (deal.engaged_on, deal.closed_on) if day)}
    relations = {day: _relation(session, rules, customer.id, day) for day in days}

    def project(deal: Opportunity, product: str | None) -> Project:
        end = deal.closed_on or on
        begin = relations[deal.engaged_on] if deal.engaged_on else None
        first = deal.engaged_on or date.min
        deeper = any(first <= day <= end for day in noted)
        amount = _amount(deal, rules.company.base_currency, end, known)
        return Project(
            deal,
            product,
            amount,
            route_of(key_account, amount, limit),
            Duties(closer(begin, relations[end]), deeper and deal.engaged_on is not None),
        )

    return [project(deal, product) for deal, product in found]


def proofs(
    known: Known, kept: Kept, logged: Contacts, found: list[Project], rules: RuleSet
) -> Mapping[EspStage, Proof]:
    """What shows that each stage is passed (house)."""
    key = known.account.id or 0
    place, upkeep = kept.board.standing(key), kept.accounts[key]
    plan = upkeep.plan
    recent = (
        logged.executive is not None
        and (known.on - logged.executive).days <= rules.closeness.executive_days
    )
    layers = logged.layers or frozenset()
    won = sum(project.deal.stage is Stage.WON for project in found)
    return {
        EspStage.IDENTIFY: Proof(
            place is not None,
            text("rank {rank} of {of}", "第 {rank} 名，共 {of} 家", rank=place.rank, of=place.of)
            if place
            else text("score incomplete", "积分不完整"),
        ),
        EspStage.UNDERSTAND: Proof(
            bool(known.needs and known.analysis),
            text(
                "open needs {needs}, analysis answers {answers}",
                "未关闭需求 {needs} 项，分析答案 {answers} 个",
                needs=len(known.needs),
                answers=len(known.analysis),
            ),
        ),
        EspStage.STRATEGY: Proof(
            plan is not None and plan.covers(known.on),
            text("plan until {day}", "计划至 {day}", day=plan.ends)
            if plan
            else text("no plan", "没有计划"),
        ),
        EspStage.RELATIONSHIP: Proof(
            recent or Layer.DECISION in layers,
            text(
                "layers met: {layers}; last executive contact {day}",
                "已接触层级：{layers}；最近高层接触 {day}",
                layers=listing(LAYER[layer] for layer in Layer if layer in layers)
                if layers
                else None,
                day=logged.executive,
            ),
        ),
        EspStage.CONVERT: Proof(
            won > 0, text("deals won in 12 months: {n}", "12 个月内赢单 {n} 个", n=won)
        ),
        EspStage.MONITOR: Proof(
            not upkeep.late,
            text(
                "late or never held: {late}",
                "逾期或从未评估：{late}",
                late=listing(DIMENSION[item.dimension] for item in upkeep.late)
                if upkeep.late
                else text("none", "无"),
            ),
        ),
    }


def _relation(session: Session, rules: RuleSet, account_id: int, day: date) -> Relation:
    logged = contacts(session, day, rules.closeness, [account_id]).get(account_id, Contacts())
    total = closeness(logged, day, rules.closeness).total
    return Relation(total, logged.layers or frozenset(), logged.last is not None)


def _amount(deal: Opportunity, base: str, day: date, known: Rates) -> Decimal | None:
    if deal.value is None:
        return None
    money = known.convert(Money(deal.value, deal.currency or base), base, day)
    return money.amount if money else None
