"""Closed account reviews, account by account."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlmodel import Session, col

from tools.access import Scope, scope_of
from tools.data.models import Account, ReviewEntry, ReviewPeriod
from tools.data.reviews import COMPANY
from tools.deps import Deps
from tools.export.table import Cell, Sheet
from tools.text import text

_AT_ONCE = 2_000
_WHOLE = text("company", "全公司")


@contextmanager
def reviews(deps: Deps) -> Iterator[Sheet]:
    """How each account that the asker reads in full stood at the end of each review."""
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        yield Sheet(
            text("Account reviews", "客户复盘"),
            (
                text("Review of", "复盘范围"),
                text("From", "开始"),
                text("Until", "截止"),
                text("Closed on", "完成日期"),
                text("Account", "客户"),
                text("Rank", "名次"),
                text("Composite score", "综合积分"),
                text("Key account", "大客户"),
                text("Tier", "级别"),
                text("Rule version", "规则版本"),
            ),
            _rows(session, scope),
        )


def _rows(session: Session, scope: Scope) -> Iterator[tuple[Cell, ...]]:
    query = (
        select(
            col(ReviewEntry.account_id),
            col(ReviewPeriod.scope),
            col(ReviewPeriod.period_start),
            col(ReviewPeriod.period_end),
            col(ReviewPeriod.closed_on),
            col(Account.name),
            col(ReviewEntry.rank),
            col(ReviewEntry.score),
            col(ReviewEntry.key_account),
            col(ReviewEntry.tier),
            col(ReviewPeriod.rules_version),
        )
        .join(ReviewPeriod, col(ReviewPeriod.id) == col(ReviewEntry.review_id))
        .join(Account, col(Account.id) == col(ReviewEntry.account_id))
        .order_by(
            col(ReviewPeriod.period_end).desc(),
            col(ReviewPeriod.id).desc(),
            col(ReviewEntry.rank),
            col(Account.name),
        )
        .execution_options(yield_per=_AT_ONCE)
    )
    for account, of, *rest in session.connection().execute(query):
        if scope.reads_fully(account):
            yield (_WHOLE if of == COMPANY else of, *rest)
