"""A new entry of the risk register."""

from typing import Literal

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Risk
from tools.deps import Deps
from tools.domain.vocabulary import RiskKind
from tools.forms import needed, provenance, within
from tools.text import text


def add_risk(
    deps: Deps,
    account: str,
    description: str,
    kind: Literal[
        "financial", "compliance", "industry", "relationship", "competitor", "delivery", "contract"
    ],
    *,
    likelihood: int = 3,
    impact: int = 3,
    owner: str = "",
    answer: str = "",
    source: str = "",
) -> Proposal:
    """Propose a new risk of a customer: type, likelihood, impact, owner and answer.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        description: What may happen, e.g. "payment may be late".
        kind: financial, compliance, industry, relationship, competitor, delivery or contract.
        likelihood: From 1 (hardly) to 5 (nearly certain).
        impact: From 1 (slight) to 5 (grave).
        owner: The colleague who watches it, e.g. "me".
        answer: What we do about it, e.g. "ask for a down payment".
        source: Where this is known from, e.g. "credit report".

    Source: K4 (heading), house.
    """
    said = needed(description, text("risk", "风险内容"))
    within(likelihood, 1, 5, text("likelihood", "可能性"))
    within(impact, 1, 5, text("impact", "影响"))
    with drafting(deps) as draft:
        found = draft.account(account)
        watched = resolve.person(draft.session, owner, deps.asker) if owner else None
        draft.add(
            Risk(
                account_id=found.id or 0,
                kind=RiskKind(kind),
                description=said,
                likelihood=likelihood,
                impact=impact,
                owner_id=watched.id if watched else None,
                answer=answer or None,
                **provenance(deps, source),
            ),
            assumed=("level",),
        )
        return draft.propose(
            text("New risk of {account}", "新增{account}的风险", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "add a risk for {account}",
        "record a financial risk of {account}",
        "enter a new delivery risk for {account}",
        "register a competitor risk at {account}",
        "add a contract risk to {account}",
        "log a new risk of {account}",
        "new risk for {account}",
        "{account} has a new risk, likelihood and impact",
        "add this risk to {account} with likelihood and impact",
    ),
    zh=(
        "为{account}新增风险",
        "登记{account}的一项风险",
        "录入{account}的交付风险",
        "添加{account}的财务风险",
        "新建{account}的竞争风险",
        "把这个风险登记到{account}",
        "给{account}添加一项风险",
        "{account}新增一个风险",
        "{account}加一条风险",
        "给{account}加个风险，可能性和影响",
        "{account}的风险新增一笔",
        "{account}有个新风险，记一下",
    ),
)
