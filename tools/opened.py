"""The one account that a question about internal facts is about."""

from sqlmodel import Session

from tools import resolve
from tools.access import scope_of
from tools.data.models import Account
from tools.deps import Deps


def opened(session: Session, deps: Deps, name: str) -> Account:
    """The account of that name; raises `NotAllowed` unless the asker reads it in full."""
    scope = scope_of(session, deps.asker, deps.today)
    found = resolve.account(session, name, scope)
    scope.require_full(found.id or 0, found.name)
    return found
