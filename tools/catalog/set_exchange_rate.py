"""An exchange rate, from a day on."""

from datetime import date
from decimal import Decimal

from tools.access import Right
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import ExchangeRate
from tools.deps import Deps
from tools.errors import BadInput
from tools.forms import currency_of
from tools.text import text


def set_exchange_rate(
    deps: Deps, currency: str, rate: Decimal, *, into: str = "", since: date | None = None
) -> Proposal:
    """Propose what one unit of a currency is worth in another, from a day on.

    Args:
        currency: The currency to convert, e.g. "EUR".
        rate: What one unit of it is worth, e.g. 1.12; up to four decimals.
        into: The currency to convert into, e.g. "USD"; the company's where none is said.
        since: The first day that it holds; today where none is said.

    Source: house.
    """
    code, missing = currency_of(deps, currency)
    target, taken = currency_of(deps, into)
    kept = round(rate, 4)
    if missing or code == target or kept <= 0:
        raise BadInput(
            text(
                "Name two currencies and a rate above 0, of at most four decimals.",
                "请给出两种不同的币种和大于 0 的汇率（最多四位小数）。",
            )
        )
    begins = since or deps.today
    with drafting(deps) as draft:
        draft.require(Right.CONFIGURE)
        row = ExchangeRate(currency=code, into=target, valid_from=begins, rate=kept)
        assumed = [
            *(["into"] if taken else []),
            *(["valid_from"] if since is None else []),
        ]
        draft.put(row, ("currency", "into", "valid_from"), assumed=assumed)
        return draft.propose(
            text(
                "1 {currency} is {rate} {into} from {day} on",
                "自 {day} 起 1 {currency} = {rate} {into}",
                currency=code,
                rate=f"{kept.normalize():f}",
                into=target,
                day=begins,
            )
        )


EXAMPLES = Examples(
    en=(
        "set an exchange rate",
        "set the exchange rate of {currency} to {rate}",
        "enter the rate from {currency} into {into}",
        "record the exchange rate of {currency} since {since}",
        "change the conversion rate of {currency}",
        "one {currency} is {rate} {into}",
        "one US dollar is 7.1 yuan from {since}",
        "use 7.1 for the dollar",
        "the euro is at 7.8 now",
    ),
    zh=(
        "设置汇率",
        "把{currency}的汇率设为{rate}",
        "录入{currency}兑{into}的汇率",
        "登记{since}起{currency}的汇率",
        "修改{currency}的换算汇率",
        "1{currency}等于{rate}{into}",
        "美元汇率按7.1算",
        "从{since}起港币兑人民币按0.92",
        "欧元汇率改成7.8",
        "台币兑人民币0.22",
    ),
)
