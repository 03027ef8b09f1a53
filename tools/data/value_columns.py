"""Reads of what the values of a whole company are estimated from, by column."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import Session, col

from tools.data.columns import (
    Base,
    as_read,
    integers,
    newest,
    ranks,
    read,
    rising,
    yearly,
)
from tools.data.models import PurchasingBehaviour
from tools.data.rates import rates
from tools.domain.rules import RuleSet, ValueRules
from tools.domain.value_columns import ValueColumns
from tools.domain.vocabulary import Measure

if TYPE_CHECKING:
    from tools.domain.columns import Flags, Integers


def value_columns(
    session: Session, on: date, rules: RuleSet, company: Collection[int], *, practice: bool
) -> ValueColumns:
    """The spend and the purchasing behaviour of the company's accounts, as known on that day."""
    accounts, among = integers(sorted(company)), company if practice else None
    spend, known = _spend(session, on, rules.company.base_currency, accounts, among)
    habits = _habits(session, on, rules.value, accounts, among)
    return ValueColumns(accounts, spend, known, habits)


def _spend(
    session: Session, on: date, base: str, accounts: "Integers", among: Collection[int] | None
) -> tuple["Integers", "Flags"]:
    """The newest spend that can be converted, and where there is one."""
    import numpy as np

    spend, known = np.zeros_like(accounts), np.zeros(len(accounts), bool)
    found = yearly(session, on, Base(base, rates(session)), Measure.ADDRESSABLE_SPEND, among)
    usable = found.usable
    newest(spend, accounts, found.accounts[usable], found.values[usable])
    newest(known, accounts, found.accounts[usable], usable[usable])
    return spend, known


def _habits(
    session: Session,
    on: date,
    rules: ValueRules,
    accounts: "Integers",
    among: Collection[int] | None,
) -> Sequence["Integers"]:
    """For each trait of the rules, by name, the place of the newest behaviour's multiplier."""
    import numpy as np

    traits = sorted({multiplier.trait for multiplier in rules.multipliers})
    habits = [np.zeros_like(accounts) for _ in traits]
    query = select(
        col(PurchasingBehaviour.account_id),
        col(PurchasingBehaviour.trait),
        col(PurchasingBehaviour.value),
        as_read(PurchasingBehaviour.as_of),
    ).where(col(PurchasingBehaviour.as_of) <= on, col(PurchasingBehaviour.trait).in_(traits))
    ids, named, chosen, days = read(session, query, PurchasingBehaviour.account_id, among)
    places = {(m.trait, m.value): place for place, m in enumerate(rules.multipliers, start=1)}
    place = integers(map(places.get, zip(named, chosen, strict=True), repeat(0)))
    of, bought = integers(map(traits.index, named)), integers(ids)
    order = rising(ranks(days))
    for position, habit in enumerate(habits):
        own = order[of[order] == position]
        newest(habit, accounts, bought[own], place[own])
    return habits
