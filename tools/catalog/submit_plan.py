"""An account plan, submitted for approval."""

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.domain.vocabulary import PlanStatus
from tools.errors import BadInput
from tools.text import text


def submit_plan(deps: Deps, account: str) -> Proposal:
    """Propose to submit the draft of an account's plan for approval by a manager.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".

    Source: K2.
    """
    with drafting(deps) as draft:
        found = draft.account(account)
        plan = current_plan(draft.session, found.id or 0)
        if plan is None or plan.status is not PlanStatus.DRAFT:
            raise BadInput(
                text(
                    "{name} has no draft of a plan to submit.",
                    "{name}没有可提交的计划草稿。",
                    name=found.name,
                )
            )
        draft.change(plan, status=PlanStatus.SUBMITTED, updated_on=deps.today)
        return draft.propose(
            text("Submit the plan of {name}", "提交{name}的客户计划", name=found.name)
        )


EXAMPLES = Examples(
    en=(
        "submit the plan of {account}",
        "submit {account}'s account plan for approval",
        "hand in the plan of {account}",
        "send the plan of {account} for approval",
        "submit the draft plan of {account}",
        "put the plan of {account} up for approval",
        "send the plan for {account} to be approved",
        "{account}'s plan is ready, submit it",
    ),
    zh=(
        "提交{account}的客户计划",
        "把{account}的计划提交审批",
        "提交{account}的计划草稿",
        "将{account}的计划送审",
        "{account}的计划可以提交了",
        "提请审批{account}的计划",
        "提交{account}的计划",
        "{account}的计划写好了，提交审批",
        "把{account}的客户计划送审",
    ),
)
