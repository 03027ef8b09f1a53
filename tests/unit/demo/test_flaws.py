"""Every flaw that the company's README promises is really there."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import Session, col, select

from tools.data import models
from tools.domain.vocabulary import (
    CoverageRole,
    Dimension,
    Factor,
    Layer,
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


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("晏青医药", {Factor.POTENTIAL}),
        ("曜垣儲能", {Factor.ABILITY}),
        ("颀川流体", {Factor.DEMONSTRATION}),
        ("衍澄电子", {Factor.POTENTIAL, Factor.DEMONSTRATION, Factor.ABILITY}),
    ],
)
def test_factors_are_missing(find: Finder, name: str, missing: set[Factor]) -> None:
    known = {row.factor for row in find.of(models.FactorInput, name)}
    assert set(Factor) - known - {Factor.REVENUE} == missing


def test_other_accounts_have_all_three_recorded_factors(session: Session) -> None:
    counted = Counter(session.exec(select(models.FactorInput.account_id).distinct()))
    complete = [
        account
        for account in counted
        if len(
            set(
                session.exec(
                    select(models.FactorInput.factor).where(
                        models.FactorInput.account_id == account
                    )
                )
            )
        )
        == 3
    ]
    assert len(complete) == 57 - 4


def test_one_account_has_nothing(session: Session, find: Finder) -> None:
    account = session.get_one(models.Account, find.account("颀川流体"))
    assert account.segment is None
    for model in (models.Coverage, models.Contact, models.Opportunity, models.Evaluation):
        assert find.of(model, "颀川流体") == []


def test_one_account_has_no_region(session: Session) -> None:
    query = select(models.Account.name).where(col(models.Account.region).is_(None))
    assert list(session.exec(query)) == ["PT Samudra Lintang Energi"]


def test_accounts_without_a_recorded_owner(session: Session) -> None:
    owned = select(models.Coverage.account_id).where(
        models.Coverage.role == CoverageRole.OWNER,
        col(models.Coverage.ends_on).is_(None) | (col(models.Coverage.ends_on) >= TODAY),
    )
    query = select(models.Account.name).where(col(models.Account.id).not_in(owned))
    assert set(session.exec(query)) == {
        "颀川流体设备（南通）有限公司",
        "澄岳储能科技（常州）有限公司",
        "泊舟饮料（杭州）有限公司",
        "沐禾生醫股份有限公司",
        "珞湾生物（广州）有限公司",
        "寒松制剂（济南）有限公司",
    }


@pytest.mark.parametrize("name", ["澄岳储能", "泊舟饮料", "沐禾生醫"])
def test_accounts_with_deals_but_never_an_owner(find: Finder, name: str) -> None:
    assert all(row.role is not CoverageRole.OWNER for row in find.of(models.Coverage, name))
    assert any(deal.stage is Stage.WON for deal in find.of(models.Opportunity, name))


_COSTS = {
    Measure.COST_OF_GOODS,
    Measure.COST_SALES,
    Measure.COST_PRESALES,
    Measure.COST_DELIVERY,
    Measure.COST_SERVICE,
    Measure.REBATES,
    Measure.RECEIVABLES_FINANCING,
}


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("霁川半导体", set()),
        ("练习客户", set()),
        ("峻屿汽车", {Measure.COST_PRESALES, Measure.COST_SERVICE}),
        ("朔禾食品", _COSTS - {Measure.COST_OF_GOODS}),
        ("澄岳集团", _COSTS),
    ],
)
def test_costs_are_missing(find: Finder, name: str, missing: set[Measure]) -> None:
    rows = find.of(models.Financial, name)
    assert _COSTS - {row.measure for row in rows if row.year == LAST_YEAR} == missing


def test_a_key_account_has_no_plan(find: Finder) -> None:
    assert find.of(models.Plan, "隽禾汽车") == []
    assert [entry.key_account for entry in find.of(models.ReviewEntry, "隽禾汽车")] == [True]


def test_contacts_are_thin(find: Finder) -> None:
    layers = {contact.layer for contact in find.of(models.Contact, "璿嶼電子")}
    assert layers == {Layer.EXECUTION, Layer.MANAGEMENT}
    for name in ("泊舟饮料", "砺和", "淀澜促进中心"):
        assert len(find.of(models.Contact, name)) == 1


def test_some_accounts_were_never_evaluated(find: Finder) -> None:
    for name in ("Orvane", "SLE", "颀川流体"):
        assert find.of(models.Evaluation, name) == []


def test_a_target_has_no_actual(session: Session) -> None:
    query = select(models.KpiFigure.target).join(
        models.Unit, col(models.Unit.id) == models.KpiFigure.unit_id
    )
    figures = query.where(models.Unit.name == "海外", models.KpiFigure.kpi == "key_account_revenue")
    assert list(session.exec(figures)) == [True]


def test_an_office_has_no_people_and_a_rep_no_line(session: Session, find: Finder) -> None:
    staffed = select(models.Person.unit_id).where(col(models.Person.unit_id).is_not(None))
    query = select(models.Unit.name).where(col(models.Unit.id).not_in(staffed))
    assert list(session.exec(query)) == ["无锡办事处"]
    lines = select(models.ReportingLine.line).where(
        models.ReportingLine.person_id == find.person("馬俊霖").id
    )
    assert list(session.exec(lines)) == []


def test_a_risk_and_an_activity_have_no_owner(session: Session, find: Finder) -> None:
    assert [(r.owner_id, r.answer) for r in find.of(models.Risk, "弦澜轨道")] == [(None, None)]
    query = select(models.RolloutActivity.position).where(
        col(models.RolloutActivity.owner_id).is_(None)
    )
    assert list(session.exec(query)) == [10]


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
