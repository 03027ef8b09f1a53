"""A new edition of an account plan, as a draft."""

from datetime import date

from sqlmodel import Session, col, select

from tools.access import PLAN_REVIEW_KEY
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data.answers import sections
from tools.data.models import Plan, PlanSection
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.domain.vocabulary import PlanStatus
from tools.errors import BadInput
from tools.text import text


def start_plan(
    deps: Deps,
    account: str,
    *,
    title: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Proposal:
    """Propose a new draft of an account plan; it takes over the sections of the last edition.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        title: What the plan is called, e.g. "Plan 2018".
        since: The first day that it is for; today where none is said.
        until: The last day that it is for; the end of that year where none is said.

    Source: K2, house (editions).
    """
    begins = since or deps.today
    ends = until or date(begins.year, 12, 31)
    if begins > ends:
        raise BadInput(text("The plan ends before it begins.", "计划的结束日早于开始日。"))
    with drafting(deps) as draft:
        found = draft.account(account)
        last = current_plan(draft.session, found.id or 0)
        if last is not None and last.status in (PlanStatus.DRAFT, PlanStatus.SUBMITTED):
            raise BadInput(
                text(
                    "{name} has a plan that is not approved yet; work on that one.",
                    "{name}有尚未批准的计划，请先处理该计划。",
                    name=found.name,
                )
            )
        draft.guard(found)
        called = text("Account plan of {name}", "{name}客户计划", name=found.name)
        plan = Plan(
            account_id=found.id or 0,
            edition=_next(draft.session, found.id or 0),
            title=title.strip() or called.render(deps.language),
            period_start=begins,
            period_end=ends,
            author_id=deps.asker.person_id,
            updated_on=deps.today,
        )
        stated = {"title": title, "period_start": since, "period_end": until}
        number = draft.add(plan, assumed=[name for name, said in stated.items() if not said])
        if last is not None:
            _take_over(draft, last, number)
        return draft.propose(
            text(
                "Start edition {edition} of the plan of {name}",
                "新建{name}的客户计划第 {edition} 版",
                edition=plan.edition,
                name=found.name,
            )
        )


def _next(session: Session, account_id: int) -> int:
    """The edition after the newest one, superseded ones included."""
    query = select(Plan.edition).where(Plan.account_id == account_id)
    newest = session.exec(query.order_by(col(Plan.edition).desc()).limit(1)).first()
    return (newest or 0) + 1


def _take_over(draft: Draft, last: Plan, number: int) -> None:
    for old in sections(draft.session, last.id or 0):
        if not old.key.startswith(PLAN_REVIEW_KEY):
            kept = old.model_dump(exclude={"id", "version", "plan_id"})
            draft.add(PlanSection(plan_id=0, **kept), made={"plan_id": number})


EXAMPLES = Examples(
    en=(
        "start a plan for {account}",
        "create a new account plan for {account}",
        "start the next edition of {account}'s plan",
        "draft an account plan for {account} until {until}",
        "open a new plan draft for {account}",
        "begin the account plan of {account}",
        "start a plan for {account} for {since}",
        "set up an account plan for {account}",
        "new account plan for {account}, {since} to {until}",
        "start next year's plan for {account}",
    ),
    zh=(
        "为{account}新建客户计划",
        "给{account}编制新一版计划",
        "新建{account}的计划草稿",
        "为{account}创建到{until}的客户计划",
        "开始编写{account}的客户计划",
        "起草{account}的客户计划",
        "给{account}起草一份新的客户计划",
        "把{account}的客户计划草稿建起来",
        "给{account}开一份新计划，{since}到{until}",
        "帮{account}建客户计划",
        "{account}做一份明年的客户计划",
        "开始做{account}明年的计划",
    ),
)
