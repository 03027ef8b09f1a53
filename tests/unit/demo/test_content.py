"""What the files hold: enough of everything, and nothing that contradicts itself unawares."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from kam_knowledge.scripts import has_chinese, is_traditional
from tools.data import models
from tools.data.demo import files
from tools.domain.names import name_key
from tools.domain.vocabulary import (
    Channel,
    Dimension,
    Horizon,
    Layer,
    Line,
    NeedKind,
    RiskKind,
    Role,
    Stage,
    Stance,
    UnitKind,
)

from .conftest import TODAY, Finder


def _count(session: Session, model: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(model)).one()


@pytest.mark.parametrize(
    ("model", "at_least"),
    [
        (models.Account, 48),
        (models.Person, 15),
        (models.Product, 8),
        (models.Opportunity, 600),
        (models.Transaction, 100),
        (models.Contact, 100),
        (models.Interaction, 400),
        (models.Need, 40),
        (models.Evaluation, 500),
        (models.Plan, 8),
        (models.KpiFigure, 30),
        (models.RolloutActivity, 8),
    ],
)
def test_there_is_enough_of_it(session: Session, model: type[SQLModel], at_least: int) -> None:
    assert _count(session, model) >= at_least


@pytest.mark.parametrize(
    ("column", "kinds"),
    [
        (models.Person.role, Role),
        (models.Unit.kind, UnitKind),
        (models.ReportingLine.line, Line),
        (models.Contact.layer, Layer),
        (models.Contact.stance, Stance),
        (models.Interaction.channel, Channel),
        (models.Need.horizon, Horizon),
        (models.Need.kind, NeedKind),
        (models.Opportunity.stage, Stage),
        (models.Evaluation.dimension, Dimension),
        (models.Risk.kind, RiskKind),
    ],
)
def test_every_kind_occurs(session: Session, column: object, kinds: type) -> None:
    assert set(session.exec(select(column).distinct())) == set(kinds)


def test_accounts_are_named_in_all_three_scripts(session: Session) -> None:
    aliases: dict[int, list[str]] = {}
    for alias in session.exec(select(models.AccountAlias)):
        aliases.setdefault(alias.account_id, []).append(alias.name)
    own = [account.name for account in session.exec(select(models.Account))]
    assert any(not has_chinese(name) for name in own)
    assert any(is_traditional(name) for name in own)
    assert any(has_chinese(name) and not is_traditional(name) for name in own)
    for account in session.exec(select(models.Account)):
        names = [account.name, *aliases[account.id or 0]]
        assert any(has_chinese(name) for name in names), account.name
        assert any(not has_chinese(name) for name in names), account.name


@pytest.mark.parametrize(
    "model",
    [
        models.Account,
        models.AccountAlias,
        models.Person,
        models.PersonAlias,
        models.Unit,
        models.UnitAlias,
        models.Product,
        models.Contact,
    ],
)
def test_names_are_found_by_their_key(session: Session, model: type) -> None:
    rows = list(session.exec(select(model)))
    assert rows
    assert all(row.name_key == name_key(row.name) for row in rows)


def test_segments_are_written_one_way_and_have_other_names(session: Session) -> None:
    used = set(session.exec(select(models.Account.segment).distinct())) - {None}
    assert used == set(files.mapping("segments"))
    assert len(used) >= 5


def test_regions_of_accounts_are_regional_units(session: Session) -> None:
    used = set(session.exec(select(models.Account.region).distinct())) - {None}
    units = select(models.Unit.name).where(models.Unit.kind == UnitKind.REGION)
    assert used == set(session.exec(units))


def test_each_unit_but_headquarters_lies_below_another(session: Session) -> None:
    tops = select(models.Unit.name).where(col(models.Unit.parent_id).is_(None))
    assert list(session.exec(tops)) == ["岚序总部"]


def test_the_group_has_sub_units(session: Session, find: Finder) -> None:
    below = select(models.Account).where(models.Account.parent_id == find.account("澄岳集团"))
    assert len(list(session.exec(below))) == 5


def test_references_hold(session: Session) -> None:
    assert list(session.connection().exec_driver_sql("PRAGMA foreign_key_check")) == []


def test_contacts_took_part_in_interactions_of_their_own_account(session: Session) -> None:
    query = (
        select(models.Contact.account_id, models.Interaction.account_id)
        .join(
            models.InteractionContact,
            col(models.InteractionContact.contact_id) == models.Contact.id,
        )
        .join(
            models.Interaction,
            col(models.Interaction.id) == models.InteractionContact.interaction_id,
        )
    )
    pairs = list(session.exec(query))
    assert len(pairs) > 300
    assert all(contact == interaction for contact, interaction in pairs)


def test_nobody_is_met_after_leaving(session: Session, find: Finder) -> None:
    gone = next(c for c in find.of(models.Contact, "弦澜轨道") if c.left_on)
    links = select(models.Interaction.held_on).join(
        models.InteractionContact,
        col(models.InteractionContact.interaction_id) == models.Interaction.id,
    )
    held = session.exec(links.where(models.InteractionContact.contact_id == gone.id))
    assert all(day <= gone.left_on for day in held)


def test_what_happened_lies_in_the_past(session: Session) -> None:
    for column in (
        models.Opportunity.closed_on,
        models.Opportunity.engaged_on,
        models.Transaction.booked_on,
        models.Interaction.held_on,
        models.Evaluation.held_on,
        models.FactorInput.as_of,
        models.StrategyItem.done_on,
        models.Plan.updated_on,
    ):
        latest = session.exec(select(func.max(column))).one()
        assert latest is not None
        assert latest <= TODAY, column


def test_a_year_of_won_deals_is_what_the_seed_says(session: Session) -> None:
    since = TODAY - timedelta(days=365)
    query = (
        select(models.Opportunity.account_id, func.sum(models.Opportunity.value))
        .where(models.Opportunity.stage == Stage.WON, col(models.Opportunity.closed_on) > since)
        .where(col(models.Opportunity.account_id).is_not(None))
        .group_by(col(models.Opportunity.account_id))
    )
    won = {account: total for account, total in session.exec(query)}  # noqa: C416
    seeded = [Decimal(seed["yearly"]) for seed in files.table("deal_seeds")]
    assert sorted(won.values()) == sorted(amount for amount in seeded if amount)


def test_the_base_currency_is_the_companys(session: Session) -> None:
    rules = session.exec(select(models.RuleSetRow)).one()
    assert (rules.version, rules.overrides) == (1, {"company.base_currency": "CNY"})


def test_the_index_is_told_of_each_plan(session: Session) -> None:
    waiting = {(entry.kind, entry.key) for entry in session.exec(select(models.OutboxEntry))}
    assert waiting == {("plan", str(plan.id)) for plan in session.exec(select(models.Plan))}


def test_checklist_items_are_those_of_the_checklist(session: Session) -> None:
    from kam_knowledge.checklists import checklists

    known = {c.key: {item.key for item in c.items} for c in checklists().values()}
    query = select(models.ChecklistRun.checklist, models.ChecklistItem.item).join(
        models.ChecklistItem, col(models.ChecklistItem.run_id) == models.ChecklistRun.id
    )
    for checklist, item in session.exec(query):
        assert item in known[checklist]


def test_questions_answered_are_those_of_the_analysis(session: Session) -> None:
    from kam_knowledge.checklists import checklists

    known = {c.key: {item.key for item in c.items} for c in checklists().values()}
    for answer in session.exec(select(models.Answer)):
        assert answer.question in known[answer.topic]


@pytest.mark.parametrize(
    ("name", "section", "figure", "recorded"),
    [
        ("霁川半导体", "profile", r"签单(\d+)万元", ("yearly", "jichuan", 10_000)),
        ("屹汎电池", "profile", r"签单(\d+)万元", ("yearly", "yifan", 10_000)),
        ("沐川生物", "profile", r"签单(\d+)万元", ("yearly", "muchuan", 10_000)),
        ("朔禾食品", "profile", r"签单(\d+)万元", ("yearly", "shuohe", 10_000)),
        ("霽海半導體", "profile", r"新台幣(\d+)萬元", ("yearly", "jihai", 10_000)),
        ("璿嶼電子", "profile", r"新台幣(\d+)萬元", ("yearly", "xuanyu", 10_000)),
        ("港岑鐵路", "profile", r"港幣(\d+)萬元", ("yearly", "kongsham", 10_000)),
        ("Merrowick", "profile", r"won USD ([\d.]+) million", ("yearly", "merrowick", 1_000_000)),
        ("Sable Quay", "profile", r"won USD (\d+),000", ("yearly", "sablepoint", 1_000)),
        ("练习客户", "profile", r"签单(\d+)万元", ("yearly", "sandbox", 10_000)),
    ],
)
def test_plans_name_the_revenue_that_the_records_hold(
    session: Session,
    find: Finder,
    name: str,
    section: str,
    figure: str,
    recorded: tuple[str, str, int],
) -> None:
    plan = max(find.of(models.Plan, name), key=lambda p: p.edition)
    query = select(models.PlanSection.body).where(
        models.PlanSection.plan_id == plan.id, models.PlanSection.key == section
    )
    found = re.search(figure, session.exec(query).one())
    column, account, scale = recorded
    seed = next(row for row in files.table("deal_seeds") if row["account"] == account)
    assert found is not None
    assert Decimal(found[1]) * scale == Decimal(seed[column])
