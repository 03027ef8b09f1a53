"""What the company's README calls contradictory, overdue, alike or odd really is."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from tools.data import models
from tools.domain.vocabulary import (
    CoverageRole,
    Dimension,
    Line,
    Measure,
    PlanStatus,
    Stage,
)

from .conftest import TODAY, Finder

LAST_YEAR = TODAY.year - 1


def _owners(find: Finder, name: str) -> list[models.Coverage]:
    """Recorded owners in force today."""
    return [
        row
        for row in find.of(models.Coverage, name)
        if row.role is CoverageRole.OWNER and (row.ends_on is None or row.ends_on >= TODAY)
    ]


def test_only_one_wallet_holds_more_than_the_customer_spends(session: Session) -> None:
    spend = {
        (row.account_id, row.year): row.amount
        for row in session.exec(select(models.Financial))
        if row.measure is Measure.ADDRESSABLE_SPEND
    }
    shares: dict[tuple[int, int], Decimal] = {}
    for row in session.exec(select(models.WalletShare)):
        place = (row.account_id, row.year)
        shares[place] = shares.get(place, Decimal(0)) + row.amount
    over = [place for place, amount in shares.items() if amount > spend[place]]
    names = [session.get_one(models.Account, account).name for account, _ in over]
    assert names == ["蓝栎电子（东莞）有限公司"]
    assert (shares[over[0]], spend[over[0]]) == (Decimal(14_400_000), Decimal(12_000_000))


def test_only_one_account_has_two_owners(session: Session, find: Finder) -> None:
    assert len(_owners(find, "蓝栎电子")) == 2
    owners = Counter(
        row.account_id
        for row in session.exec(select(models.Coverage))
        if row.role is CoverageRole.OWNER and row.ends_on is None
    )
    assert [count for count in owners.values() if count > 1] == [2]


def test_credit_shares_exceed_the_whole(find: Finder) -> None:
    shares = [row.credit_share for row in find.of(models.Coverage, "澄岳越南") if row.credit_share]
    assert sum(shares) == Decimal("1.1")
    fair = [row.credit_share for row in find.of(models.Coverage, "澄岳苏州") if row.credit_share]
    assert sum(fair) == 1


def test_a_need_is_recorded_twice(find: Finder) -> None:
    twice = [n for n in find.of(models.Need, "峻屿汽车") if n.description == "新能源底盘线 MES"]
    assert len(twice) == len({n.amount for n in twice}) == len({n.expected_on for n in twice}) == 2


def test_a_question_has_two_answers(find: Finder) -> None:
    sites = [a for a in find.of(models.Answer, "隽禾汽车") if a.question == "structure_sites"]
    assert len({answer.answer for answer in sites}) == 2


def test_a_coverage_ended_40_days_ago(find: Finder) -> None:
    assert _owners(find, "珞湾生物") == []
    assert [row.ends_on for row in find.of(models.Coverage, "珞湾生物")] == [
        TODAY - timedelta(days=40)
    ]


def test_a_leaver_still_owns_two_accounts(session: Session, find: Finder) -> None:
    leaver = find.person("宋予安")
    assert not leaver.active
    for name in ("弦澜轨道", "砺和"):
        assert [row.person_id for row in _owners(find, name)] == [leaver.id]
    inactive = select(models.Person.name).where(col(models.Person.active).is_(False))
    assert list(session.exec(inactive)) == ["宋予安"]


def test_the_supporter_left_and_the_handover_is_open(session: Session, find: Finder) -> None:
    gone = [c for c in find.of(models.Contact, "弦澜轨道") if c.left_on]
    assert [(c.name, c.left_on) for c in gone] == [("车铭远", TODAY - timedelta(days=70))]
    (run,) = find.of(models.ChecklistRun, "弦澜轨道")
    assert (run.checklist, run.finished_on) == ("handover", None)


def test_relationship_evaluations_are_overdue(session: Session, find: Finder) -> None:
    latest: dict[int, int] = {}
    for row in session.exec(select(models.Evaluation)):
        if row.dimension is Dimension.RELATIONSHIP:
            age = (TODAY - row.held_on).days
            latest[row.account_id] = min(age, latest.get(row.account_id, age))
    overdue = [account for account, age in latest.items() if age > 31]
    assert 10 <= len(overdue) <= 25
    assert latest[find.account("砺和")] > 31


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("霁川半导体", {1: PlanStatus.SUPERSEDED, 2: PlanStatus.APPROVED}),
        ("峻屿汽车", {1: PlanStatus.APPROVED}),
        ("朔禾食品", {1: PlanStatus.DRAFT}),
        ("璿嶼電子", {1: PlanStatus.SUBMITTED}),
        ("Sable Quay", {1: PlanStatus.SUBMITTED}),
    ],
)
def test_plans_stand_where_they_should(
    find: Finder, name: str, statuses: dict[int, PlanStatus]
) -> None:
    assert {p.edition: p.status for p in find.of(models.Plan, name)} == statuses


def test_a_plan_is_of_last_year(find: Finder) -> None:
    (plan,) = find.of(models.Plan, "峻屿汽车")
    assert plan.period_end.year == LAST_YEAR
    assert (TODAY - plan.updated_on).days == 310


def test_an_open_deal_and_some_steps_are_late(session: Session, find: Finder) -> None:
    late = [
        deal
        for deal in session.exec(select(models.Opportunity))
        if deal.stage in (Stage.PROSPECTING, Stage.ENGAGING)
        and deal.expected_on is not None
        and deal.expected_on < TODAY
    ]
    assert [(d.account_id, (TODAY - d.expected_on).days) for d in late if d.expected_on] == [
        (find.account("屿光电子"), 95)
    ]
    steps = [s for s in session.exec(select(models.StrategyItem)) if s.due_on < TODAY]
    assert {s.account_id for s in steps if s.done_on is None} == {
        find.account("峻屿汽车"),
        find.account("Brennhalder"),
    }
    activities = [
        a.position
        for a in session.exec(select(models.RolloutActivity))
        if a.ends_on < TODAY and a.done_on is None
    ]
    assert activities == [6]


def test_a_checklist_was_never_finished(find: Finder) -> None:
    (run,) = find.of(models.ChecklistRun, "Orvane")
    assert (run.checklist, run.finished_on) == ("acquisition_plan", None)
    assert (TODAY - run.started_on).days == 200


def test_names_are_easy_to_confuse(session: Session) -> None:
    branches = select(models.Account.name).where(col(models.Account.name).contains("澄岳新材料"))
    assert len(list(session.exec(branches))) == 2
    lihe = select(models.AccountAlias.account_id).where(
        models.AccountAlias.name == "Lihe Precision"
    )
    assert len(set(session.exec(lihe))) == 2
    wang = select(models.PersonAlias.person_id).where(models.PersonAlias.name == "Wang Xiaotong")
    assert len(set(session.exec(wang))) == 2


def test_five_deals_have_no_account(session: Session) -> None:
    query = select(models.Opportunity).where(col(models.Opportunity.account_id).is_(None))
    deals = list(session.exec(query))
    assert len(deals) == 5
    assert [deal.stage for deal in deals].count(Stage.WON) == 1
    assert [deal.person_id for deal in deals].count(None) == 1


def test_money_is_not_always_usable(session: Session, find: Finder) -> None:
    deals = list(session.exec(select(models.Opportunity)))
    rates = set(session.exec(select(models.ExchangeRate.currency)))
    unknown = [d for d in deals if d.currency and d.currency not in rates | {"CNY"}]
    assert [(d.account_id, d.currency) for d in unknown] == [(find.account("澄岳越南"), "VND")] * 2
    assert [d.account_id for d in deals if d.currency is None] == [find.account("泊舟饮料")]
    assert [d.account_id for d in deals if d.value is None] == [find.account("漠川风能")]


def test_a_former_customer_and_a_very_long_name(session: Session) -> None:
    accounts = list(session.exec(select(models.Account)))
    assert [a.name for a in accounts if a.status.value == "former"] == ["寒松制剂（济南）有限公司"]
    assert max(len(a.name) for a in accounts) == 61


def test_one_plan_quotes_an_order_to_an_assistant(session: Session, find: Finder) -> None:
    bodies = {
        s.plan_id: s.body
        for s in session.exec(select(models.PlanSection))
        if "ignore your rules" in s.body
    }
    (plan,) = find.of(models.Plan, "Sable Quay")
    assert list(bodies) == [plan.id]
    assert plan.status is PlanStatus.SUBMITTED


def test_the_practice_account_has_every_kind_of_record(session: Session, find: Finder) -> None:
    sandbox = select(models.Account.id).where(col(models.Account.sandbox).is_(True))
    assert list(session.exec(sandbox)) == [find.account("练习客户")]
    for model in (
        models.FactorInput,
        models.Financial,
        models.WalletShare,
        models.PurchasingBehaviour,
        models.Answer,
        models.Contact,
        models.Coverage,
        models.Interaction,
        models.Need,
        models.Opportunity,
        models.Evaluation,
        models.Risk,
        models.StrategyItem,
        models.Plan,
        models.ChecklistRun,
    ):
        assert find.of(model, "练习客户"), model


def test_solid_lines_lead_to_branch_heads_and_dotted_ones_to_directors(session: Session) -> None:
    people = {person.id: person for person in session.exec(select(models.Person))}
    for line in session.exec(select(models.ReportingLine)):
        person, manager = people[line.person_id], people[line.manager_id]
        if line.line is Line.DOTTED:
            assert (person.role.value, manager.role.value) == ("rep", "director")
        elif person.role.value == "rep" and person.name != "徐诺":
            assert manager.role.value == "manager"
