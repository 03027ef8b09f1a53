"""Everything a manager's page on one account is made of, read and computed at a day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from kam_knowledge.checklists import Checklist, checklists
from tools.data import coverage, profile
from tools.data.checklists import runs_of
from tools.data.closeness import contacts as logged_contacts
from tools.data.models import Account, Interaction, Need, Plan, Risk, StrategyItem
from tools.data.portfolio import customers
from tools.domain.checklists import Progress, progress
from tools.domain.closeness import Closeness, Contacts, closeness
from tools.domain.coverage import AccountCoverage
from tools.domain.ranking import Standing
from tools.domain.review import Concern, Evaluated, Health, concerns, evaluated
from tools.domain.rules import RuleSet
from tools.domain.sales import growth
from tools.domain.score import Score
from tools.domain.tiers import Classified, Tier
from tools.domain.vocabulary import Layer, Level, PlanStatus
from tools.scoring import scoreboard
from tools.tiering import tiering
from tools.trade import Trade, trade_of


@dataclass(frozen=True)
class Summary:
    """One account at a day; `tier` is None where value or potential is not known."""

    account: Account
    on: date
    score: Score
    standing: Standing | None
    tier: Classified | None
    coverage: AccountCoverage
    trade: Trade
    needs: tuple[Need, ...]
    closeness: Closeness
    last: Interaction | None
    layers: Mapping[Layer | None, int]
    risks: tuple[Risk, ...]
    plan: Plan | None
    evaluations: tuple[Evaluated, ...]
    checklists: tuple[tuple[Checklist, Progress], ...]
    steps: tuple[StrategyItem, ...]
    concerns: tuple[Concern, ...]

    @property
    def growth(self) -> Decimal | None:
        """The last 12 months against the 12 before."""
        return growth(self.trade.year[1].total, self.trade.year_before[1].total)


def summarise(session: Session, rules: RuleSet, account: Account, on: date) -> Summary:
    """The account as known on that day."""
    key = account.id or 0
    company = customers(session, sandbox=account.sandbox)
    board = scoreboard(session, rules, on, company, rules.score.top_share, practice=account.sandbox)
    tier = tiering(board.columns, rules.tiers).tier(company[key])
    people = profile.contacts(session, key, Level.PRIVATE_TOP)
    logged = logged_contacts(session, on, rules.closeness, (key,)).get(key, Contacts())
    known = Summary(
        account,
        on,
        board.score(session, company[key]),
        board.standing(key),
        tier,
        coverage.coverage_on(session, on, rules, [key])[key],
        trade_of(session, rules, key, on),
        tuple(profile.open_needs(session, key)),
        closeness(logged, on, rules.closeness),
        profile.last_interaction(session, key, on),
        Counter(person.layer for person in people),
        tuple(profile.open_risks(session, key)),
        profile.current_plan(session, key),
        evaluated(
            profile.last_evaluations(session, key, on),
            rules.evaluation.cadences,
            on,
            tight=rules.evaluation.vip_short_end and tier is not None and tier.tier is Tier.VIP,
        ),
        _checklists(session, key),
        tuple(profile.open_steps(session, key)),
        (),
    )
    return replace(known, concerns=tuple(concerns(_health(known, rules), on)))


def _checklists(session: Session, account_id: int) -> tuple[tuple[Checklist, Progress], ...]:
    """Runs in work; finished ones and those of checklists that no longer exist are left out."""
    known = checklists()
    return tuple(
        (known[run.checklist], progress(run, [item.key for item in known[run.checklist].items]))
        for run in runs_of(session, account_id)
        if run.finished_on is None and run.checklist in known
    )


def _health(known: Summary, rules: RuleSet) -> Health:
    plan = known.plan
    return Health(
        owned=any(owner.active for owner in known.coverage.owners),
        derived=known.coverage.is_derived,
        risks=tuple(risk.likelihood * risk.impact for risk in known.risks),
        last_contact=known.last.held_on if known.last else None,
        window_days=rules.closeness.window_days,
        decision_contact=known.layers.get(Layer.DECISION, 0) > 0,
        plan_until=plan.period_end if plan else None,
        plan_approved=plan is not None and plan.status is PlanStatus.APPROVED,
        evaluations=known.evaluations,
        growth=known.growth,
        need_gaps=sum(bool(n.capability_gap or n.resource_gap) for n in known.needs),
        late_steps=sum(s.due_on is not None and s.due_on < known.on for s in known.steps),
        scored=known.standing is not None,
    )
