"""An activity of the plan that introduces key account management, changed or done."""

from datetime import date
from typing import Any, Literal

from sqlmodel import col, select

from tools import resolve
from tools.access import Right
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import RolloutActivity
from tools.deps import Deps
from tools.errors import BadInput
from tools.forms import pick, stated
from tools.text import text


def update_rollout(
    deps: Deps,
    activity: str,
    *,
    state: Literal["open", "done"] | None = None,
    person: str = "",
    since: date | None = None,
    until: date | None = None,
    resources: str = "",
    deliverable: str = "",
) -> Proposal:
    """Propose that an activity of the roll-out plan is done, or its dates, owner or resources.

    Args:
        activity: The activity, in its words, e.g. "train the managers".
        state: done where it is finished, else open.
        person: Who is responsible, e.g. "Grace Tan" or "me".
        since: When it begins, e.g. 2018-03-01.
        until: When it ends, e.g. 2018-06-30.
        resources: What it takes, e.g. "two trainers".
        deliverable: What comes out, e.g. "a trained team".

    Source: K1.
    """
    with drafting(deps) as draft:
        draft.require(Right.CONFIGURE)
        query = select(RolloutActivity).order_by(col(RolloutActivity.position))
        rows = list(draft.session.exec(query))
        meant = pick(rows, activity, lambda row: row.activity, "activity")
        owner = resolve.person(draft.session, person, deps.asker) if person else None
        begins, ends = since or meant.starts_on, until or meant.ends_on
        if begins is not None and ends is not None and begins > ends:
            raise BadInput(
                text("The activity ends before it begins.", "该活动的结束日早于开始日。")
            )
        fields: dict[str, Any] = stated(
            owner_id=owner.id if owner else None,
            starts_on=since,
            ends_on=until,
            resources=resources.strip(),
            deliverable=deliverable.strip(),
        )
        if state is not None:
            fields["done_on"] = (meant.done_on or deps.today) if state == "done" else None
        draft.change(meant, assumed=("done_on",), **fields)
        return draft.propose(
            text(
                "Update the roll-out: {activity}",
                "更新推行计划：{activity}",
                activity=meant.activity,
            )
        )


EXAMPLES = Examples(
    en=(
        "the roll-out activity {activity} is done",
        "update the roll-out plan",
        "mark an activity of the roll-out as done",
        "move the roll-out activity {activity} to {until}",
        "make {person} responsible for the roll-out activity {activity}",
        "change the dates of a roll-out activity",
        "mark that roll-out activity as done",
        "the training is done in the roll-out",
        "move the roll-out of {activity} to {until}",
    ),
    zh=(
        "推行计划的活动{activity}已完成",
        "更新推行计划",
        "把推行活动标记为完成",
        "把推行活动{activity}延到{until}",
        "让{person}负责推行活动{activity}",
        "修改推行活动的日期",
        "复评已经做完了",
        "推广里的培训完成了",
        "{activity}已经完成",
        "推广计划的{activity}延到{until}",
    ),
)
