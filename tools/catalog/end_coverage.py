"""A role of a colleague for an account, ended without a successor."""

from datetime import date, timedelta
from typing import Literal

from sqlmodel import col, or_, select

from tools import resolve
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Coverage
from tools.deps import Deps
from tools.errors import NotFound
from tools.labels import COVERAGE_ROLES
from tools.text import text


def end_coverage(
    deps: Deps,
    account: str,
    person: str,
    role: Literal["owner", "stand_in", "sponsor", "director", "specialist"] | None = None,
    on: date | None = None,
) -> Proposal:
    """Propose that somebody no longer covers an account, from a day on.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        person: The colleague, e.g. "Grace Tan" or "me".
        role: Only this role: owner, stand_in, sponsor, director or specialist; else all.
        on: The first day without; today where none is said.

    Source: K3.
    """
    start = on or deps.today
    with drafting(deps) as draft:
        found = draft.account(account)
        colleague = resolve.person(draft.session, person, deps.asker)
        ends = col(Coverage.ends_on)
        query = select(Coverage).where(
            Coverage.account_id == found.id,
            Coverage.person_id == colleague.id,
            or_(ends.is_(None), ends >= start),
        )
        held = [row for row in draft.session.exec(query) if role in (None, row.role.value)]
        if not held:
            raise NotFound(
                text(
                    "{person} has no recorded role for {account} then.",
                    "{person}届时没有{account}的登记角色。",
                    person=colleague.name,
                    account=found.name,
                )
            )
        draft.guard(found)
        for row in sorted(held, key=lambda row: row.id or 0):
            last = start - timedelta(days=1)
            draft.change(row, assumed=("ends_on",) if on is None else (), ends_on=last)
        return draft.propose(
            text(
                "{person} no longer covers {account} from {day} on",
                "{person}自 {day} 起不再负责{account}",
                person=colleague.name,
                account=found.name,
                day=start,
            ),
            remarks=tuple(
                text(
                    "Nobody is named in the place of the {role}.",
                    "未指定新的{role}。",
                    role=COVERAGE_ROLES[row.role],
                )
                for row in held
                if row.role in deps.rules.coverage.single_roles
            ),
        )


EXAMPLES = Examples(
    en=(
        "{person} no longer covers {account}",
        "end the coverage of {account} by {person}",
        "remove {person} from {account}",
        "take {person} off the account {account}",
        "end the stand-in of {person} for {account}",
        "{person} stops working on {account} from {on}",
        "take {person} off {account}",
        "{person} is off {account} from {on}",
    ),
    zh=(
        "{person}不再负责{account}",
        "结束{person}对{account}的分工",
        "把{person}从{account}移除",
        "取消{person}在{account}的角色",
        "结束{person}对{account}的代管",
        "自{on}起{person}不再跟进{account}",
        "{person}不再负责{account}了",
        "把{person}从{account}撤下来",
        "{person}不跟{account}了",
        "{account}不用{person}代管了",
    ),
)
