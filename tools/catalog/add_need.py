"""A new need of a customer."""

from datetime import date
from decimal import Decimal
from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Need
from tools.deps import Deps
from tools.domain.needs import horizon_of
from tools.domain.vocabulary import Horizon, NeedKind
from tools.forms import amount_of, currency_of, needed, provenance
from tools.text import text


def add_need(
    deps: Deps,
    account: str,
    description: str,
    *,
    horizon: Literal["short", "medium", "long"] | None = None,
    kind: Literal["explicit", "hidden"] = "explicit",
    amount: Decimal | None = None,
    currency: str = "",
    expected_on: date | None = None,
    capability_gap: str = "",
    resource_gap: str = "",
    source: str = "",
) -> Proposal:
    """Propose a new need of a customer, with horizon, amount and what we lack to serve it.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        description: What is needed, e.g. "a second test bench".
        horizon: By when: short (3 months), medium (a year) or long (3 years).
        kind: Whether it was voiced (explicit) or found out (hidden).
        amount: What it may be worth, e.g. 40000.
        currency: The currency of the amount, e.g. "USD".
        expected_on: When the customer will order, e.g. 2018-06-30.
        capability_gap: What we cannot do yet, e.g. "no local service".
        resource_gap: Whom or what we lack, e.g. "one presales engineer".
        source: Where this is known from, e.g. "visit of 3 May".

    Source: K3, K4.
    """
    wanted = needed(description, text("need", "需求内容"))
    code, taken = currency_of(deps, currency) if amount is not None else (None, False)
    with drafting(deps) as draft:
        found = draft.account(account)
        draft.add(
            Need(
                account_id=found.id or 0,
                horizon=Horizon(horizon) if horizon else horizon_of(deps.today, expected_on),
                kind=NeedKind(kind),
                description=wanted,
                amount=None if amount is None else amount_of(amount),
                currency=code,
                expected_on=expected_on,
                capability_gap=capability_gap or None,
                resource_gap=resource_gap or None,
                **provenance(deps, source),
            ),
            assumed=(
                "level",
                *(["horizon"] if horizon is None else []),
                *(["currency"] if taken else []),
            ),
        )
        return draft.propose(
            text("New need of {account}", "新增{account}的需求", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "add a need of {account}",
        "record a new need for {account}",
        "log a hidden need of {account}",
        "enter a short term need of {account}",
        "add a customer need to {account}",
        "register what {account} needs as a new need",
        "{account} needs something by {expected_on}",
        "new need at {account}",
        "{account} wants a new system, budget {amount}",
        "add a need for {account}, about {amount}",
        "{account} needs a new line",
        "{account} needs it by {expected_on}, about {amount}",
        "{account} wants to replace a system, {amount}",
    ),
    zh=(
        "为{account}新增需求",
        "登记{account}的一个新需求",
        "录入{account}的需求",
        "添加{account}的隐性需求",
        "新建{account}的短期需求",
        "把这个需求登记到{account}",
        "{account}新增需求",
        "{account}有个新需求，预算{amount}",
        "{account}想上一套系统，登记一下需求",
        "记一条{account}的需求",
        "给{account}加一个需求",
    ),
)
