"""A raw value of a score factor, recorded."""

from decimal import Decimal
from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import FactorInput
from tools.deps import Deps
from tools.domain.vocabulary import Factor
from tools.forms import amount_of, currency_of, provenance, within
from tools.labels import FACTORS
from tools.text import text


def set_factor_input(
    deps: Deps,
    account: str,
    factor: Literal["potential", "demonstration", "ability"],
    value: Decimal,
    *,
    currency: str = "",
    source: str = "",
) -> Proposal:
    """Propose an input of the composite score: potential in money, the others 0 to 100.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        factor: potential, demonstration or ability; revenue is computed from the deals.
        value: The potential as an amount, e.g. 2000000; the others in points, e.g. 70.
        currency: The currency of the potential, e.g. "USD".
        source: Where this is known from, e.g. "market study".

    Source: K3.
    """
    given = Factor(factor)
    unit, taken = "points", False
    if given is Factor.POTENTIAL:
        unit, taken = currency_of(deps, currency)
    else:
        within(value, 0, 100, FACTORS[given])
    with drafting(deps) as draft:
        found = draft.account(account)
        row = FactorInput(
            account_id=found.id or 0,
            factor=given,
            value=amount_of(value),
            unit=unit,
            **provenance(deps, source),
        )
        draft.put(row, ("account_id", "factor", "as_of"), assumed=("unit",) if taken else ())
        return draft.propose(
            text(
                "Score input of {account}: {factor} {value}",
                "{account}的积分数据：{factor} {value}",
                account=found.name,
                factor=FACTORS[given],
                value=value,
            )
        )


EXAMPLES = Examples(
    en=(
        "set the potential of {account} to 2000000",
        "enter the demonstration points of {account}",
        "record the score input of {account}",
        "set the ability points of {account}",
        "enter a potential for {account}",
        "set a score factor of {account}",
        "the potential of {account} is {amount}",
        "set {account}'s ability to win to 80",
        "{account}'s demonstration effect is 70",
        "{account}'s demonstration effect should be 60",
    ),
    zh=(
        "录入{account}的潜力",
        "设置{account}的示范作用分数",
        "登记{account}的积分数据",
        "设置{account}的能赢能做分数",
        "把{account}的潜力设为200万",
        "填写{account}的积分因素",
        "{account}的潜力是{amount}",
        "把{account}的潜力定为{amount}",
        "{account}的示范作用打80",
        "{account}的能赢能做改成75",
        "示范作用给{account}打65",
        "{account}能赢能做给80",
    ),
)
