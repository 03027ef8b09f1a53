"""An evaluation of an account, recorded."""

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Evaluation
from tools.deps import Deps
from tools.domain.vocabulary import Dimension
from tools.forms import past, within
from tools.record_labels import DIMENSION
from tools.text import text


def record_evaluation(
    deps: Deps,
    account: str,
    dimension: Literal[
        "importance",
        "needs",
        "relationship",
        "satisfaction",
        "fulfilment",
        "technical_fit",
        "criterion_revenue",
        "criterion_loyalty",
        "criterion_synergy",
        "criterion_risk",
    ],
    points: Decimal,
    *,
    on: date | None = None,
    note: str = "",
) -> Proposal:
    """Propose an evaluation of an account in one dimension, in points from 0 to 100.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        dimension: What is judged, e.g. relationship or satisfaction.
        points: From 0 to 100, e.g. 70.
        on: The day of the evaluation; today where none is said.
        note: The reason, e.g. "new plant manager knows us well".

    Source: K3, K4.
    """
    within(points, 0, 100, text("evaluation", "评分"))
    judged = Dimension(dimension)
    with drafting(deps) as draft:
        found = draft.account(account)
        draft.add(
            Evaluation(
                account_id=found.id or 0,
                dimension=judged,
                held_on=past(deps, on),
                points=round(points, 4),
                person_id=deps.asker.person_id,
                note=note or None,
                rules_version=deps.rules.version,
            ),
            assumed=("held_on",) if on is None else (),
        )
        return draft.propose(
            text(
                "Evaluate {account}: {dimension} {points}",
                "评估{account}：{dimension} {points} 分",
                account=found.name,
                dimension=DIMENSION[judged],
                points=points,
            )
        )


EXAMPLES = Examples(
    en=(
        "record an evaluation of {account}",
        "record the relationship evaluation of {account}",
        "enter a satisfaction evaluation for {account}",
        "log the evaluation of {account}",
        "enter the judged relationship points of {account}",
        "record an importance evaluation for {account}",
        "rate our relationship with {account}",
        "rate the relationship with {account} 70",
        "give {account} 80 points for satisfaction",
        "satisfaction at {account} is 75",
        "relationship with {account}: 60 points",
    ),
    zh=(
        "登记{account}的评估",
        "录入{account}的关系评估",
        "给{account}的满意度打分",
        "记录{account}的评估结果",
        "登记{account}的需求评估",
        "给{account}的关系紧密度评分",
        "关系评估：{account}打70分",
        "{account}的满意度打80分",
        "{account}关系评分给75",
        "{account}的技术匹配给90分",
        "给{account}的关系打60分",
        "{account}履约评分85",
    ),
)
