"""Records that assessments of an account read: answers, suppliers, needs, risks, plans."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.unit.catalog.world import TODAY, World
from tools.data.models import (
    Answer,
    ChecklistItem,
    ChecklistRun,
    Need,
    Plan,
    PlanSection,
    PurchasingBehaviour,
    Risk,
    StrategyItem,
    WalletShare,
)
from tools.domain.vocabulary import Horizon, ItemState, PlanStatus, RiskKind

ANALYSIS, SELECTION = "customer_analysis", "strategic_selection"


def answered(
    world: World, account: int, question: str, said: str, on: date = TODAY, topic: str = ANALYSIS
) -> None:
    world.add(
        Answer(
            account_id=account,
            topic=topic,
            question=question,
            answer=said,
            as_of=on,
            source="talk",
        )
    )


def supplied(
    world: World, account: int, supplier: str, amount: int, *, ours: bool = False, **more: Any
) -> None:
    """What a supplier sells to the account in 2017, in USD."""
    facts = {"year": 2017, "currency": "USD", "as_of": TODAY, "source": "survey"} | more
    world.add(
        WalletShare(
            account_id=account, supplier=supplier, amount=Decimal(amount), ours=ours, **facts
        )
    )


def habit(world: World, account: int, trait: str, value: str) -> None:
    world.add(
        PurchasingBehaviour(
            account_id=account, trait=trait, value=value, as_of=TODAY, source="talk"
        )
    )


def need(
    world: World, account: int, description: str, horizon: Horizon = Horizon.SHORT, **more: Any
) -> None:
    facts = {"as_of": TODAY, "source": "talk"} | more
    world.add(Need(account_id=account, horizon=horizon, description=description, **facts))


def risk(
    world: World,
    account: int,
    kind: RiskKind,
    description: str,
    likelihood: int = 3,
    impact: int = 4,
    **more: Any,
) -> None:
    facts = {"as_of": TODAY, "source": "talk"} | more
    world.add(
        Risk(
            account_id=account,
            kind=kind,
            description=description,
            likelihood=likelihood,
            impact=impact,
            **facts,
        )
    )


def planned(
    world: World,
    account: int,
    until: date = date(2018, 12, 31),
    status: PlanStatus = PlanStatus.APPROVED,
    **more: Any,
) -> int:
    facts = {
        "edition": 1,
        "title": "Plan",
        "period_start": date(2017, 1, 1),
        "updated_on": date(2017, 6, 1),
    } | more
    return world.add(Plan(account_id=account, status=status, period_end=until, **facts))


def section(world: World, plan: int, key: str, body: str = "text", position: int = 1) -> None:
    world.add(PlanSection(plan_id=plan, key=key, position=position, title=key.title(), body=body))


def step(world: World, account: int, kind: str, stage: str, what: str, **more: Any) -> None:
    world.add(StrategyItem(account_id=account, kind=kind, stage=stage, description=what, **more))


def ticked(world: World, account: int, checklist: str, **items: str | None) -> None:
    """A run of the checklist with these items done, each with its evidence."""
    run = world.add(
        ChecklistRun(account_id=account, checklist=checklist, started_on=date(2017, 1, 1))
    )
    for item, evidence in items.items():
        world.add(ChecklistItem(run_id=run, item=item, state=ItemState.DONE, evidence=evidence))
