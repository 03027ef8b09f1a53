"""What happened on accounts within a period, in words."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlmodel import Session

from tools.changes.labels import member
from tools.changes.rows import Edit, read
from tools.changes.show import ChangedField, shown
from tools.data import history
from tools.data.models import ChangeLine, Coverage, Interaction, Need, Opportunity, Plan, Risk
from tools.domain.history import Event, Happened
from tools.domain.periods import Period
from tools.domain.vocabulary import RecordState, Stage
from tools.labels import COVERAGE_ROLES
from tools.record_labels import DIMENSION, HORIZON, PLAN_STATUS, RISK, STAGE
from tools.text import Money, Text, Value, text

_LONGEST = 120
_PARENTS = {"checklist_item": ("run_id", "checklist_run"), "plan_section": ("plan_id", "plan")}
# Records that appear by the day that they tell of, when they are made.
_TOLD = {"coverage", "evaluation", "interaction", "interaction_contact", "need", "opportunity"}
_TOLD |= {"plan", "risk"}


def events(session: Session, period: Period, accounts: Collection[int]) -> Iterator[Event]:
    """Everything recorded of these accounts in the period, in no order."""
    yield from _interactions(history.interactions(session, period, accounts))
    yield from _deals(history.deals(session, period, accounts), period)
    yield from _records(session, period, accounts)
    yield from _plans(history.plans(session, period, accounts), period)
    yield from _coverage(history.coverage(session, period, accounts), period)
    yield from _changes(session, period, set(accounts))


def _interactions(found: Iterable[history.Row]) -> Iterator[Event]:
    for row, by in found:
        meeting: Interaction = row
        what = text(
            "{channel}: {summary}",
            "{channel}：{summary}",
            channel=member(meeting.channel),
            summary=_short(meeting.summary),
        )
        yield Event(meeting.held_on, meeting.account_id, Happened.INTERACTION, what, by)


def _deals(found: Iterable[history.Row], period: Period) -> Iterator[Event]:
    for row, by in found:
        deal: Opportunity = row
        account = deal.account_id or 0
        if deal.engaged_on and deal.engaged_on in period:
            yield Event(deal.engaged_on, account, Happened.DEAL_BEGUN, _deal(deal, None), by)
        if deal.closed_on and deal.closed_on in period:
            yield Event(deal.closed_on, account, Happened.DEAL_CLOSED, _deal(deal, deal.stage), by)


def _deal(deal: Opportunity, stage: Stage | None) -> Text:
    value: Value = deal.value
    if deal.value is not None and deal.currency:
        value = Money(deal.value, deal.currency)
    return text(
        "{name}{stage}, {value}",
        "{name}{stage}，{value}",
        name=deal.name or deal.external_id or str(deal.id),
        stage=text(": {stage}", "：{stage}", stage=STAGE[stage]) if stage else "",
        value=value if value is not None else text("no value", "无金额"),
    )


def _records(session: Session, period: Period, accounts: Collection[int]) -> Iterator[Event]:
    for row, by in history.evaluations(session, period, accounts):
        what = text(
            "{dimension}: {points}",
            "{dimension}：{points}",
            dimension=DIMENSION[row.dimension],
            points=row.points,
        )
        yield Event(row.held_on, row.account_id, Happened.EVALUATION, what, by)
    for row, by in history.risks(session, period, accounts):
        yield Event(row.as_of, row.account_id, Happened.RISK, _risk(row), by)
    for row, by in history.needs(session, period, accounts):
        yield Event(row.as_of, row.account_id, Happened.NEED, _need(row), by)


def _risk(risk: Risk) -> Text:
    return text(
        "{kind}: {what} (likelihood × impact {product}{state})",
        "{kind}：{what}（可能性 × 影响 {product}{state}）",
        kind=RISK[risk.kind],
        what=_short(risk.description),
        product=risk.likelihood * risk.impact,
        state=_closed(risk.state),
    )


def _need(need: Need) -> Text:
    return text(
        "{horizon}: {what}{state}",
        "{horizon}：{what}{state}",
        horizon=HORIZON[need.horizon],
        what=_short(need.description),
        state=_closed(need.state),
    )


def _closed(state: RecordState) -> Value:
    return text(", closed", "，已关闭") if state is RecordState.CLOSED else ""


def _plans(found: Iterable[history.Row], period: Period) -> Iterator[Event]:
    for row, by in found:
        plan: Plan = row
        if plan.updated_on in period:
            what = text(
                "edition {edition} updated ({status})",
                "第 {edition} 版更新（{status}）",
                edition=plan.edition,
                status=PLAN_STATUS[plan.status],
            )
            yield Event(plan.updated_on, plan.account_id, Happened.PLAN, what, by)
        if plan.approved_on and plan.approved_on in period:
            what = text("edition {edition} approved", "第 {edition} 版获批准", edition=plan.edition)
            yield Event(plan.approved_on, plan.account_id, Happened.PLAN, what, None)


def _coverage(found: Iterable[history.Row], period: Period) -> Iterator[Event]:
    for row, by in found:
        held: Coverage = row
        role = COVERAGE_ROLES[held.role]
        if held.starts_on and held.starts_on in period:
            what = text("{who} becomes {role}", "{who}成为{role}", who=by, role=role)
            yield Event(held.starts_on, held.account_id, Happened.COVERAGE, what, by)
        if held.ends_on and held.ends_on in period:
            what = text("{who} ends as {role}", "{who}不再是{role}", who=by, role=role)
            yield Event(held.ends_on, held.account_id, Happened.COVERAGE, what, by)


def _changes(session: Session, period: Period, accounts: set[int]) -> Iterator[Event]:
    """Fields changed by confirmed change sets; whatever has an event of its own is left out."""
    for change, by in history.changes(session, period):
        made = history.lines(session, change.id or 0)
        of = {
            line.position: account
            for line in made
            if not (line.table_name in _TOLD and not line.before)
            and (account := _account_of(session, line)) in accounts
        }
        day = change.decided_at.date() if change.decided_at else date.min
        if of:
            for field in shown(session, change, made).fields:
                account = of.get(field.position)
                if account is not None:
                    yield Event(day, account, Happened.CHANGE, _field(field), by)


def _field(field: ChangedField) -> Text:
    return text(
        "{record}, {field}: {before} → {after}",
        "{record}，{field}：{before} → {after}",
        record=field.record,
        field=field.field,
        before=_shortened(field.before),
        after=_shortened(field.after),
    )


def _account_of(session: Session, line: ChangeLine) -> int | None:
    """The account that a changed row belongs to; None for a row of the company's own."""
    if line.table_name == "account":
        return line.record_id
    row = {**line.before, **line.after}
    edit = Edit(line.table_name, line.record_id, None, line.before, line.after)
    if "account_id" not in row:
        row = {**(read(session, edit) or {}), **row}
    if line.table_name in _PARENTS:
        field, parent = _PARENTS[line.table_name]
        row = read(session, Edit(parent, row.get(field), None, {}, {})) or {}
    account = row.get("account_id")
    return account if isinstance(account, int) else None


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _shortened(value: Value) -> Value:
    return _short(value) if isinstance(value, str) else value
