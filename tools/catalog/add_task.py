"""A task for an account: a step of its strategy, or anything that somebody has to do."""

from datetime import date
from typing import Literal

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import StrategyItem
from tools.deps import Deps
from tools.domain.strategy import STAGES
from tools.errors import BadInput
from tools.forms import needed
from tools.text import text

_TASK = "task"


def add_task(
    deps: Deps,
    account: str,
    description: str,
    *,
    person: str = "",
    due_on: date | None = None,
    stage: Literal[
        "basic_service",
        "value_added",
        "co_built",
        "requirement_confirmed",
        "prototype_tested",
        "full_rollout",
        "price_formula",
        "flexible_scope",
        "economic",
        "brand",
        "technology",
    ]
    | None = None,
) -> Proposal:
    """Propose a task for an account: what, who, until when, and the strategy step it serves.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        description: What is to be done, e.g. "send the service agreement".
        person: Who does it, e.g. "Grace Tan" or "me"; whoever asks where nobody is said.
        due_on: Until when, e.g. 2018-06-30.
        stage: The step of the strategy that it is, e.g. basic_service, prototype_tested or
            price_formula; none for any other task.

    Source: K3 (tasks), K4 (strategy).
    """
    words = needed(description, text("task", "任务内容"))
    if due_on is not None and due_on < deps.today:
        raise BadInput(text("{day} is over already.", "{day} 已经过去。", day=due_on))
    device = next((kind.value for kind, names in STAGES.items() if stage in names), _TASK)
    with drafting(deps) as draft:
        found = draft.account(account)
        doer = resolve.person(draft.session, person, deps.asker) if person else None
        if doer is not None and not doer.active:
            raise BadInput(text("{person} has left.", "{person}已离职。", person=doer.name))
        draft.add(
            StrategyItem(
                account_id=found.id or 0,
                kind=device,
                stage=stage or _TASK,
                description=words,
                due_on=due_on,
                owner_id=doer.id if doer else deps.asker.person_id,
            ),
            assumed=("level",) if doer else ("level", "owner_id"),
        )
        return draft.propose(
            text("New task for {account}", "新增{account}的任务", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "add a task for {account}",
        "give {person} a task at {account}",
        "create a task for {account} until {due_on}",
        "assign a to-do for {account} to {person}",
        "add a strategy step for {account}",
        "enter a next step for {account}",
        "create a task for {person} at {account}, due {due_on}",
        "remind {person} to call {account} by {due_on}",
        "task for {account}: send the offer by {due_on}",
        "{person} has to deliver the proposal for {account} by {due_on}",
    ),
    zh=(
        "给{account}新增一项任务",
        "给{person}布置一项{account}的任务",
        "为{account}创建截止到{due_on}的任务",
        "把{account}的待办分配给{person}",
        "为{account}新增策略步骤",
        "登记{account}的下一步工作",
        "给{account}加一个任务，让{person}{due_on}前完成",
        "{account}加个待办，{person}负责，{due_on}前",
        "让{person}在{due_on}前给{account}交方案",
        "给{account}建一个任务，{due_on}截止",
    ),
)
