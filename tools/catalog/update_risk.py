"""An entry of the risk register, changed or closed."""

from typing import Literal

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.profile import open_risks
from tools.deps import Deps
from tools.domain.vocabulary import RecordState
from tools.forms import pick, stated, within
from tools.text import text


def update_risk(
    deps: Deps,
    account: str,
    *,
    risk: str = "",
    likelihood: int | None = None,
    impact: int | None = None,
    owner: str = "",
    answer: str = "",
    state: Literal["open", "closed"] | None = None,
) -> Proposal:
    """Propose a new likelihood, impact, owner or answer of an open risk, or close it.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        risk: Which one, in its words, e.g. "late payment"; empty where there is only one.
        likelihood: From 1 (hardly) to 5 (nearly certain).
        impact: From 1 (slight) to 5 (grave).
        owner: The colleague who watches it, e.g. "me".
        answer: What we do about it.
        state: closed where it is over, else open.

    Source: K4 (heading), house.
    """
    for value, what in (
        (likelihood, text("likelihood", "可能性")),
        (impact, text("impact", "影响")),
    ):
        if value is not None:
            within(value, 1, 5, what)
    with drafting(deps) as draft:
        found = draft.account(account)
        meant = pick(
            open_risks(draft.session, found.id or 0), risk, lambda r: r.description, "risk"
        )
        watched = resolve.person(draft.session, owner, deps.asker) if owner else None
        draft.change(
            meant,
            **stated(
                likelihood=likelihood,
                impact=impact,
                owner_id=watched.id if watched else None,
                answer=answer,
                state=RecordState(state) if state else None,
            ),
        )
        return draft.propose(
            text("Update a risk of {account}", "更新{account}的风险", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "update a risk of {account}",
        "close the risk of {account}",
        "change the likelihood of the risk at {account}",
        "mark the risk of {account} as closed",
        "set the answer to the risk of {account}",
        "change the owner of a risk of {account}",
        "raise the likelihood of that risk at {account}",
        "the risk at {account} is over",
        "the risk at {account} is solved, close it",
        "set the impact of the risk at {account}",
        "bump the impact of the risk at {account} to 4",
        "raise the likelihood to 5 for {account}'s risk",
    ),
    zh=(
        "更新{account}的风险",
        "关闭{account}的风险",
        "修改{account}风险的可能性",
        "将{account}的风险标记为已关闭",
        "更改{account}的风险对策",
        "修改{account}风险的负责人",
        "把{account}那个风险的可能性改成5",
        "{account}的风险可以关了",
        "{account}那个风险解决了",
        "{account}的风险结案",
        "{account}那个风险已经解除，关掉",
        "把{account}风险的影响改为4",
        "{account}的风险影响升到5",
        "{account}回款风险的影响改到5",
    ),
)
