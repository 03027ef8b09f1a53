"""A new opportunity."""

from datetime import date
from decimal import Decimal

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Opportunity
from tools.deps import Deps
from tools.domain.vocabulary import Stage
from tools.forms import amount_of, currency_of, one_of
from tools.text import text


def add_opportunity(
    deps: Deps,
    account: str,
    *,
    name: str = "",
    product: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    stage: str = "prospecting",
    expected_on: date | None = None,
) -> Proposal:
    """Propose a new opportunity with a customer: product, value, stage, expected closing.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        name: What the deal is called, e.g. "second line".
        product: The product, e.g. "LX700 PLC".
        amount: Its expected value, e.g. 40000.
        currency: The currency of the value, e.g. "USD".
        stage: Where it stands: prospecting, engaging, won or lost.
        expected_on: When it should close, e.g. 2018-06-30.

    Source: house.
    """
    reached = one_of(Stage, stage)
    closed = reached in {Stage.WON, Stage.LOST}
    code, assumed = currency_of(deps, currency) if amount is not None else (None, False)
    with drafting(deps) as draft:
        found = draft.account(account)
        sold = resolve.product(draft.session, product) if product else None
        draft.add(
            Opportunity(
                account_id=found.id,
                person_id=deps.asker.person_id,
                product_id=sold.id if sold else None,
                name=name or None,
                stage=reached,
                engaged_on=deps.today,
                closed_on=deps.today if closed else None,
                expected_on=expected_on,
                value=None if amount is None else amount_of(amount),
                currency=code,
                source=deps.asker.name,
            ),
            assumed=(
                "engaged_on",
                "person_id",
                *(["closed_on"] if closed else []),
                *(["currency"] if assumed else []),
            ),
        )
        return draft.propose(
            text("New opportunity with {account}", "新增{account}的商机", account=found.name)
        )


EXAMPLES = Examples(
    en=(
        "add an opportunity for {account}",
        "create a new deal with {account}",
        "add a new opportunity at {account} for {product}",
        "enter an opportunity of {account} worth {amount}",
        "open a new deal for {account}",
        "add a deal with {account} to the pipeline",
        "new opportunity for {account}, {product}, {amount}",
        "new deal with {account} worth {amount}, closing by {expected_on}",
        "open an opportunity at {account} for {product}",
        "add a deal: {account}, {product}, {amount}",
    ),
    zh=(
        "为{account}新增商机",
        "新建{account}的商机",
        "给{account}录入一个{product}商机",
        "添加{account}的新商机",
        "登记{account}的商机，金额{amount}",
        "创建一个{account}的商机",
        "给{account}建个商机，{product}，{amount}",
        "{account}新增商机：{product}，{amount}，预计{expected_on}成交",
        "{account}有个新单子，{product}，{amount}",
        "给{account}开个机会",
        "帮{account}新增一笔商机，{expected_on}前结案",
    ),
)
