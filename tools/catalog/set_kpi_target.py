"""The target of a KPI, or what was reached where nothing computes it."""

from datetime import date
from decimal import Decimal

from sqlmodel import col, select

from tools import resolve
from tools.access import Right
from tools.catalog.spec import Examples
from tools.changes import Draft, Proposal, drafting
from tools.data.models import KpiFigure
from tools.data.models.base import Record
from tools.deps import Deps
from tools.errors import BadInput
from tools.forms import currency_of
from tools.kpi_labels import KPIS, Counted, Subject, kpi_named
from tools.text import Text, Value, text


def set_kpi_target(
    deps: Deps,
    kpi: str,
    amount: Decimal,
    *,
    account: str = "",
    person: str = "",
    unit: str = "",
    since: date | None = None,
    until: date | None = None,
    currency: str = "",
    actual: bool = False,
    source: str = "",
) -> Proposal:
    """Propose the target of a KPI for a customer, colleague or team and a period.

    Args:
        kpi: The KPI, e.g. "retention", "key account revenue" or "executive visits".
        amount: The target, in money, in percent (0 to 100) or as a number, e.g. 95.
        account: The customer that it is for, e.g. "Merrowick Semiconductor".
        person: The colleague that it is for, e.g. "Grace Tan" or "me".
        unit: The team that it is for, e.g. "East" or "my team".
        since: The first day of the period; the start of the year where none is said.
        until: The last day of the period; the end of the year where none is said.
        currency: The currency of an amount of money, e.g. "USD".
        actual: Whether the figure was reached, not aimed at; only where no tool computes it.
        source: Where this is known from, e.g. "budget meeting".

    Source: K1, K5, house (set of KPIs).
    """
    key = kpi_named(kpi)
    begins, ends = _period(deps, since, until)
    counted, taken = _unit(deps, key, currency)
    with drafting(deps) as draft:
        draft.require(Right.TARGETS)
        kind, subject, name = _subject(draft, account=account, person=person, unit=unit)
        if actual:
            _check_actual(deps, key, kind, begins)
        draft.guard(subject)
        figure = KpiFigure(
            kpi=key,
            target=not actual,
            period_start=begins,
            period_end=ends,
            amount=_amount(key, amount),
            unit=counted,
            source=source.strip() or deps.asker.name,
        )
        setattr(figure, f"{kind}_id", subject.id)
        assumed = [
            *(["period_start"] if since is None else []),
            *(["period_end"] if until is None else []),
            *(["unit"] if taken else []),
        ]
        _put(draft, figure, assumed)
        return draft.propose(_title(key, name, begins, ends, actual=actual))


def _period(deps: Deps, since: date | None, until: date | None) -> tuple[date, date]:
    """The period, of the calendar year around the day that is said or today."""
    year = (since or until or deps.today).year
    begins, ends = since or date(year, 1, 1), until or date(year, 12, 31)
    if begins > ends:
        raise BadInput(
            text(
                "The period ends on {until}, before it begins on {since}.",
                "期间结束日 {until} 早于开始日 {since}。",
                since=begins,
                until=ends,
            )
        )
    return begins, ends


def _unit(deps: Deps, key: str, currency: str) -> tuple[str, bool]:
    """What the figure is counted in, and whether the currency is assumed."""
    match KPIS[key].counted:
        case Counted.MONEY:
            return currency_of(deps, currency)
        case Counted.PERCENT:
            return "%", False
        case Counted.NUMBER:
            return "count", False


def _amount(key: str, amount: Decimal) -> Decimal:
    """The figure with four places; only growth and profit may be negative, only growth may
    pass 100 percent, and numbers are whole."""
    counted = KPIS[key].counted
    low = amount >= 0 or key in ("growth", "profit")
    high = counted is not Counted.PERCENT or key == "growth" or amount <= 100
    whole = counted is not Counted.NUMBER or amount == amount.to_integral_value()
    if low and high and whole:
        return round(amount, 4)
    raise BadInput(
        text(
            "{amount} does not fit {kpi}: a share goes from 0 to 100, a number is whole.",
            "{amount} 不适用于{kpi}：比例为 0 至 100，数量须为整数。",
            amount=amount,
            kpi=KPIS[key].label,
        )
    )


def _subject(draft: Draft, *, account: str, person: str, unit: str) -> tuple[Subject, Record, str]:
    """Whose figure it is: exactly one of the three must be named."""
    if sum(map(bool, (account, person, unit))) != 1:
        raise BadInput(
            text(
                "Name the one customer, colleague or team that the figure is for.",
                "请指明该指标属于哪一个客户、同事或部门（只选其一）。",
            )
        )
    if account:
        customer = draft.account(account)
        return "account", customer, customer.name
    if person:
        colleague = resolve.person(draft.session, person, draft.deps.asker)
        return "person", colleague, colleague.name
    team = resolve.unit(draft.session, unit, draft.deps.asker)
    return "unit", team, team.name


def _check_actual(deps: Deps, key: str, kind: Subject, begins: date) -> None:
    if kind in KPIS[key].computed:
        raise BadInput(
            text(
                "{kpi} is computed from the records here; only its target is set.",
                "{kpi}由系统根据记录计算，只能设定目标。",
                kpi=KPIS[key].label,
            )
        )
    if begins > deps.today:
        raise BadInput(text("{day} is still to come.", "{day} 还没有到。", day=begins))


def _put(draft: Draft, figure: KpiFigure, assumed: list[str]) -> None:
    """The newest figure of that subject and period is changed; else one is made."""
    key = ("kpi", "target", "unit_id", "person_id", "account_id", "period_start", "period_end")
    same = {name: getattr(figure, name) for name in key}
    query = select(KpiFigure).filter_by(**same).order_by(col(KpiFigure.id).desc()).limit(1)
    held = draft.session.exec(query).first()
    if held is None:
        draft.add(figure, assumed=assumed)
    else:
        stated = {"amount": figure.amount, "unit": figure.unit, "source": figure.source}
        draft.change(held, assumed=assumed, **stated)


def _title(key: str, name: str, begins: date, ends: date, *, actual: bool) -> Text:
    values: dict[str, Value] = {
        "kpi": KPIS[key].label,
        "name": name,
        "since": begins,
        "until": ends,
        "side": text("Actual", "实际值") if actual else text("Target", "目标"),
    }
    return text(
        "{side} of {name} for {kpi}, {since} to {until}",
        "{name} {since} 至 {until} 的{kpi}{side}",
        **values,
    )


EXAMPLES = Examples(
    en=(
        "set a KPI target for {unit}",
        "set the {kpi} target of {person}",
        "enter the revenue target of {unit} for next year",
        "set a target of {amount} for {kpi} at {account}",
        "change the KPI target of {account}",
        "record how many executive visits {person} made",
        "the target of {unit} for {kpi} becomes {amount}",
        "target for {person} this year: {amount}",
        "set {person}'s revenue target to {amount}",
        "{unit}'s target for growth is {percent}",
        "this quarter {person} has to reach {amount}",
        "target for {person} this year",
        "set a retention target for {person}",
    ),
    zh=(
        "设定{unit}的KPI目标",
        "设置{person}的{kpi}目标",
        "录入{unit}明年的收入目标",
        "把{account}的{kpi}目标定为{amount}",
        "修改{account}的KPI目标值",
        "登记{person}的高层拜访实际次数",
        "给{unit}下达指标",
        "给{person}定今年的收入目标{amount}",
        "{person}今年的收入目标是{amount}",
        "{unit}今年目标定{amount}",
        "{person}的指标定为{amount}",
        "把{unit}的收入目标调到{amount}",
        "{person}今年的目标",
    ),
)
