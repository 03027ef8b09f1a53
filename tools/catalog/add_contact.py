"""A new contact at a customer."""

from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Contact
from tools.data.profile import contacts
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.vocabulary import Layer, Level, Stance
from tools.errors import BadInput
from tools.forms import needed, provenance
from tools.text import text


def add_contact(
    deps: Deps,
    account: str,
    name: str,
    *,
    title: str = "",
    department: str = "",
    layer: Literal["execution", "management", "decision"] | None = None,
    stance: Literal["champion", "supporter", "neutral", "sceptic", "opponent"] | None = None,
    decides: bool | None = None,
    holds_budget: bool | None = None,
    email: str = "",
    phone: str = "",
    source: str = "",
) -> Proposal:
    """Propose a new contact person at a customer, with title, layer, stance and part played.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        name: The contact's name, e.g. "Li Na".
        title: The title, e.g. "head of production".
        department: The department, e.g. "purchasing".
        layer: The layer: execution, management or decision.
        stance: The attitude to us: champion, supporter, neutral, sceptic or opponent.
        decides: Whether the contact decides on purchases.
        holds_budget: Whether the contact holds the budget.
        email: The e-mail address, e.g. "li.na@kan-code.example".
        phone: The telephone number.
        source: Where this is known from, e.g. "business card".

    Source: K4 (layers), house (stance).
    """
    called = needed(name, text("name of the contact", "联系人姓名"))
    with drafting(deps) as draft:
        found = draft.account(account)
        account_id = found.id or 0
        known = contacts(draft.session, account_id, Level.PRIVATE_TOP)
        if name_key(called) in {contact.name_key for contact in known}:
            raise BadInput(
                text(
                    "{account} has a contact {name} already; update that one.",
                    "{account}已有联系人{name}，请直接更新。",
                    account=found.name,
                    name=called,
                )
            )
        draft.add(
            Contact(
                account_id=account_id,
                name=called,
                name_key=name_key(called),
                title=title or None,
                department=department or None,
                layer=Layer(layer) if layer else None,
                stance=Stance(stance) if stance else None,
                decides=decides,
                holds_budget=holds_budget,
                email=email or None,
                phone=phone or None,
                **provenance(deps, source),
            ),
            assumed=("level",),
        )
        return draft.propose(
            text(
                "New contact {name} at {account}",
                "为{account}新增联系人{name}",
                name=called,
                account=found.name,
            )
        )


EXAMPLES = Examples(
    en=(
        "add a contact at {account}",
        "add a new contact person for {account}",
        "create a contact at {account}",
        "add a contact to {account}, decision layer",
        "enter a new contact for {account}",
        "record a new contact person at {account}",
        "add {name} as a contact at {account}",
        "new contact at {account}",
        "add a buyer at {account}, she holds the budget",
        "create a contact at {account} called {name}",
        "new contact at {account}: she holds the budget",
    ),
    zh=(
        "给{account}新增联系人",
        "为{account}添加一个联系人",
        "录入{account}的新联系人",
        "新建{account}的联系人",
        "在{account}下增加联系人",
        "登记{account}的一位新联系人",
        "给{account}加个联系人",
        "{account}新增联系人",
        "帮{account}加一个联系人，采购经理",
        "{account}有个新联系人，登记一下",
        "给{account}新建一个联系人，叫{name}",
        "{account}新联系人",
        "{account}新联系人，管预算",
    ),
)
