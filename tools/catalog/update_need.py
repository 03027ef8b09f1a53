"""A need of a customer, changed or closed."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.profile import open_needs
from tools.deps import Deps
from tools.domain.vocabulary import Horizon, RecordState
from tools.forms import amount_of, currency_of, pick, stated
from tools.text import text


def update_need(
    deps: Deps,
    account: str,
    *,
    need: str = "",
    horizon: Literal["short", "medium", "long"] | None = None,
    amount: Decimal | None = None,
    currency: str = "",
    expected_on: date | None = None,
    capability_gap: str = "",
    resource_gap: str = "",
    state: Literal["open", "closed"] | None = None,
) -> Proposal:
    """Propose new facts about an open need, or close it.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        need: Which one, in its words, e.g. "test bench"; empty where there is only one.
        horizon: By when: short (3 months), medium (a year) or long (3 years).
        amount: What it may be worth, e.g. 40000.
        currency: The currency of the amount, e.g. "USD".
        expected_on: When the customer will order, e.g. 2018-06-30.
        capability_gap: What we cannot do yet.
        resource_gap: Whom or what we lack.
        state: closed where it is served or gone, else open.

    Source: K3, K4.
    """
    with drafting(deps) as draft:
        found = draft.account(account)
        meant = pick(
            open_needs(draft.session, found.id or 0), need, lambda n: n.description, "need"
        )
        fields: dict[str, Any] = stated(
            horizon=Horizon(horizon) if horizon else None,
            expected_on=expected_on,
            capability_gap=capability_gap,
            resource_gap=resource_gap,
            state=RecordState(state) if state else None,
        )
        assumed = False
        if amount is not None:
            code, assumed = currency_of(deps, currency or meant.currency or "")
            fields |= {"amount": amount_of(amount), "currency": code}
        draft.change(meant, assumed=("currency",) if assumed else (), **fields)
        return draft.propose(
            text("Update a need of {account}", "更新{account}的需求", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "update a need of {account}",
        "close the need of {account}",
        "change the amount of the need of {account} to {amount}",
        "mark the need of {account} as closed",
        "set the horizon of a need of {account} to long",
        "change the need of {account}",
        "the need at {account} is covered, close it",
        "that need of {account} is done",
        "close this need of {account}",
        "the need of {account} slipped to {expected_on}",
        "raise the budget of that need at {account} to {amount}",
    ),
    zh=(
        "更新{account}的需求",
        "关闭{account}的需求",
        "把{account}需求的金额改为{amount}",
        "修改{account}的需求",
        "将{account}的需求标记为已关闭",
        "更改{account}需求的预计日期",
        "{account}那个需求已经解决了，关掉",
        "{account}的需求满足了",
        "{account}的需求可以关闭了",
        "{account}那个需求推迟到{expected_on}",
        "{account}的需求结案",
        "{account}那个需求预算调到{amount}",
        "{account}需求的金额改成{amount}",
    ),
)
