"""Scores of other days: computed with the inputs known then and the rules in force then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from tools.data.factors import factor_inputs
from tools.data.rules import rules_on
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet
from tools.domain.score import Score, Scorer
from tools.scoring import scoreboard
from tools.text import number


@dataclass(frozen=True)
class Scored:
    """One account's score at a day; `standing` is None while a factor is missing."""

    on: date
    score: Score
    standing: Standing | None
    rules: RuleSet


def rules_of_day(session: Session, deps: Deps, day: date) -> RuleSet:
    """The rules in force on a day: today's for today and later, else the version of then."""
    return deps.rules if day >= deps.today else rules_on(session, day)


def scored_on(
    session: Session,
    rules: RuleSet,
    day: date,
    customer: Customer,
    company: Mapping[int, Customer],
    *,
    practice: bool,
) -> Scored:
    """The account's score and its rank in the company at that day."""
    board = scoreboard(session, rules, day, company, rules.score.top_share, practice=practice)
    return Scored(day, board.score(session, customer), board.standing(customer.id), rules)


def rescored(session: Session, rules: RuleSet, day: date, customer: Customer) -> Score:
    """The account's score from the inputs of that day under other rules."""
    inputs = factor_inputs(session, day, rules, [customer.id]).get(customer.id, {})
    return Scorer(rules.score).score(customer.segment, inputs)


def signed(value: Decimal | int | None) -> str | None:
    """A change with its sign, "+6" or "-4.5"; an unknown one stays unknown."""
    if value is None:
        return None
    shown = number(Decimal(value))
    return f"+{shown}" if value > 0 else shown
