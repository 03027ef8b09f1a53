"""The information level of a record, which is also who may read it."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from sqlmodel import Session, col, select

from tools.access import PLAN_REVIEW_KEY
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.answers import sections
from tools.data.models import Interaction
from tools.data.profile import contacts, current_plan, open_needs, open_risks, open_steps
from tools.deps import Deps
from tools.domain.vocabulary import Level
from tools.forms import pick, within
from tools.text import Text, text


def set_level(
    deps: Deps,
    account: str,
    kind: Literal["contact", "need", "risk", "interaction", "plan_section", "task"],
    level: int,
    *,
    record: str = "",
) -> Proposal:
    """Propose the information level (1 to 4) of a record; 1 and 2 are public, 3 and 4 are not.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        kind: contact, need, risk, interaction, plan_section or task.
        level: 1 public, 2 public but paid, 3 private, 4 private from the customer's top.
        record: Which one, in its words, e.g. "test bench"; empty where there is only one.

    Source: K2.
    """
    within(level, Level.PUBLIC, Level.PRIVATE_TOP, text("information level", "信息级别"))
    with drafting(deps) as draft:
        found = draft.account(account)
        rows, name = _KINDS[kind]
        meant = pick(rows(draft.session, found.id or 0), record, name, "record")
        opened = level < Level.PRIVATE <= meant.level
        draft.change(meant, level=level)
        return draft.propose(
            text(
                "{account}: “{record}” becomes level {level}",
                "{account}：“{record}”的信息级别改为 {level}",
                account=found.name,
                record=name(meant),
                level=level,
            ),
            remarks=(_OPENED,) if opened else (),
        )


_OPENED: Text = text(
    "From then on colleagues outside of the account's team may read it.",
    "此后客户团队以外的同事也可以查看。",
)


def _talks(session: Session, account_id: int) -> list[Interaction]:
    query = select(Interaction).where(Interaction.account_id == account_id)
    newest = query.order_by(col(Interaction.held_on).desc(), col(Interaction.id).desc())
    return list(session.exec(newest))


def _sections(session: Session, account_id: int) -> list[Any]:
    plan = current_plan(session, account_id)
    written = sections(session, plan.id or 0) if plan else []
    return [row for row in written if not row.key.startswith(PLAN_REVIEW_KEY)]


_Rows = Callable[[Session, int], Sequence[Any]]
_KINDS: dict[str, tuple[_Rows, Callable[[Any], str]]] = {
    "contact": (lambda s, a: contacts(s, a, Level.PRIVATE_TOP), lambda row: str(row.name)),
    "need": (open_needs, lambda row: str(row.description)),
    "risk": (open_risks, lambda row: str(row.description)),
    "interaction": (_talks, lambda row: f"{row.held_on} {row.summary}"),
    "plan_section": (_sections, lambda row: str(row.title)),
    "task": (open_steps, lambda row: str(row.description)),
}

EXAMPLES = Examples(
    en=(
        "set the information level of a contact of {account}",
        "make the need of {account} level {level}",
        "change the information level of a risk of {account}",
        "mark a contact record of {account} as private from the top",
        "raise the level of the plan section of {account}",
        "set a note of {account} to information level {level}",
    ),
    zh=(
        "设置{account}联系人的信息级别",
        "把{account}的需求改为{level}级信息",
        "修改{account}风险的信息级别",
        "把{account}的联系记录设为高层私密",
        "提高{account}计划章节的信息级别",
        "将{account}的纪要设为信息级别{level}",
    ),
)
