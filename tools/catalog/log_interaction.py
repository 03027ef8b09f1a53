"""A contact with a customer, logged."""

from datetime import date
from typing import Literal

from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.data.models import Interaction, InteractionContact
from tools.data.profile import contacts
from tools.deps import Deps
from tools.domain.vocabulary import Channel, Layer, Level
from tools.forms import needed, past, pick
from tools.text import text


def log_interaction(
    deps: Deps,
    account: str,
    summary: str,
    *,
    on: date | None = None,
    channel: Literal["visit", "meeting", "call", "message", "event"] | None = None,
    contact: str = "",
    executive: bool | None = None,
) -> Proposal:
    """Propose a record of a visit, meeting, call or message: what was said, when, with whom.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        summary: What was said or agreed, e.g. "They want a second line in May".
        on: The day, e.g. yesterday; today where none is said.
        channel: How it took place: visit, meeting, call, message or event.
        contact: Whom you met, e.g. "Li Na".
        executive: Whether an executive took part; otherwise told by the contact's layer.

    Source: K3 (closeness), house.
    """
    with drafting(deps) as draft:
        found = draft.account(account)
        account_id = found.id or 0
        known = contacts(draft.session, account_id, Level.PRIVATE_TOP)
        met = pick(known, contact, lambda c: c.name, "contact") if contact else None
        top = met is not None and met.layer is Layer.DECISION
        held = past(deps, on)
        note = draft.add(
            Interaction(
                account_id=account_id,
                person_id=deps.asker.person_id,
                held_on=held,
                channel=Channel(channel or Channel.MEETING),
                summary=needed(summary, text("summary", "内容摘要")),
                executive=top if executive is None else executive,
                source=deps.asker.name,
            ),
            assumed=[
                *(["held_on"] if on is None else []),
                *(["channel"] if channel is None else []),
                *(["executive"] if top and executive is None else []),
                "level",
            ],
        )
        if met is not None:
            link = InteractionContact(interaction_id=0, contact_id=met.id or 0)
            draft.add(link, made={"interaction_id": note})
        return draft.propose(
            text(
                "Log a contact with {account} on {day}",
                "登记 {day} 与{account}的联系",
                account=found.name,
                day=held,
            )
        )


EXAMPLES = Examples(
    en=(
        "log a visit to {account}",
        "log a call with {account} {on}",
        "record a meeting with {account}",
        "note that I met {account} today",
        "log that I visited {account} yesterday",
        "enter a visit to {account} in the records",
        "log an interaction with {account}",
        "met {contact} at {account} today",
        "had a call with {contact} at {account} yesterday",
        "log a call with {contact} at {account}",
        "visited {account} this morning, please log",
        "I spoke to {contact} from {account}",
        "log a visit to {account} on {on}, we talked about prices",
    ),
    zh=(
        "登记一次对{account}的拜访",
        "记录今天与{account}的会议",
        "记一下昨天拜访了{account}",
        "登记和{account}的电话沟通",
        "录入一次{account}拜访记录",
        "我刚拜访了{account}，请登记",
        "今天去拜访了{account}，帮我记一下",
        "昨天跟{account}的{contact}开了个会，麻烦记录",
        "跟{account}的{contact}通了电话，记一下",
        "帮我记一笔：昨天跟{account}通了电话",
        "刚和{account}的{contact}开完会",
        "{on}拜访了{account}，和{contact}聊了项目",
        "记一下跟{contact}的电话",
    ),
)
