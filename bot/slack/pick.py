"""The menus that search for accounts and colleagues: their action ids, and what was picked."""

from typing import Any

from sqlmodel import Session

from bot.slack.blocks import inputs
from tools.access import Right, Scope, rights_of, scope_of
from tools.data.models import Account, Person
from tools.deps import Deps
from tools.errors import BadInput
from tools.text import Language, text

ACCOUNT, OWN_ACCOUNT = "kam_account_pick", "kam_own_account_pick"
"""All accounts that a person may know of, and those that they read in full."""
PERSON = "kam_person_pick"

_ACCOUNT = text("Type a name, alias or pinyin", "输入名称、别名或拼音")
_PERSON = text("Type a name or pinyin", "输入姓名或拼音")
_NONE = text("Please pick one from the list.", "请从列表中选择。")


def account_menu(
    language: Language, chosen: inputs.Choice | None = None, *, own: bool = True
) -> dict[str, Any]:
    """A menu of accounts."""
    action = OWN_ACCOUNT if own else ACCOUNT
    return inputs.lookup(action, chosen, placeholder=_ACCOUNT.render(language))


def person_menu(language: Language) -> dict[str, Any]:
    """A menu of colleagues."""
    return inputs.lookup(PERSON, placeholder=_PERSON.render(language))


def account_of(session: Session, picked: str | None, scope: Scope) -> Account:
    """The account picked; raises `BadInput` where none is, or none that may be known of."""
    found = session.get(Account, int(picked)) if picked and picked.isdigit() else None
    seen = found is not None and (scope.elsewhere >= 1 or scope.reads_fully(found.id or 0))
    if found is None or not seen:
        raise BadInput(_NONE, "account")
    return found


def person_of(session: Session, picked: str) -> Person:
    """The colleague picked; raises `BadInput` where there is none."""
    found = session.get(Person, int(picked)) if picked.isdigit() else None
    if found is None:
        raise BadInput(_NONE, "person")
    return found


def known_account(deps: Deps, picked: str | None) -> Account:
    """The account picked; raises `BadInput` where none is, or none that may be known of."""
    with deps.sessions() as session:
        return account_of(session, picked, scope_of(session, deps.asker, deps.today))


def own_account(deps: Deps, picked: str | None) -> Account:
    """The account picked; raises `KamError` where the person does not read it in full."""
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        account = account_of(session, picked, scope)
        scope.require_full(account.id or 0, account.name)
        return account


def writable_account(deps: Deps, picked: str | None) -> Account:
    """The account picked; raises `KamError` where the person may not write it."""
    with deps.sessions() as session:
        rights = rights_of(session, deps.asker, deps.today)
        account = account_of(session, picked, rights.scope)
        rights.require(Right.ACCOUNT, account.id)
        return account
