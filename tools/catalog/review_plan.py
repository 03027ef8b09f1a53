"""A sponsor's review of an account plan: a verdict and what to do, kept with the plan."""

from typing import Literal

from sqlmodel import Session

from tools.access import PLAN_REVIEW_KEY, Right
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.answers import sections
from tools.data.models import Plan, PlanSection
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.errors import NotFound
from tools.forms import needed
from tools.text import text

_VERDICTS = {
    "agree": text("I agree with the plan.", "同意该计划。"),
    "revise": text("The plan is to be revised.", "该计划需要修改。"),
    "disagree": text("I do not agree with the plan.", "不同意该计划。"),
}


def review_plan(
    deps: Deps, account: str, verdict: Literal["agree", "revise", "disagree"], comment: str
) -> Proposal:
    """Propose an executive sponsor's review of an account's plan: verdict and guidance.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        verdict: agree, revise or disagree.
        comment: What is good, what is missing, what to do, e.g. "name a second contact".

    Source: K2.
    """
    words = needed(comment, text("comment", "评审意见"))
    with drafting(deps) as draft:
        found = draft.account(account)
        draft.require(Right.PLAN_REVIEW)
        plan = current_plan(draft.session, found.id or 0)
        if plan is None:
            raise NotFound(text("{name} has no plan.", "{name}还没有客户计划。", name=found.name))
        title = text(
            "Review by {who}, {day}", "{who}的评审，{day}", who=deps.asker.name, day=deps.today
        )
        key = f"{PLAN_REVIEW_KEY}{deps.asker.person_id or 0}-{deps.today}"
        review = PlanSection(
            plan_id=plan.id or 0,
            key=key,
            position=_place(draft.session, plan, key),
            title=title.render(deps.language),
            body=f"{_VERDICTS[verdict].render(deps.language)}\n\n{words}",
        )
        draft.put(review, ("plan_id", "key"))
        return draft.propose(
            text(
                "Review the plan of {name}, edition {edition}: {verdict}",
                "评审{name}的客户计划第 {edition} 版：{verdict}",
                name=found.name,
                edition=plan.edition,
                verdict=_VERDICTS[verdict],
            )
        )


def _place(session: Session, plan: Plan, key: str) -> int:
    """Where a review stands: after all sections, or where the same one of the day stands."""
    written = sections(session, plan.id or 0)
    held = [row.position for row in written if row.key == key]
    return held[0] if held else max((row.position for row in written), default=0) + 1


EXAMPLES = Examples(
    en=(
        "review the plan of {account}",
        "write my review of {account}'s plan",
        "comment on the account plan of {account} as sponsor",
        "I agree with the plan of {account}",
        "the plan of {account} has to be revised",
        "record my verdict on the plan of {account}",
        "as sponsor I agree with {account}'s plan",
        "my review of {account}'s plan: revise",
        "set the sponsor review of {account}'s plan to agree",
    ),
    zh=(
        "评审{account}的客户计划",
        "写一下我对{account}计划的评审意见",
        "作为赞助人对{account}的计划发表意见",
        "我同意{account}的客户计划，写入评审",
        "{account}的计划需要修改，记录评审",
        "登记我对{account}计划的结论",
        "{account}客户计划的评审我同意",
        "{account}的计划我不同意，需要修改",
        "我对{account}计划的意见是同意",
    ),
)
