"""Loads the demonstration company into an empty database, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session, SQLModel, select

from tools.data import models
from tools.data.database import Sessions
from tools.data.demo import files, series
from tools.data.demo.files import Row
from tools.data.demo.rows import Desk
from tools.domain.vocabulary import Factor
from tools.errors import KamError
from tools.text import Text, text

_PLAIN_TABLES: tuple[tuple[str, type[SQLModel], Mapping[str, str]], ...] = (
    ("reporting_lines", models.ReportingLine, {}),
    ("exchange_rates", models.ExchangeRate, {"into": "CNY"}),
    ("contacts", models.Contact, {"as_of": "-60d", "source": "account team"}),
    ("coverage", models.Coverage, {"role": "owner", "starts_on": "-2y"}),
    ("wallet_shares", models.WalletShare, {"as_of": "-75d", "source": "account team"}),
    ("financials", models.Financial, {"as_of": "-75d", "source": "controlling"}),
    ("purchasing", models.PurchasingBehaviour, {"as_of": "-120d", "source": "account team"}),
    ("answers", models.Answer, {"as_of": "-90d", "source": "account team"}),
    ("needs", models.Need, {"as_of": "-40d", "source": "account team"}),
    ("risks", models.Risk, {"as_of": "-50d", "source": "account team"}),
    ("strategy_items", models.StrategyItem, {}),
    ("kpi_figures", models.KpiFigure, {"source": "sales support"}),
    ("review_periods", models.ReviewPeriod, {}),
    ("checklist_runs", models.ChecklistRun, {}),
    ("checklist_items", models.ChecklistItem, {}),
    ("rollout", models.RolloutActivity, {}),
    ("lessons", models.Lesson, {}),
)


@dataclass(frozen=True)
class DemoSummary:
    """What was loaded: the company's name and the rows of each table."""

    company: Text
    rows: Mapping[str, int]

    def sentence(self) -> Text:
        return text(
            "{company} is loaded: {accounts} accounts, {people} people, {deals} deals, "
            "{talks} interactions and {plans} account plans.",
            "{company}已载入：{accounts}个客户、{people}名员工、{deals}个商机、"
            "{talks}条互动记录、{plans}份客户计划。",
            company=self.company,
            accounts=self.rows["account"],
            people=self.rows["person"],
            deals=self.rows["opportunity"],
            talks=self.rows["interaction"],
            plans=self.rows["plan"],
        )


def load_demo(sessions: Sessions, today: date) -> DemoSummary:
    """Fills an empty database with the demonstration company, dated relative to `today`.

    Raises `KamError` and changes nothing where the database holds accounts or rules already.
    """
    company = files.mapping("company")
    with sessions() as session, session.begin():
        _refuse_unless_empty(session)
        desk = Desk(session, today)
        _load_organisation(desk)
        _load_rules(desk, company)
        _load_customers(desk)
        for name, model, defaults in _PLAIN_TABLES:
            desk.load(model, files.table(name), defaults)
        _load_factors(desk)
        _load_evaluations(desk)
        _load_reviews(desk)
        _load_deals(desk)
        _load_interactions(desk)
        _load_plans(desk)
    names = company["names"]
    return DemoSummary(text(names["en"], names["zh-Hans"]), desk.counts)


def _refuse_unless_empty(session: Session) -> None:
    held = (select(models.Account.id).limit(1), select(models.RuleSetRow.version).limit(1))
    if any(session.exec(query).first() is not None for query in held):
        raise KamError(
            text(
                "The database already holds accounts or rules, so the demonstration company was "
                "not loaded. Use an empty database: set KAM_HOME or DATABASE_URL to a new place.",
                "数据库中已有客户或规则，未载入演示公司。请使用空数据库："
                "把 KAM_HOME 或 DATABASE_URL 设为新的位置。",
            )
        )


def _load_organisation(desk: Desk) -> None:
    units, people = files.table("units"), files.table("people")
    desk.load(models.Unit, units)
    desk.load_aliases(models.UnitAlias, "unit", units)
    desk.load(models.Person, people)
    desk.load_aliases(models.PersonAlias, "person", people)


def _load_rules(desk: Desk, company: Mapping[str, Any]) -> None:
    rules = company["rules"]
    desk.save(
        [
            models.RuleSetRow(
                version=1,
                overrides=company["overrides"],
                created_at=datetime.combine(desk.day(rules["set_on"]), time(), UTC),
                created_by_id=desk.id("person", rules["set_by"]),
                reason=rules["reason"],
            )
        ]
    )


def _load_customers(desk: Desk) -> None:
    accounts = files.table("accounts")
    desk.load(models.Product, files.table("products"), {"currency": "CNY"})
    desk.load(models.Account, accounts, {"status": "active"})
    desk.load_aliases(models.AccountAlias, "account", accounts)


def _load_factors(desk: Desk) -> None:
    """Each row gives up to three factors of one account: potential in CNY, two in points."""
    units = {"potential": "CNY", "demonstration": "points", "ability": "points"}
    rows = [
        {
            "account": row["account"],
            "as_of": row["as_of"],
            "source": row["source"],
            "confirmed": row["confirmed"],
            "factor": factor,
            "value": row[factor],
            "unit": unit,
        }
        for row in files.table("factors")
        for factor, unit in units.items()
        if factor in row
    ]
    desk.load(models.FactorInput, rows)


def _load_evaluations(desk: Desk) -> None:
    """Each row is one account; a dimension's cell lists `days ago:points` from new to old."""
    rows: list[Row] = []
    for row in files.table("evaluations"):
        shared = {name: row[name] for name in ("account", "person") if name in row}
        for dimension in row.keys() - {"account", "person"}:
            pairs = (pair.split(":") for pair in row[dimension].split())
            rows += [
                shared
                | {"dimension": dimension, "held_on": f"-{age}d", "points": points}
                | _how(dimension)
                for age, points in pairs
            ]
    desk.load(models.Evaluation, sorted(rows, key=lambda row: (row["account"], row["dimension"])))


def _load_reviews(desk: Desk) -> None:
    """What a closed review kept: places, and the raw values of the factors behind them."""
    factors = [factor.value for factor in Factor]
    rows = files.table("review_entries")
    inputs = [{name: row.pop(name) for name in factors if name in row} for row in rows]
    for entry, kept in zip(desk.load(models.ReviewEntry, rows), inputs, strict=True):
        entry.inputs = kept


def _how(dimension: str) -> Row:
    """The score is computed with rules; everything else is judged by a person."""
    if dimension == "importance":
        return {"judged": "no", "rules_version": "1"}
    return {"judged": "yes"}


def _load_deals(desk: Desk) -> None:
    generated = [deal for seed in files.table("deal_seeds") for deal in series.deals(seed)]
    numbered = [
        {"external_id": f"OPP-{number:05d}", **deal}
        for number, deal in enumerate((*generated, *files.table("deals")), start=1)
    ]
    desk.load(models.Opportunity, numbered)
    invoices = (line for seed in files.table("invoice_seeds") for line in series.invoices(seed))
    desk.load(models.Transaction, invoices)


def _load_interactions(desk: Desk) -> None:
    phrases = files.mapping("talks")
    rows = files.table("interactions")
    for seed in files.table("talk_seeds"):
        contacts = [row for row in files.table("contacts") if row["account"] == seed["account"]]
        rows += series.talks(seed, phrases[seed["language"]], contacts)
    contacts_of = [row.pop("contacts", "") for row in rows]
    saved = desk.load(models.Interaction, rows, {"source": "account team"})
    desk.save(
        models.InteractionContact(interaction_id=record.id or 0, contact_id=desk.id("contact", key))
        for record, keys in zip(saved, contacts_of, strict=True)
        for key in keys.split("|")
        if key
    )


def _load_plans(desk: Desk) -> None:
    """Plans and their sections; the index is told of each plan."""
    documents = list(files.plans(desk.today))
    columns = [
        {name: str(value) for name, value in document.facts.items() if name != "language"}
        for document in documents
    ]
    plans = desk.load(models.Plan, columns)
    desk.save(
        models.PlanSection(plan_id=plan.id or 0, position=position, **vars(section))
        for plan, document in zip(plans, documents, strict=True)
        for position, section in enumerate(document.sections, start=1)
    )
    desk.save(models.OutboxEntry(kind="plan", key=str(plan.id)) for plan in plans)
