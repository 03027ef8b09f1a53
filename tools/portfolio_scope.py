"""What is read of many accounts in bulk, so that what stands out among them can be told."""

from collections import defaultdict
from datetime import date

from sqlmodel import Session

from tools.data import register
from tools.data.portfolio_state import contact_counts, suppliers
from tools.data.reviews import last_review, places
from tools.deps import Deps
from tools.portfolio_issues import Scope
from tools.selection import Selection
from tools.upkeep import upkeep


def looked_at(
    session: Session, deps: Deps, day: date, chosen: Selection, reviews: str
) -> tuple[Scope, date | None, int]:
    """The chosen accounts with what was read of them, the day of the last review, and how many
    amounts had no exchange rate."""
    ids = [customer.id for customer in chosen.chosen]
    base = deps.rules.company.base_currency
    bought, lost = suppliers(session, day, base, ids)
    risks: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for risk, _ in register.risks(session, ids):
        graveness = risk.likelihood * risk.impact
        risks[risk.account_id].append((graveness, risk.kind.value, risk.description))
    review = last_review(session, day, None, day, scope=reviews)
    scope = Scope(
        chosen.chosen,
        upkeep(session, deps.rules, chosen.chosen, day, practice=chosen.practice),
        contact_counts(session, day, ids),
        bought,
        risks,
        places(session, review.id or 0) if review else {},
        day,
        base,
    )
    return scope, review.period_end if review else None, len(lost)
