"""An opportunity, changed."""

from datetime import date
from decimal import Decimal
from typing import Any

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.open_deals import open_deals
from tools.deps import Deps
from tools.domain.vocabulary import Stage
from tools.forms import amount_of, currency_of, one_of, past, pick, stated
from tools.text import text


def update_opportunity(
    deps: Deps,
    account: str,
    *,
    opportunity: str = "",
    stage: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    expected_on: date | None = None,
    closed_on: date | None = None,
) -> Proposal:
    """Propose a new stage, value or date for an open opportunity of a customer.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        opportunity: Which one: its name, number or product; empty where there is only one.
        stage: The new stage: prospecting, engaging, won or lost.
        amount: The new value, e.g. 40000.
        currency: The currency of the value, e.g. "USD".
        expected_on: When it should close, e.g. 2018-06-30.
        closed_on: The day it was won or lost; today where none is said.

    Source: house.
    """
    reached = one_of(Stage, stage) if stage else None
    with drafting(deps) as draft:
        found = draft.account(account)
        deals = open_deals(draft.session, found.id or 0)
        deal, called = pick(deals, opportunity, lambda d: d[1], "opportunity")
        fields: dict[str, Any] = stated(stage=reached, expected_on=expected_on)
        assumed = []
        if reached in {Stage.WON, Stage.LOST}:
            fields["closed_on"] = past(deps, closed_on)
            assumed += ["closed_on"] if closed_on is None else []
        if amount is not None:
            code, taken = currency_of(deps, currency or deal.currency or "")
            fields |= {"value": amount_of(amount), "currency": code}
            assumed += ["currency"] if taken else []
        draft.change(deal, assumed=assumed, **fields)
        return draft.propose(
            text(
                "Update opportunity {deal} of {account}",
                "更新{account}的商机{deal}",
                deal=called,
                account=found.name,
            )
        )


EXAMPLES = Examples(
    en=(
        "set the deal with {account} to {stage}",
        "mark the opportunity of {account} as won",
        "change the value of the deal with {account} to {amount}",
        "update the opportunity of {account}",
        "we lost the deal with {account}, update it",
        "move the {account} opportunity to {stage}",
        "change the value of the opportunity at {account}",
        "the {account} deal slipped to {expected_on}",
        "move the closing date of the {account} deal to {expected_on}",
        "push the deal with {account} to {expected_on}",
        "{account} signed, mark the deal as won",
        "we won the {account} deal",
        "we lost the {account} deal",
        "the deal with {account} is now worth {amount}",
        "raise the {account} opportunity to {amount}",
        "{account}'s deal for {product} is worth {amount} now",
    ),
    zh=(
        "把{account}的商机改为{stage}",
        "将{account}的商机标记为赢单",
        "把{account}商机的金额改成{amount}",
        "更新{account}的商机阶段",
        "修改{account}商机的预计成交日",
        "{account}的商机丢了，请更新",
        "将{account}商机的金额调整为{amount}",
        "{account}那个单子推到{expected_on}签",
        "{account}的单子金额改成{amount}",
        "{account}那个项目赢了",
        "{account}那个单丢了",
        "{account}的商机延到{expected_on}",
        "{account}追加预算，商机改为{amount}",
        "把{account}那个deal改成won",
        "{account}那笔商机的成交日改到{expected_on}",
        "{account}的{product}单子现在值{amount}",
    ),
)
