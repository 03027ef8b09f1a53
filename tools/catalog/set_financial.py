"""A yearly money figure of an account, recorded."""

from decimal import Decimal
from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Financial
from tools.deps import Deps
from tools.domain.vocabulary import Measure
from tools.forms import amount_of, currency_of, provenance, within
from tools.text import text


def set_financial(
    deps: Deps,
    account: str,
    measure: Literal[
        "our_revenue",
        "cost_of_goods",
        "cost_sales",
        "cost_presales",
        "cost_delivery",
        "cost_service",
        "rebates",
        "receivables_financing",
        "company_revenue",
        "company_profit",
        "addressable_spend",
    ],
    year: int,
    amount: Decimal,
    *,
    currency: str = "",
    forecast: bool = False,
    source: str = "",
) -> Proposal:
    """Propose a yearly figure of an account: revenue, a cost, or the spend we could win.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        measure: Which figure, e.g. addressable_spend, company_revenue or cost_service.
        year: The year, e.g. 2017.
        amount: The figure, e.g. 5000000; only the customer's profit may be negative.
        currency: Its currency, e.g. "USD".
        forecast: Whether it is a forecast.
        source: Where this is known from, e.g. "annual report".

    Source: K1.
    """
    within(year, 1990, deps.today.year + 20, text("year", "年份"))
    kept = round(amount, 4) if measure == "company_profit" else amount_of(amount)
    code, taken = currency_of(deps, currency)
    with drafting(deps) as draft:
        found = draft.account(account)
        row = Financial(
            account_id=found.id or 0,
            year=year,
            measure=Measure(measure),
            amount=kept,
            currency=code,
            forecast=forecast,
            **provenance(deps, source),
        )
        key = ("account_id", "year", "measure", "forecast")
        draft.put(row, key, assumed=("currency",) if taken else ())
        return draft.propose(
            text(
                "Figure of {account} for {year}",
                "{account} {year} 年的财务数据",
                account=found.name,
                year=str(year),
            )
        )


EXAMPLES = Examples(
    en=(
        "set the addressable spend of {account}",
        "record a yearly figure of {account}",
        "enter the cost of goods of {account}",
        "enter the company revenue of {account}",
        "record the service cost of {account}",
        "set a financial figure of {account}",
        "record the rebates of {account}",
        "set {account}'s company profit",
        "{account}'s cost of goods in {year} was {amount}",
        "{account}'s addressable spend for {year} is {amount}",
        "{account} had a company revenue of {amount} in {year}",
        "the service cost for {account} in {year} is {amount}",
        "forecast the addressable spend of {account} for {year}",
    ),
    zh=(
        "录入{account}的可触达支出",
        "登记{account}的年度财务数据",
        "录入{account}的服务费用",
        "设置{account}的客户营业收入",
        "登记{account}的销货成本",
        "填写{account}的财务数据",
        "登记{account}的返利",
        "登记{account}的客户利润",
        "{account}{year}年的服务成本是{amount}",
        "{account}{year}年的销货成本为{amount}",
        "{account}{year}年可触达支出大概{amount}",
        "{account}去年客户营业收入{amount}",
        "{account}{year}年交付成本{amount}",
        "{account}的返利是{amount}",
        "{account}{year}年可触达支出{amount}",
    ),
)
