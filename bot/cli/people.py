"""Who speaks at the terminal."""

from tools.access import OPERATOR, Asker
from tools.data.database import Sessions


def asker_named(sessions: Sessions, name: str | None) -> Asker:
    """The person of that name or e-mail address; without a name, the local operator.

    Whoever has the shell has the database, so the operator has the rights of sales
    operations. Raises NotFound or Ambiguous.
    """
    if name is None:
        return OPERATOR
    from tools import resolve

    with sessions() as session:
        found = resolve.person(session, name, OPERATOR)
        return Asker(found.id, found.name, found.role, found.unit_id)
