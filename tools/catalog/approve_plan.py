"""An account plan, approved."""

from sqlmodel import col, select

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Plan
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.domain.vocabulary import PlanStatus
from tools.errors import BadInput, NotAllowed
from tools.text import text


def approve_plan(deps: Deps, account: str) -> Proposal:
    """Propose to approve an account's submitted plan, which is for managers but its author.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".

    Source: K2, house.
    """
    with drafting(deps) as draft:
        found = draft.account(account)
        plan = current_plan(draft.session, found.id or 0)
        if plan is None or plan.status is not PlanStatus.SUBMITTED:
            raise BadInput(
                text(
                    "{name} has no submitted plan to approve.",
                    "{name}没有待批准的计划。",
                    name=found.name,
                )
            )
        if plan.author_id is not None and plan.author_id == deps.asker.person_id:
            raise NotAllowed(
                text("Nobody approves a plan of their own.", "不能批准自己编制的计划。")
            )
        earlier = select(Plan).where(
            Plan.account_id == found.id,
            Plan.status == PlanStatus.APPROVED,
            col(Plan.id) != plan.id,
        )
        for old in draft.session.exec(earlier.order_by(col(Plan.id))):
            draft.change(old, status=PlanStatus.SUPERSEDED)
        draft.change(
            plan,
            status=PlanStatus.APPROVED,
            approver_id=deps.asker.person_id,
            approved_on=deps.today,
        )
        return draft.propose(
            text("Approve the plan of {name}", "批准{name}的客户计划", name=found.name)
        )


EXAMPLES = Examples(
    en=(
        "approve the plan of {account}",
        "please approve the plan of {account}",
        "sign off the plan of {account}",
        "give approval to the plan of {account}",
        "accept the submitted plan of {account}",
        "approve the submitted plan for {account}",
        "approve {account}'s plan",
        "the plan of {account} is fine, approve it",
        "{account}'s plan is approved",
    ),
    zh=(
        "批准{account}的客户计划",
        "审批通过{account}的计划",
        "同意{account}的客户计划",
        "批准{account}提交的计划",
        "通过{account}的计划审批",
        "签批{account}的计划",
        "{account}的计划可以批准了",
        "{account}的计划批准了",
        "{account}的计划我批了",
        "核准{account}的客户计划",
        "{account}的客户计划通过",
        "{account}的计划没问题，批准",
    ),
)
