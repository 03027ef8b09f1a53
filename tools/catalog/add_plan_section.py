"""A section that an account plan lacks, written."""

from tools.access import PLAN_REVIEW_KEY
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.answers import sections
from tools.data.models import PlanSection
from tools.data.profile import current_plan
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.vocabulary import PlanStatus
from tools.errors import BadInput
from tools.forms import needed
from tools.plan_labels import TOPICS, topic_named
from tools.text import text


def add_plan_section(deps: Deps, account: str, section: str, body: str) -> Proposal:
    """Propose a new section for the draft of an account's plan.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        section: Its topic or title, e.g. "competition".
        body: Its text, in Markdown.

    Source: K2, house (topics).
    """
    words = needed(body, text("text of the section", "章节正文"))
    said = needed(section, text("title of the section", "章节标题"))
    topic = topic_named(said)
    title = TOPICS[topic].render(deps.language) if topic else said
    key = topic.value if topic else name_key(said)
    if key.startswith(PLAN_REVIEW_KEY):
        raise BadInput(text("Choose another title.", "请换一个标题。"))
    with drafting(deps) as draft:
        found = draft.account(account)
        plan = current_plan(draft.session, found.id or 0)
        if plan is None or plan.status is not PlanStatus.DRAFT:
            raise BadInput(
                text(
                    "{name} has no draft of a plan; start one first.",
                    "{name}没有计划草稿，请先新建。",
                    name=found.name,
                )
            )
        written = sections(draft.session, plan.id or 0)
        if key in {row.key for row in written}:
            raise BadInput(
                text(
                    "The plan of {name} has a section “{section}” already; rewrite that one.",
                    "{name}的计划已有“{section}”一章，请直接改写。",
                    name=found.name,
                    section=title,
                )
            )
        position = max((row.position for row in written), default=0) + 1
        row = PlanSection(plan_id=plan.id or 0, key=key, position=position, title=title, body=words)
        draft.add(row, assumed=("level",))
        draft.change(plan, updated_on=deps.today)
        return draft.propose(
            text(
                "New section “{section}” in the plan of {account}",
                "在{account}的计划中新增“{section}”",
                section=title,
                account=found.name,
            )
        )


EXAMPLES = Examples(
    en=(
        "add a section to the plan of {account}",
        "write the section {section} of {account}'s plan",
        "add {section} to the account plan of {account}",
        "add a new section about {section} to the plan of {account}",
        "the plan of {account} needs a section {section}",
        "put a section into the draft plan of {account}",
        "add a section to {account}'s plan",
    ),
    zh=(
        "给{account}的计划新增一章",
        "在{account}的客户计划里写{section}这一章",
        "为{account}的计划添加{section}章节",
        "{account}的计划补充{section}一章",
        "往{account}的计划草稿里加一个章节",
        "{account}的客户计划缺{section}，新增该章",
        "在{account}的计划里加一节",
        "{account}计划加一章",
        "在{account}的计划里加一节内容",
        "给{account}的客户计划加一段",
    ),
)
