"""An account review, closed: how every account of its scope stands is kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from tools import resolve
from tools.access import Right
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data import organisation
from tools.data.models import ReviewEntry, ReviewPeriod, Unit
from tools.data.reviews import COMPANY
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.periods import months_before
from tools.domain.score import Raw
from tools.errors import BadInput, NotAllowed
from tools.forms import past
from tools.labels import accounts
from tools.reviews import Side, live
from tools.selection import Filters, Selection
from tools.selection import select as selected
from tools.text import Text, text


@dataclass(frozen=True)
class _Scope:
    """What a review is of: a region, or the whole company."""

    key: str
    region: str

    @property
    def name(self) -> Text:
        if not self.region:
            return text("the company", "全公司")
        return text("{region}", "{region}", region=self.region)


def close_review(
    deps: Deps, *, region: str = "", since: date | None = None, until: date | None = None
) -> Proposal:
    """Propose to close an account review: every account's score, rank and tier at its end.

    Args:
        region: The region under review, e.g. "East"; your own where none is said.
        since: The first day of the period; where none is said, the day after the last review.
        until: The last day of the period; where none is said, the end of the last quarter.

    Source: K1 (review), house (default period).
    """
    with drafting(deps) as draft:
        draft.require(Right.REVIEW)
        scope = _scope(draft, region)
        begins, ends = _period(draft, scope, since, until)
        chosen, remarks = _chosen(draft, scope, ends)
        side = live(draft.session, deps, ends, chosen.company, practice=chosen.practice)
        for row in _kept_as_it_is(draft.session, scope):
            draft.guard(row)
        review = ReviewPeriod(
            scope=scope.key,
            period_start=begins,
            period_end=ends,
            closed_on=deps.today,
            closed_by_id=deps.asker.person_id,
            rules_version=side.version,
        )
        assumed = {"period_start": since, "period_end": until}
        number = draft.add(review, assumed=[name for name, day in assumed.items() if day is None])
        for customer in chosen.chosen:
            draft.add(_entry(side, customer), made={"review_id": number})
        return draft.propose(
            text(
                "Close the account review of {scope}, {since} to {until}: {count}",
                "关闭{scope} {since} 至 {until} 的客户评审：{count}",
                scope=scope.name,
                since=begins,
                until=ends,
                count=accounts(len(chosen.chosen)),
            ),
            remarks=remarks,
        )


def _scope(draft: Draft, region: str) -> _Scope:
    """The region named, or the asker's own; the company where the asker's unit is in none."""
    if region:
        named = resolve.region(draft.session, region)
        return _Scope(named, named)
    own = organisation.region_of(draft.session, draft.deps.asker.unit_id)
    return _Scope(own.name, own.name) if own else _Scope(COMPANY, "")


def _period(
    draft: Draft, scope: _Scope, since: date | None, until: date | None
) -> tuple[date, date]:
    """The days under review, which are over and in no closed review of the scope."""
    today = draft.deps.today
    ends = past(draft.deps, until or _last_quarter_end(today))
    closed = _closed(draft.session, scope)
    begins = since or _after(closed, ends)
    if begins > ends or any(c.period_start <= ends and begins <= c.period_end for c in closed):
        last = closed[0] if closed else None
        raise BadInput(
            text(
                "The review of {scope} cannot close {since} to {until}; it is closed until {last}.",
                "{scope}的评审无法关闭 {since} 至 {until}；已关闭到 {last}。",
                scope=scope.name,
                since=begins,
                until=ends,
                last=last.period_end if last else None,
            )
        )
    return begins, ends


def _last_quarter_end(today: date) -> date:
    return date(today.year, (today.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)


def _after(closed: list[ReviewPeriod], ends: date) -> date:
    """The day after the review closed last, or the first day of the quarter that ends then."""
    if closed:
        return closed[0].period_end + timedelta(days=1)
    return months_before(ends.replace(day=1), 2)


def _closed(session: Session, scope: _Scope) -> list[ReviewPeriod]:
    """The closed reviews of the scope, the newest period first."""
    query = select(ReviewPeriod).where(ReviewPeriod.scope == scope.key)
    return list(session.exec(query.order_by(col(ReviewPeriod.period_end).desc())))


def _chosen(draft: Draft, scope: _Scope, on: date) -> tuple[Selection, tuple[Text, ...]]:
    """The accounts of the scope that the asker reads in full, and how many are left out.

    A review of the company holds all accounts; raises `NotAllowed` where one is not read.
    """
    filters = Filters(region=scope.region)
    mine = selected(draft.session, draft.deps, on, filters)
    everything = selected(draft.session, draft.deps, on, filters, internal=False)
    unread = len(everything.chosen) - len(mine.chosen)
    if not everything.chosen:
        raise BadInput(text("{scope} has no account.", "{scope}没有客户。", scope=scope.name))
    if not mine.chosen:
        raise NotAllowed(
            text("You read no account of {scope}.", "{scope}没有您可查看的客户。", scope=scope.name)
        )
    if not unread:
        return mine, ()
    if not scope.region:
        raise NotAllowed(
            text(
                "A review of the company is closed by somebody who reads all accounts; {unread} "
                "of them you do not read in full. Name your region instead.",
                "全公司评审须由能查看全部客户的人关闭；您有 {unread} 家客户不能查看内部信息，"
                "请改为指定您的区域。",
                unread=unread,
            )
        )
    return mine, (
        text(
            "Left out, as you do not read them in full: {unread}.",
            "因您不能查看内部信息而未纳入：{unread}。",
            unread=accounts(unread),
        ),
    )


def _kept_as_it_is(session: Session, scope: _Scope) -> list[Unit | ReviewPeriod]:
    """The rows that two who close the same review at once would both change."""
    units = select(Unit).where(
        Unit.name == scope.region if scope.region else col(Unit.parent_id).is_(None)
    )
    return [*session.exec(units.order_by(col(Unit.id))), *_closed(session, scope)[:1]]


def _entry(side: Side, customer: Customer) -> ReviewEntry:
    place = side.place(customer)
    return ReviewEntry(
        review_id=0,
        account_id=customer.id,
        rank=place.rank,
        score=place.score,
        key_account=place.key,
        tier=place.tier,
        inputs=_values(side, customer),
    )


def _values(side: Side, customer: Customer) -> dict[str, str]:
    """The raw values of the factors, exact, by the factor's name."""
    known = side.inputs.get(customer.id, {})
    raws = {factor.value: raw for factor, raw in known.items() if isinstance(raw, Raw)}
    return {name: f"{raw.value.normalize():f}" for name, raw in raws.items()}


EXAMPLES = Examples(
    en=(
        "close the account review",
        "close the review of {region}",
        "close the review period until {until}",
        "close the account review of {region} for last quarter",
        "keep a snapshot of scores, ranks and tiers of {region}",
        "finish the account review and freeze the ranking",
        "close the review from {since} to {until}",
        "close the account review of the first half",
        "close this year's review",
        "finish the review of {region}",
    ),
    zh=(
        "关闭客户评审",
        "关闭{region}的评审",
        "关闭截至{until}的评审期",
        "把{region}上季度的客户评审关闭",
        "保存{region}积分、排名和分级的快照",
        "结束本期客户评审并固化排名",
        "关闭{since}到{until}的评审",
        "结束上半年的客户评审",
        "把今年的客户评审关掉",
    ),
)
