"""What a customer buys from one supplier in a year, recorded."""

from decimal import Decimal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import WalletShare
from tools.deps import Deps
from tools.forms import amount_of, currency_of, needed, provenance, within
from tools.text import text


def set_wallet_share(
    deps: Deps,
    account: str,
    supplier: str,
    year: int,
    amount: Decimal,
    *,
    currency: str = "",
    category: str = "",
    ours: bool = False,
    forecast: bool = False,
    source: str = "",
) -> Proposal:
    """Propose what a customer buys from one supplier, a competitor or us, in a year.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        supplier: The supplier, e.g. "Rival Ltd".
        year: The year, e.g. 2017.
        amount: What the customer buys there, e.g. 800000.
        currency: Its currency, e.g. "USD".
        category: The category of goods, if only a part is meant.
        ours: Whether the supplier is ourselves.
        forecast: Whether it is a forecast.
        source: Where this is known from, e.g. "purchasing manager".

    Source: K1.
    """
    named = needed(supplier, text("supplier", "供应商"))
    within(year, 1990, deps.today.year + 20, text("year", "年份"))
    code, taken = currency_of(deps, currency)
    with drafting(deps) as draft:
        found = draft.account(account)
        row = WalletShare(
            account_id=found.id or 0,
            year=year,
            supplier=named,
            category=category.strip(),
            amount=amount_of(amount),
            currency=code,
            ours=ours,
            forecast=forecast,
            **provenance(deps, source),
        )
        key = ("account_id", "year", "supplier", "category")
        draft.put(row, key, assumed=("currency",) if taken else ())
        return draft.propose(
            text(
                "{account} buys from {supplier} in {year}",
                "{account} {year} 年向{supplier}的采购额",
                account=found.name,
                supplier=named,
                year=str(year),
            )
        )


EXAMPLES = Examples(
    en=(
        "record what {account} buys from a competitor",
        "enter a supplier's share at {account}",
        "set the wallet share of a supplier at {account}",
        "record a competitor's sales to {account}",
        "enter how much {account} buys from another supplier",
        "set the spend of {account} with a supplier",
        "record that {account} bought {amount} from a supplier",
        "{account} bought {amount} from a competitor in {year}",
        "{account} spends {amount} a year with {supplier}",
        "set the wallet: {account} bought {amount} from {supplier}",
        "competitor {supplier} sold {amount} to {account} in {year}",
    ),
    zh=(
        "登记{account}向竞争对手的采购额",
        "录入{account}的供应商份额",
        "设置{account}某供应商的份额",
        "登记竞争对手对{account}的销售额",
        "录入{account}从其他供应商采购的金额",
        "填写{account}的供应商采购额",
        "登记{account}向某供应商采购了{amount}",
        "{year}年{account}从{supplier}买了{amount}",
        "{account}去年向{supplier}采购了{amount}",
        "{account}在{supplier}那边花了{amount}",
        "{supplier}在{account}拿了{amount}",
    ),
)
