"""A task of an account, changed or done."""

from datetime import date
from typing import Any, Literal

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.profile import open_steps
from tools.deps import Deps
from tools.forms import pick, stated
from tools.text import text


def update_task(
    deps: Deps,
    account: str,
    *,
    task: str = "",
    state: Literal["open", "done"] | None = None,
    person: str = "",
    due_on: date | None = None,
    description: str = "",
) -> Proposal:
    """Propose that an open task is done, or a new date, person or wording for it.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        task: Which one, in its words, e.g. "service agreement"; empty where there is only one.
        state: done where it is finished, else open.
        person: Who does it now, e.g. "Grace Tan" or "me".
        due_on: Until when, e.g. 2018-06-30.
        description: Its new wording.

    Source: K3 (tasks).
    """
    with drafting(deps) as draft:
        found = draft.account(account)
        steps = open_steps(draft.session, found.id or 0)
        meant = pick(steps, task, lambda step: step.description, "task")
        doer = resolve.person(draft.session, person, deps.asker) if person else None
        fields: dict[str, Any] = stated(
            done_on=deps.today if state == "done" else None,
            owner_id=doer.id if doer else None,
            due_on=due_on,
            description=description.strip(),
        )
        draft.change(meant, assumed=("done_on",), **fields)
        return draft.propose(
            text("Update a task of {account}", "更新{account}的任务", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "the task of {account} is done",
        "mark a task of {account} as done",
        "move the task of {account} to {due_on}",
        "hand the task of {account} to {person}",
        "close the to-do of {account}",
        "change the due date of a task of {account}",
        "task done at {account}",
        "that task at {account} is finished",
        "push the task at {account} to {due_on}",
        "give the task of {account} to {person}",
    ),
    zh=(
        "{account}的任务已完成",
        "把{account}的任务标记为完成",
        "把{account}的任务延期到{due_on}",
        "把{account}的任务转给{person}",
        "关闭{account}的待办事项",
        "修改{account}任务的截止日期",
        "{account}那个任务做完了",
        "{account}的任务延到{due_on}",
        "{account}那个任务推迟到{due_on}",
        "{account}的任务改给{person}",
        "任务已完成",
        "{account}的待办搞定了",
    ),
)
