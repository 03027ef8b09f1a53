"""Money figures of customers into the records: yearly figures and shares of the wallet."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from tools.data.importing.context import Context, key_of, live, stated_values
from tools.data.importing.finder import Draft, Target, table_of
from tools.data.importing.rows import Row
from tools.data.models import Financial, WalletShare
from tools.domain.vocabulary import Level, Measure
from tools.text import text

_PUBLIC = {Measure.COMPANY_REVENUE: Level.PUBLIC}
WALLET = Target("wallet_share", WalletShare, (("account_id", "year", "supplier", "category"),))
FINANCIAL = Target("financial", Financial, (("account_id", "year", "measure", "forecast"),))


def write_own_revenue(context: Context, drafts: Sequence[Draft]) -> None:
    """What the customer itself earns; the unit may be left open by the file."""
    figures = []
    for account in drafts:
        row = account.row
        if "revenue" not in row.values:
            continue
        year = row.get("revenue_year") or context.stated.year
        figure = {"measure": Measure.COMPANY_REVENUE, "year": year, "forecast": False}
        figures.append(
            _figure(context, row, figure | {"account_id": account.id}, row.values["revenue"])
        )
    if not figures:
        return
    _adopt_undated(context, figures)
    context.store.save(FINANCIAL, figures)
    if any(figure.values["currency"] is None for figure in figures):
        context.tally["revenue without unit"] += len(figures)


def _figure(context: Context, row: Row, key: dict[str, Any], amount: Decimal) -> Draft:
    """A money figure; one without currency or year is an assumption."""
    measure = Measure(key["measure"])
    currency = row.get("currency")
    values = key | {"amount": amount, "currency": currency} | stated_values(row, "as_of", "level")
    return Draft(
        row,
        values,
        first={
            "confirmed": currency is not None and key["year"] is not None,
            "level": int(_PUBLIC.get(measure, Level.PRIVATE)),
        },
        along=context.provenance(),
        label=f"{row.get('name') or row.get('account')} {measure.value}",
    )


def _adopt_undated(context: Context, figures: Sequence[Draft]) -> None:
    """A figure whose year is stated now takes the place of the one imported without."""
    dated = [figure for figure in figures if figure.values["year"] is not None]
    if not dated:
        return
    table = table_of(Financial)
    query = select(table.c.id, table.c.account_id, table.c.year).where(
        table.c.account_id.in_([figure.values["account_id"] for figure in dated]),
        table.c.measure == Measure.COMPANY_REVENUE,
        table.c.forecast.is_(False),
    )
    stored = context.run.session.execute(query).all()
    present = {(row.account_id, row.year) for row in stored}
    undated = {row.account_id: row.id for row in stored if row.year is None}
    for figure in dated:
        account = figure.values["account_id"]
        if (account, figure.values["year"]) not in present and account in undated:
            figure.id = undated[account]
            figure.values["confirmed"] = figure.first["confirmed"]


def write_financials(context: Context, rows: Sequence[Row]) -> None:
    """Yearly figures: one per row (measure and amount), or one column per measure."""
    context.refer(rows, "account", "account")
    drafts: list[Draft] = []
    keys: dict[int, list[str]] = {}
    for row in live(rows):
        figures = _figures_of(context, row)
        if not figures:
            row.refuse("amount", text("the row holds no figure", "该行没有任何数值"), "")
        drafts += figures
        keys[id(row)] = [_figure_key(figure) for figure in figures]
    context.refuse_repeats(rows, keys)
    context.store.save(FINANCIAL, drafts)


def _figures_of(context: Context, row: Row) -> list[Draft]:
    amounts = {measure: row.values[measure] for measure in Measure if measure.value in row.values}
    if row.get("measure") and "amount" in row.values:
        amounts[row.values["measure"]] = row.values["amount"]
    key = {
        "account_id": row.ids["account"],
        "year": row.get("year") or context.stated.year,
        "forecast": row.get("forecast") or False,
    }
    return [_figure(context, row, key | {"measure": m}, amount) for m, amount in amounts.items()]


def _figure_key(figure: Draft) -> str:
    parts = (figure.values[name] for name in ("account_id", "year", "measure", "forecast"))
    return key_of("measure", *parts)


def write_wallet(context: Context, rows: Sequence[Row]) -> None:
    """What customers buy from each supplier."""
    context.refer(rows, "account", "account")
    drafts = []
    for row in live(rows):
        values = stated_values(
            row, "year", "supplier", "amount", "ours", "forecast", "as_of", "level"
        )
        values |= {"account_id": row.ids["account"], "category": row.get("category") or ""}
        values["currency"] = needed_currency(context, row)
        label = f"{row.values['account']} {row.values['supplier']}"
        drafts.append(Draft(row, values, along=context.provenance(), label=label))
    keys = {id(d.row): [key_of("supplier", *(d.values[n] for n in WALLET.keys[0]))] for d in drafts}
    context.refuse_repeats(rows, keys)
    context.store.save(WALLET, drafts)


def needed_currency(context: Context, row: Row) -> str | None:
    """The row's currency; the company's own where none is stated, which is said."""
    if row.get("currency"):
        return str(row.values["currency"])
    if row.unclear:
        reason = text(
            "the sign may mean {codes}; add a currency column or state it in a mapping file",
            "该符号可能是 {codes}，请增加币种列或在映射文件中写明",
            codes=" / ".join(row.unclear),
        )
        row.refuse("amount", reason)
        return None
    context.tally["assumed currency"] += 1
    return context.run.base_currency
