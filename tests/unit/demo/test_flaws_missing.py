"""What the company's README says is missing really is."""

from collections import Counter

import pytest
from sqlmodel import Session, col, select

from tools.data import models
from tools.domain.vocabulary import (
    CoverageRole,
    Factor,
    Layer,
    Measure,
    Stage,
)

from .conftest import TODAY, Finder

LAST_YEAR = TODAY.year - 1


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
