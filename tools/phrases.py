"""Sentences that several results share: periods, rule versions, what amounts leave out."""

from collections.abc import Iterator, Sequence
from datetime import date

from tools.domain.periods import Period
from tools.domain.rules import RuleSet
from tools.domain.sales import Tally
from tools.errors import BadInput
from tools.text import Text, text


def period_of(since: date | None, until: date | None) -> Period:
    """The period of the two arguments; refuses one that ends before it begins."""
    period = Period(since, until)
    if period.empty:
        raise BadInput(
            text(
                "The period ends ({until}) before it begins ({since}); swap the two days.",
                "期间的结束日（{until}）早于开始日（{since}），请对调。",
                since=since,
                until=until,
            )
        )
    return period


def in_period(period: Period) -> Text:
    """ "in 2017", "from 2017-04-01 to 2017-06-30", "since …", "until …", "in all records"."""
    since, until = period.since, period.until
    if since and until:
        if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
            return _years(since.year, until.year)
        if since == until:
            return text("on {day}", "{day} 当天", day=since)
        return text("from {since} to {until}", "{since} 至 {until} 期间", since=since, until=until)
    if since:
        return text("since {since}", "{since} 以来", since=since)
    if until:
        return text("until {until}", "截至 {until}", until=until)
    return text("in all records", "全部记录中")


def closing_in(period: Period) -> Text:
    """ "expected to close from …", "expected to close in all records"."""
    return text("expected to close {period}", "预计{period}关闭", period=in_period(period))


def _years(first: int, last: int) -> Text:
    if first == last:
        return text("in {year}", "{year} 年", year=str(first))
    return text(
        "from {first} to {last}", "{first} 年至 {last} 年", first=str(first), last=str(last)
    )


def rules_line(rules: RuleSet) -> Text:
    """Which rules a result was computed with."""
    return text("Rules version {version}", "规则版本 {version}", version=rules.version)


def gaps(tally: Tally) -> Iterator[Text]:
    """What the amounts of a tally leave out."""
    base = tally.total.currency
    for amount in tally.unconverted:
        yield text(
            "{amount} is not in the total: no exchange rate into {base} for its days.",
            "{amount} 未计入合计：缺少当日兑换 {base} 的汇率。",
            amount=amount,
            base=base,
        )
    if tally.valueless:
        yield text(
            "Deals without a value: {count}; they are counted but not summed.",
            "没有金额的商机：{count} 个，计入个数，未计入金额。",
            count=tally.valueless,
        )


def assumptions(tally: Tally) -> Iterator[Text]:
    """What the amounts of a tally take for granted."""
    if tally.assumed:
        yield text(
            "Deals without a currency are assumed to be in {base}.",
            "未注明币种的商机按 {base} 计（假定）。",
            base=tally.total.currency,
        )


def limited() -> Text:
    """That the asker sees a part of the company's deals."""
    return text(
        "Only deals you may read are counted: those of your accounts and those your people sold.",
        "仅统计您有权查看的商机：您的客户，以及您和下属经手的商机。",
    )


def listed(filters: Sequence[Text]) -> Text:
    """The filters in brackets after a sentence's fact; nothing where there are none."""
    if not filters:
        return text("", "")
    slots = [f"{{f{position}}}" for position in range(len(filters))]
    named = {f"f{position}": name for position, name in enumerate(filters)}
    return Text(f" ({', '.join(slots)})", f"（{'，'.join(slots)}）", named)


def undated(count: int) -> Text:
    """That deals without a day are left out of a period."""
    return text(
        "Deals without a date: {count}; they lie in no period and are left out.",
        "没有日期的商机：{count} 个，无法归入期间，未计入。",
        count=count,
    )


def not_expected(count: int) -> Text:
    """That open deals without an expected closing day are left out of a period."""
    return text(
        "Open deals without an expected closing day: {count}; they are left out.",
        "没有预计关闭日的未关闭商机：{count} 个，未计入。",
        count=count,
    )


def cut(shown: int, groups: int, kind: Text) -> Text:
    """That a list shows its first rows only."""
    return text(
        "Shown are {shown} of {groups} {kind}.",
        "共 {groups} {kind}，显示前 {shown} 项。",
        shown=shown,
        groups=groups,
        kind=kind,
    )
