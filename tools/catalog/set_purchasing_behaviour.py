"""How a customer buys, which raises or lowers its account value."""

from sqlmodel import col, select

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import PurchasingBehaviour
from tools.deps import Deps
from tools.domain.names import name_key
from tools.errors import BadInput
from tools.forms import provenance
from tools.text import text


def set_purchasing_behaviour(
    deps: Deps, account: str, trait: str, value: str, *, source: str = ""
) -> Proposal:
    """Propose how a customer buys: buying central or local, price sensitivity, payment.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        trait: buying, price_sensitivity or payment, or one of the company's own.
        value: For buying central or local, for price_sensitivity high or low, for payment
            prompt or slow, or one of the company's own.
        source: Where this is known from, e.g. "purchasing manager".

    Source: K1.
    """
    key, kept = _known(deps, trait, value)
    with drafting(deps) as draft:
        found = draft.account(account)
        held = draft.session.exec(
            select(PurchasingBehaviour)
            .where(PurchasingBehaviour.account_id == found.id, PurchasingBehaviour.trait == key)
            .order_by(col(PurchasingBehaviour.as_of).desc())
            .limit(1)
        ).first()
        if held is None or held.value != kept:
            facts = provenance(deps, source)
            row = PurchasingBehaviour(account_id=found.id or 0, trait=key, value=kept, **facts)
            draft.put(row, ("account_id", "trait", "as_of"), assumed=("level",))
        return draft.propose(
            text(
                "{account}: {trait} is {value}",
                "{account}：{trait} 为 {value}",
                account=found.name,
                trait=key.replace("_", " "),
                value=kept,
            )
        )


def _known(deps: Deps, trait: str, value: str) -> tuple[str, str]:
    """The trait and value as the rules write them; raises `BadInput` with those there are."""
    pairs = [(m.trait, m.value) for m in deps.rules.value.multipliers]
    said = _forms(trait), _forms(value)
    for pair in pairs:
        if name_key(pair[0]) in said[0] and name_key(pair[1]) in said[1]:
            return pair
    raise BadInput(
        text(
            "“{trait}: {value}” has no multiplier; there are: {known}.",
            "“{trait}：{value}”没有对应的系数，可选：{known}。",
            trait=trait,
            value=value,
            known=", ".join(f"{t}: {v}" for t, v in pairs),
        )
    )


def _forms(word: str) -> set[str]:
    key = name_key(word)
    return {key, name_key(_CHINESE.get(key, ""))}


_CHINESE = {
    "采购方式": "buying",
    "集中": "central",
    "集中采购": "central",
    "分散": "local",
    "分散采购": "local",
    "价格敏感度": "price_sensitivity",
    "高": "high",
    "低": "low",
    "付款": "payment",
    "及时": "prompt",
    "拖欠": "slow",
}

EXAMPLES = Examples(
    en=(
        "set the purchasing behaviour of {account}",
        "{account} buys centrally, record it",
        "record the price sensitivity of {account}",
        "enter how {account} pays",
        "set the payment behaviour of {account} to {value}",
        "change the buying trait of {account}",
        "{account} pays late, save that",
        "{account} buys centrally",
        "{account} is very price sensitive, note that",
        "{account} pays on time",
        "save that {account} buys locally",
    ),
    zh=(
        "设置{account}的采购行为",
        "登记{account}为集中采购",
        "录入{account}的价格敏感度",
        "登记{account}的付款习惯",
        "把{account}的付款行为设为{value}",
        "修改{account}的采购方式",
        "{account}付款很慢，记一下",
        "{account}是集中采购",
        "{account}对价格很敏感，登记一下",
        "{account}付款准时",
        "{account}各厂自己采购，记下来",
    ),
)
