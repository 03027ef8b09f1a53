"""A contact at a customer, changed."""

from datetime import date
from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.profile import contacts
from tools.deps import Deps
from tools.domain.vocabulary import Layer, Level, Stance
from tools.forms import pick, stated
from tools.text import text


def update_contact(
    deps: Deps,
    account: str,
    contact: str,
    *,
    title: str = "",
    department: str = "",
    layer: Literal["execution", "management", "decision"] | None = None,
    stance: Literal["champion", "supporter", "neutral", "sceptic", "opponent"] | None = None,
    decides: bool | None = None,
    holds_budget: bool | None = None,
    email: str = "",
    phone: str = "",
    left_on: date | None = None,
) -> Proposal:
    """Propose new facts about a contact: title, layer, stance, decision, budget, or that he left.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        contact: The contact, e.g. "Li Na".
        title: The new title, e.g. "plant manager".
        department: The new department, e.g. "purchasing".
        layer: The layer: execution, management or decision.
        stance: The attitude to us: champion, supporter, neutral, sceptic or opponent.
        decides: Whether the contact decides on purchases.
        holds_budget: Whether the contact holds the budget.
        email: The e-mail address.
        phone: The telephone number.
        left_on: The day the contact left the customer, e.g. 2018-01-31.

    Source: K4 (layers), house (stance).
    """
    with drafting(deps) as draft:
        found = draft.account(account)
        known = contacts(draft.session, found.id or 0, Level.PRIVATE_TOP)
        met = pick(known, contact, lambda c: c.name, "contact")
        draft.change(
            met,
            **stated(
                title=title,
                department=department,
                layer=Layer(layer) if layer else None,
                stance=Stance(stance) if stance else None,
                decides=decides,
                holds_budget=holds_budget,
                email=email,
                phone=phone,
                left_on=left_on,
            ),
        )
        return draft.propose(
            text(
                "Update contact {name} at {account}",
                "更新{account}的联系人{name}",
                name=met.name,
                account=found.name,
            )
        )


EXAMPLES = Examples(
    en=(
        "update a contact at {account}",
        "change the stance of a contact at {account} to supporter",
        "set the layer of a contact at {account} to decision",
        "change the title of a contact at {account}",
        "a contact at {account} has left, update the contact",
        "update the contact person of {account}",
        "mark a contact of {account} as neutral",
        "correct the department of a contact at {account}",
        "{contact} has left {account}",
        "{contact} has left the company",
        "{contact} is now head of purchasing at {account}",
        "{contact} was promoted",
        "{contact} is a champion now",
        "{contact} decides and holds the budget",
        "{contact} is against us now",
        "new phone number of {contact}",
        "{contact} moved to another department",
        "{contact} from {account} got promoted",
    ),
    zh=(
        "更新{account}的联系人",
        "修改{account}联系人的态度",
        "把{account}联系人的层级改为决策层",
        "修改{account}联系人的职务",
        "{account}的联系人离职了，请更新",
        "更改{account}联系人的电话",
        "{contact}离职了",
        "{account}的{contact}走了",
        "{contact}升总经理了",
        "{contact}升任总监",
        "{contact}调到采购部了",
        "{contact}现在支持我们",
        "把{contact}的态度改成支持者",
        "{contact}换电话了",
        "{contact}现在管预算",
        "{contact}升职了，更新一下",
        "{contact}升职了",
    ),
)
