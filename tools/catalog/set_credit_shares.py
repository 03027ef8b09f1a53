"""How the revenue of an account is shared among those who cover it."""

from collections.abc import Mapping
from decimal import Decimal

from sqlmodel import col, or_, select

from tools import resolve
from tools.access import Right
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data.models import Account, Coverage, Person
from tools.deps import Deps
from tools.errors import BadInput
from tools.labels import listing
from tools.text import Percent, text


def set_credit_shares(deps: Deps, account: str, shares: dict[str, Decimal]) -> Proposal:
    """Propose how an account's revenue is credited: a share per person, together 100 percent.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        shares: The share of each person in percent, e.g. {"Grace Tan": 60, "Moses Frase": 40};
            whoever else covers the account gets none.

    Source: K3 (profit sharing), house (per account).
    """
    if sum(shares.values(), Decimal(0)) != 100 or min(shares.values(), default=0) < 0:
        raise BadInput(text("The shares must sum to 100 percent.", "各人分成比例之和必须为 100%。"))
    with drafting(deps) as draft:
        draft.require(Right.CREDIT)
        found = draft.account(account)
        draft.guard(found)
        people = {
            resolve.person(draft.session, name, deps.asker).id or 0: Decimal(percent) / 100
            for name, percent in shares.items()
        }
        _share(draft, found, people)
        named = (
            text(
                "{person} {share}",
                "{person} {share}",
                person=draft.session.get_one(Person, person).name,
                share=Percent(share),
            )
            for person, share in people.items()
        )
        return draft.propose(
            text(
                "Credit the revenue of {account}: {shares}",
                "{account}的收入分成：{shares}",
                account=found.name,
                shares=listing(named),
            )
        )


def _share(draft: Draft, account: Account, people: Mapping[int, Decimal]) -> None:
    """On the first role that each person has today; their other roles count nothing."""
    today = draft.deps.today
    starts, ends = col(Coverage.starts_on), col(Coverage.ends_on)
    query = select(Coverage).where(
        Coverage.account_id == account.id,
        or_(starts.is_(None), starts <= today),
        or_(ends.is_(None), ends >= today),
    )
    left = dict(people)
    for row in draft.session.exec(query.order_by(col(Coverage.id))):
        share = left.pop(row.person_id, None)
        draft.change(row, credit_share=None if share is None else round(share, 4))
    if left:
        raise BadInput(
            text(
                "{people} does not cover {account}; assign the role first.",
                "{people}未负责{account}，请先分配角色。",
                people=listing(draft.session.get_one(Person, person).name for person in left),
                account=account.name,
            )
        )


EXAMPLES = Examples(
    en=(
        "set the credit shares of {account}",
        "split the revenue of {account} between the owner and the director",
        "change the profit sharing of {account}",
        "set who is credited how much for {account}",
        "share the revenue credit of {account}",
        "enter the sharing ratio of {account}",
        "split {account}'s credit 60% {person} and 40% {person}",
        "credit {account}: {person} 70%, {person} 30%",
    ),
    zh=(
        "设置{account}的分成比例",
        "设定{account}的收入分利",
        "修改{account}的分利比例",
        "登记{account}各负责人的分成",
        "把{account}的业绩按比例分给负责人",
        "录入{account}的分成规则",
        "{account}的收入{person}七成，{person}三成",
        "{account}的业绩{person}60%、{person}40%",
        "{account}分成{person}70%，{person}30%",
    ),
)
