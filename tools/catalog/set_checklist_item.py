"""An item of a checklist, ticked off with its evidence."""

from typing import Literal

from sqlmodel import Session, col, select

from kam_knowledge.checklists import Item
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.checklists import find
from tools.data.models import Account, ChecklistItem, ChecklistRun
from tools.deps import Deps
from tools.domain.vocabulary import ItemState
from tools.errors import BadInput
from tools.forms import pick
from tools.text import text


def set_checklist_item(
    deps: Deps,
    account: str,
    checklist: str,
    item: str,
    *,
    state: Literal["done", "open", "not_applicable"] = "done",
    evidence: str = "",
) -> Proposal:
    """Propose the state of one checklist item of an account, with its evidence.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        checklist: The checklist, e.g. "acquisition plan".
        item: The item, in its words, e.g. "team and sponsor".
        state: done, open or not_applicable.
        evidence: What shows it, e.g. "minutes of 3 May"; needed for done.

    Source: K1 (checklists), house.
    """
    used = find(checklist)
    ticked = pick(used.items, item, lambda i: i.zh if _chinese(item, i) else i.en, "item")
    if state == "done" and not evidence.strip():
        raise BadInput(text("What shows that it is done?", "请说明完成的依据。"), "evidence")
    with drafting(deps) as draft:
        found = draft.account(account)
        wanted = ChecklistItem(
            run_id=0,
            item=ticked.key,
            state=ItemState(state),
            evidence=evidence.strip() or None,
            person_id=deps.asker.person_id,
            decided_on=deps.today,
        )
        _set(draft, found, used.key, wanted)
        return draft.propose(
            text(
                "{account}, {checklist}: {item}",
                "{account}，{checklist}：{item}",
                account=found.name,
                checklist=text(used.en, used.zh),
                item=text(ticked.en, ticked.zh),
            )
        )


def _chinese(said: str, item: Item) -> bool:
    return any(character in item.zh for character in said if ord(character) > 0x2E80)


def _set(draft: Draft, account: Account, checklist: str, wanted: ChecklistItem) -> None:
    """In the newest run of the checklist, or in a new one where none is open."""
    run = _run(draft.session, account.id or 0, checklist)
    if run is None:
        draft.guard(account)
        begun = ChecklistRun(
            account_id=account.id or 0, checklist=checklist, started_on=draft.deps.today
        )
        draft.add(wanted, made={"run_id": draft.add(begun, assumed=("started_on",))})
        return
    query = select(ChecklistItem).where(
        ChecklistItem.run_id == run.id, ChecklistItem.item == wanted.item
    )
    held = draft.session.exec(query).first()
    if held is None:
        wanted.run_id = run.id or 0
        draft.add(wanted)
    elif (held.state, held.evidence) != (wanted.state, wanted.evidence):
        draft.change(
            held,
            state=wanted.state,
            evidence=wanted.evidence,
            decided_on=wanted.decided_on,
            person_id=wanted.person_id,
        )


def _run(session: Session, account_id: int, checklist: str) -> ChecklistRun | None:
    query = select(ChecklistRun).where(
        ChecklistRun.account_id == account_id,
        ChecklistRun.checklist == checklist,
        col(ChecklistRun.finished_on).is_(None),
    )
    newest = query.order_by(col(ChecklistRun.started_on).desc(), col(ChecklistRun.id).desc())
    return session.exec(newest).first()


EXAMPLES = Examples(
    en=(
        "tick off an item of the {checklist} checklist for {account}",
        "mark an item of the {checklist} of {account} as done",
        "set a checklist item of {account} to done",
        "check off a {checklist} item for {account}",
        "mark a {checklist} item of {account} as not applicable",
        "complete an item of {account}'s {checklist}",
        "the first item of the {checklist} is done for {account}",
        "tick the decision structure item for {account}",
        "that checklist item at {account} is not applicable",
    ),
    zh=(
        "把{account}的{checklist}中的一项标记为完成",
        "勾选{account}的{checklist}条目",
        "将{account}{checklist}的一项改为已完成",
        "登记{account}的{checklist}某项完成",
        "把{account}{checklist}的一项设为不适用",
        "更新{account}的{checklist}条目状态",
        "{checklist}的第一项{account}做完了",
        "{account}的{checklist}第二项完成了",
        "把{account}{checklist}的这一项勾掉",
        "{account}的检查项已完成，打勾",
    ),
)
