"""What is recorded of one account, read once: the evidence that assessments are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools.access import Scope
from tools.data import profile
from tools.data.answers import answers, sections
from tools.data.models import (
    Account,
    Answer,
    Contact,
    Financial,
    Need,
    Plan,
    PlanSection,
    Risk,
)
from tools.data.spend import addressable_spend, habits
from tools.data.wallet import Purse, purses
from tools.domain.family import Member, tree
from tools.domain.rules import RuleSet
from tools.domain.value import Habit, Spend
from tools.domain.vocabulary import Level, Measure
from tools.domain.wallet import Wallet, wallet
from tools.errors import BadInput
from tools.text import Text

ANALYSIS, SELECTION = "customer_analysis", "strategic_selection"


@dataclass(frozen=True)
class Known:
    """One account; contacts, needs, risks and plan as recorded now, the rest as of the day.

    `analysis` and `selection` are answers by question; `wallet` is the newest past year's,
    None with a `wallet_fault` where its amounts contradict each other.
    """

    account: Account
    on: date
    contacts: tuple[Contact, ...]
    figures: Mapping[Measure, Financial]
    needs: tuple[Need, ...]
    risks: tuple[Risk, ...]
    habits: Mapping[str, Habit]
    spend: Spend | None
    wallet: Wallet | None
    wallet_fault: Text | None
    analysis: Mapping[str, Answer]
    selection: Mapping[str, Answer]
    plan: Plan | None
    sections: Mapping[str, PlanSection]
    units: tuple[Member, ...]


def known_of(session: Session, rules: RuleSet, account: Account, on: date, scope: Scope) -> Known:
    """The records of an account that the asker reads in full."""
    key = account.id or 0
    plan = profile.current_plan(session, key)
    written = sections(session, plan.id or 0) if plan else []
    base = rules.company.base_currency
    return Known(
        account,
        on,
        tuple(profile.contacts(session, key, Level.PRIVATE_TOP)),
        {row.measure: row for row in profile.own_figures(session, key, Level.PRIVATE_TOP, on)},
        tuple(profile.open_needs(session, key)),
        tuple(profile.open_risks(session, key)),
        habits(session, on, [key]).get(key, {}),
        addressable_spend(session, on, base, [key]).get(key),
        *newest_wallet(purses(session, key, on, base)),
        answers(session, key, ANALYSIS, on),
        answers(session, key, SELECTION, on),
        plan,
        {section.key: section for section in written},
        _family(session, key, scope),
    )


def newest_wallet(known: list[Purse]) -> tuple[Wallet | None, Text | None]:
    """The wallet of the newest past year whose spend is known, or what is wrong with it."""
    past = [purse for purse in known if purse.spend and not purse.forecast]
    if not past or past[-1].spend is None:
        return None, None
    try:
        return wallet(past[-1].year, past[-1].spend, past[-1].portions), None
    except BadInput as refused:
        return None, refused.message


def _family(session: Session, key: int, scope: Scope) -> tuple[Member, ...]:
    """The sub-units that the asker may know of."""
    below = [
        unit
        for unit in profile.below(session, key)
        if scope.elsewhere >= 1 or scope.reads_fully(unit.id or 0)
    ]
    return tuple(tree(key, [(unit.id or 0, unit.name, unit.parent_id) for unit in below]))
