"""The two sides of an account review: closed snapshots, or the company as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from tools import resolve
from tools.data import organisation
from tools.data.factors import factor_inputs
from tools.data.models import ReviewPeriod
from tools.data.reviews import COMPANY, last_review, places
from tools.data.rules import rules_of
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.review_change import NOWHERE, Place, inputs_of
from tools.domain.rules import RuleSet
from tools.domain.score import Inputs, Score, Scorer
from tools.score_history import rules_of_day
from tools.scoring import scoreboard
from tools.text import text
from tools.tiering import tiering


@dataclass(frozen=True)
class Side:
    """All accounts at a day; `rules` is None where a snapshot's version is not recorded."""

    on: date
    closed: bool
    version: int
    rules: RuleSet | None
    places: Mapping[int, Place]
    inputs: Mapping[int, Inputs]

    def place(self, customer: Customer) -> Place:
        return self.places.get(customer.id, NOWHERE)

    def score(self, customer: Customer, rules: RuleSet) -> Score:
        """The account's score from this side's inputs under these rules."""
        return Scorer(rules.score).score(customer.segment, self.inputs.get(customer.id, {}))


def review_scope(session: Session, deps: Deps, region: str, on: date) -> str:
    """Whose reviews a question is about: those of the region it names, else the company's, else
    those of the asker's own region. One without a closed review falls to the next."""
    own = organisation.region_of(session, deps.asker.unit_id)
    named = resolve.region(session, region) if region else None
    for scope in (named, COMPANY, own.name if own else None):
        if scope and last_review(session, on, None, deps.today, scope=scope) is not None:
            return scope
    return COMPANY


def sides(
    session: Session,
    deps: Deps,
    since: date | None,
    until: date | None,
    company: Mapping[int, Customer],
    *,
    practice: bool,
    scope: str = COMPANY,
) -> tuple[Side | None, Side]:
    """The earlier snapshot, None where none is closed, and the later snapshot or day.

    The later side is a closed snapshot where `until` names a day past one.
    """
    today = deps.today
    last = until or today
    later = last_review(session, last, since, today, scope=scope) if until else None
    if later is not None:
        limit = later.period_end - timedelta(days=1)
        earlier = last_review(session, min(since or limit, limit), None, today, scope=scope)
        if earlier is not None:
            return _snapshot(session, deps, earlier), _snapshot(session, deps, later)
    earlier = last_review(session, since or last, None, today, scope=scope)
    now = live(session, deps, last, company, practice=practice)
    return (_snapshot(session, deps, earlier) if earlier else None), now


def _snapshot(session: Session, deps: Deps, review: ReviewPeriod) -> Side:
    try:
        rules = rules_of(session, review.rules_version)
    except KeyError:
        rules = None
    kept = places(session, review.id or 0)
    unit = (rules or deps.rules).company.base_currency
    source = text("review closed on {day}", "{day} 关闭的评审", day=review.closed_on)
    inputs = {
        account: inputs_of(place, unit, review.period_end, source)
        for account, place in kept.items()
    }
    return Side(review.period_end, True, review.rules_version, rules, kept, inputs)


def live(
    session: Session, deps: Deps, on: date, company: Mapping[int, Customer], *, practice: bool
) -> Side:
    """The accounts of the company as they stand on that day."""
    rules = rules_of_day(session, deps, on)
    board = scoreboard(session, rules, on, company, rules.score.top_share, practice=practice)
    tiers = tiering(board.columns, rules.tiers)
    inputs = factor_inputs(session, on, rules, company.keys() if practice else None)

    def place(customer: Customer) -> Place:
        standing = board.standing(customer.id)
        found = tiers.tier(customer)
        return Place(
            standing.rank if standing else None,
            board.places[customer.id].total,
            bool(standing and standing.in_top),
            found.tier.value if found and found.tier else None,
        )

    standing = {key: place(customer) for key, customer in company.items()}
    return Side(on, False, rules.version, rules, standing, inputs)
