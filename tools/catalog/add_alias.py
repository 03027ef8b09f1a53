"""Another name for an account."""

from sqlmodel import select

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data import accounts
from tools.data.models import AccountAlias
from tools.deps import Deps
from tools.domain.names import name_key
from tools.errors import BadInput
from tools.text import text


def add_alias(deps: Deps, account: str, alias: str) -> Proposal:
    """Propose another name under which an account is found: short name, other script.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        alias: The further name, e.g. "康科德".

    Source: house.
    """
    name, key = alias.strip(), name_key(alias)
    if not key:
        raise BadInput(text("Which further name shall I add?", "请说明要添加的别名。"))
    with drafting(deps) as draft:
        found = draft.account(account)
        others = [a.name for a in accounts.named(draft.session, key) if a.id != found.id]
        if others:
            raise BadInput(
                text(
                    "“{alias}” is the name of {other} already.",
                    "“{alias}”已是{other}的名称。",
                    alias=name,
                    other=others[0],
                )
            )
        held = select(AccountAlias.name_key).where(AccountAlias.account_id == found.id)
        if key not in {found.name_key, *draft.session.exec(held)}:
            draft.add(AccountAlias(account_id=found.id or 0, name=name, name_key=key))
        return draft.propose(
            text(
                "{account} is also called “{alias}”.",
                "为{account}添加别名“{alias}”。",
                account=found.name,
                alias=name,
            )
        )


EXAMPLES = Examples(
    en=(
        "add the alias {alias} to {account}",
        "add another name for {account}",
        "{account} is also called {alias}, please add that name",
        "record an alias for {account}",
        "let people find {account} under a short name too, add it",
        "add a short name to the account {account}",
        "{account} is also known as {alias}, add that",
        "also call {account} by this name",
        "{account} is also known as {alias}",
        "we call {account} {alias}",
    ),
    zh=(
        "给{account}添加别名{alias}",
        "为{account}增加一个别名",
        "添加{account}的简称",
        "登记{account}的另一个名称",
        "{account}又叫{alias}，请加上这个别名",
        "给客户{account}加一个别名",
        "{account}也叫{alias}",
        "给{account}起个简称叫{alias}",
        "{account}简称{alias}",
        "{account}又叫{alias}，加个别名",
    ),
)
