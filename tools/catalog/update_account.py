"""Facts about an account, changed."""

from datetime import date
from typing import Literal

from tools import resolve
from tools.access import scope_of
from tools.catalog.spec import Examples
from tools.changes import Proposal, drafting
from tools.deps import Deps
from tools.domain.names import name_key
from tools.domain.vocabulary import AccountStatus
from tools.errors import BadInput
from tools.forms import stated
from tools.text import text


def update_account(
    deps: Deps,
    account: str,
    *,
    new_name: str = "",
    segment: str = "",
    region: str = "",
    city: str = "",
    country: str = "",
    status: Literal["prospect", "active", "former"] | None = None,
    parent: str = "",
    customer_since: date | None = None,
    founded: int | None = None,
    employees: int | None = None,
    website: str = "",
) -> Proposal:
    """Propose new values for an account: name, segment, region, city, status, parent, size.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        new_name: Its new name, e.g. "Kancode Ltd".
        segment: Its industry, e.g. "retail".
        region: Its sales region, e.g. "East".
        city: Where it is, e.g. "Shanghai".
        country: Its country, e.g. "China".
        status: Whether it buys: prospect, active or former.
        parent: The customer that it belongs to, e.g. "Acme Corporation".
        customer_since: The day it became a customer, e.g. 2016-03-01.
        founded: The year it was founded, e.g. 1998.
        employees: How many people it employs, e.g. 1200.
        website: Its address on the web, e.g. "kan-code.example".

    Source: house.
    """
    if employees is not None and employees < 0:
        raise BadInput(text("The number of employees is negative.", "员工人数不能为负。"))
    if founded is not None and not 1000 <= founded <= deps.today.year:
        raise BadInput(
            text("{year} is no founding year.", "{year} 不是有效的成立年份。", year=str(founded))
        )
    with drafting(deps) as draft:
        found = draft.account(account)
        fields = stated(
            name=new_name.strip(),
            segment=segment,
            region=region,
            city=city,
            country=country,
            status=AccountStatus(status) if status else None,
            customer_since=customer_since,
            founded=founded,
            employees=employees,
            website=website,
        )
        if new_name.strip():
            fields["name_key"] = name_key(new_name)
        if parent:
            scope = scope_of(draft.session, deps.asker, deps.today)
            above = resolve.account(draft.session, parent, scope)
            if above.id == found.id:
                raise BadInput(text("An account is not its own parent.", "客户不能是自己的上级。"))
            fields["parent_id"] = above.id
        draft.change(found, **fields)
        return draft.propose(text("Update {account}", "更新{account}", account=found.name))


EXAMPLES = Examples(
    en=(
        "update the account {account}",
        "change the city of {account}",
        "set the segment of {account} to {segment}",
        "correct the website of {account}",
        "change the status of {account} to former",
        "move {account} to region {region} in the records",
        "{account} is a former customer now, update it",
        "set the number of employees of {account}",
        "{account} is now in {city}",
        "{account} moved to {city}",
        "rename {account} to {new_name}",
        "{account} has 3200 employees now",
        "the website of {account} is {website}",
        "{account} is no longer a customer",
    ),
    zh=(
        "更新{account}的客户资料",
        "修改{account}的城市",
        "把{account}的行业改为{segment}",
        "更正{account}的网站",
        "把{account}的区域改为{region}",
        "修改客户{account}的员工人数",
        "{account}改名了，更新一下",
        "把{account}的官网改成新网址",
        "{account}搬到{city}了",
        "把{account}的地址改到{city}",
        "{account}更名为{new_name}",
        "把{account}的员工数改成3200",
        "{account}现在归{region}",
        "{account}已经不是我们的客户了",
        "把{account}的website改成{website}",
    ),
)
