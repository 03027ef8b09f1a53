"""A section of an account plan, rewritten."""

from sqlmodel import col, select

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import PlanSection
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.domain.vocabulary import PlanStatus
from tools.errors import BadInput, NotFound
from tools.forms import needed, pick
from tools.text import text


def edit_plan_section(deps: Deps, account: str, section: str, body: str) -> Proposal:
    """Propose a new text for a section of an account's plan; only drafts are rewritten.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        section: The section, by its title, e.g. "Goals".
        body: The new text, in Markdown.

    Source: K2.
    """
    words = needed(body, text("new text", "新的正文"))
    with drafting(deps) as draft:
        found = draft.account(account)
        plan = current_plan(draft.session, found.id or 0)
        if plan is None:
            raise NotFound(text("{name} has no plan.", "{name}还没有客户计划。", name=found.name))
        if plan.status is not PlanStatus.DRAFT:
            raise BadInput(
                text(
                    "The plan of {name} is no draft any more.",
                    "{name}的计划已不是草稿。",
                    name=found.name,
                )
            )
        query = select(PlanSection).where(PlanSection.plan_id == plan.id)
        sections = list(draft.session.exec(query.order_by(col(PlanSection.position))))
        meant = pick(sections, section, lambda s: s.title, "section")
        if draft.change(meant, body=words):
            draft.change(plan, updated_on=deps.today)
        return draft.propose(
            text(
                "Rewrite “{section}” in the plan of {account}",
                "改写{account}计划中的“{section}”",
                section=meant.title,
                account=found.name,
            )
        )


EXAMPLES = Examples(
    en=(
        "rewrite a section of the plan of {account}",
        "edit the plan section of {account}",
        "change the goals section in the plan of {account}",
        "edit a section of {account}'s account plan",
        "replace the text of a plan section of {account}",
        "update the plan text of {account}",
        "change section three of {account}'s plan",
        "replace the section of {account}'s plan",
    ),
    zh=(
        "改写{account}计划的一个章节",
        "编辑{account}的计划章节",
        "修改{account}客户计划中的目标章节",
        "更换{account}计划章节的正文",
        "编辑{account}客户计划的正文",
        "修改{account}计划的内容",
        "{account}计划第三章改一下",
        "改一下{account}计划里的一章",
    ),
)
