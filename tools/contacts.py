"""Which person at a customer is meant: by name, or within one account by title or department."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from tools.access import scope_of
from tools.data.accounts import by_ids
from tools.data.contacts import Listed, listed
from tools.data.models import Contact
from tools.deps import Deps
from tools.domain.names import name_key
from tools.errors import Ambiguous, BadInput, NotFound
from tools.forms import meant_by
from tools.opened import opened
from tools.privacy.subject import pseudonym_of
from tools.text import text

_OFFERED = 8


def contact_named(session: Session, deps: Deps, name: str, account: str) -> Contact:
    """The contact of that name at the account, or where none is said at any that the asker reads
    in full. Whoever is still there comes before a namesake who left.

    Raises `NotFound`, `Ambiguous` with the names or the accounts to choose from, and `NotAllowed`
    for an account that the asker does not read in full.
    """
    if not name_key(name):
        raise BadInput(text("Which contact do you mean?", "请问是哪位联系人？"), "contact")
    known = _readable(session, deps, account)
    found = _meant(known, name, by_office=bool(account))
    found = [row for row in found if not _gone(row, deps)] or found
    if len(found) == 1:
        return session.get_one(Contact, found[0].id)
    if not found:
        offered = tuple(_labels(known)[:_OFFERED]) if account else ()
        raise NotFound(
            text(
                "No contact called “{name}” is recorded where you may look.",
                "在您可查看的范围内没有登记名为“{name}”的联系人。",
                name=name,
            ),
            offered,
            "contact",
        )
    raise _question(session, name, found)


def is_erased(row: Contact | Listed) -> bool:
    """Whether the person was erased on request: nothing is told of them."""
    return row.name == pseudonym_of("contact", row.id or 0)


def _readable(session: Session, deps: Deps, account: str) -> list[Listed]:
    if account:
        rows = listed(session, opened(session, deps, account).id)
    else:
        scope = scope_of(session, deps.asker, deps.today)
        rows = [row for row in listed(session, None) if scope.reads_fully(row.account_id)]
    return [row for row in rows if not is_erased(row)]


def _meant(known: Sequence[Listed], said: str, *, by_office: bool) -> list[Listed]:
    key = name_key(said)
    labelled = [
        row for row, label in zip(known, _labels(known), strict=True) if name_key(label) == key
    ]
    if len(labelled) == 1:
        return labelled
    named = [known[i] for i in meant_by([row.name for row in known], said)]
    if named or not by_office:
        return named
    titled = [row for row in known if key in name_key(row.title or "")]
    return titled or [row for row in known if key in name_key(row.department or "")]


def _gone(row: Listed, deps: Deps) -> bool:
    return row.left_on is not None and row.left_on <= deps.today


def _labels(rows: Sequence[Listed]) -> list[str]:
    """The names, each with the title where several have it."""
    borne = Counter(row.name for row in rows)
    return [
        f"{row.name}, {row.title}" if borne[row.name] > 1 and row.title else row.name
        for row in rows
    ]


def _question(session: Session, name: str, found: Sequence[Listed]) -> Ambiguous:
    """Namesakes at several accounts are told apart by these."""
    homes = {row.account_id for row in found}
    if len(homes) > 1 and len({row.name for row in found}) == 1:
        names = sorted(account.name for account in by_ids(session, sorted(homes)).values())
        asked = text("{name} of which account?", "请问是哪个客户的{name}？", name=found[0].name)
        return Ambiguous(asked, "account", tuple(names[:_OFFERED]))
    asked = text("Several go by “{name}”. Whom do you mean?", "“{name}”对应多人，请问是哪一位？",
                 name=name)  # fmt: skip
    return Ambiguous(asked, "contact", tuple(_labels(found)[:_OFFERED]))
