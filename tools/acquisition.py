"""What the records of an account show of the lines of an acquisition plan."""

from collections.abc import Mapping, Sequence

from tools.domain.acquisition import Line, Shown
from tools.domain.coverage import AccountCoverage
from tools.domain.information import by_level, complete_to
from tools.domain.vocabulary import CoverageRole, Horizon, Level
from tools.information import held_items
from tools.known import Known
from tools.labels import COVERAGE_ROLES, listing
from tools.record_labels import HORIZON
from tools.text import Percent, Text, text


def shown_of(
    known: Known, covered: AccountCoverage, offers: Sequence[tuple[str, str | None]]
) -> Mapping[Line, Shown | None]:
    """What records show per line; `offers` are open deals with their products.

    Value hypothesis, barriers and budget are shown by nothing but the checklist.
    """
    return {
        Line.PROFILE: _profile(known),
        Line.DECISION_STRUCTURE: _decision(known),
        Line.NEEDS: _needs(known),
        Line.SUPPLIERS: _suppliers(known),
        Line.ENTRY_OFFER: _offer(offers),
        Line.TEAM: _team(covered),
        Line.MILESTONES: _section(known, "milestones"),
        Line.RISKS: _risks(known),
    }


def _profile(known: Known) -> Shown | None:
    reached = complete_to(by_level(held_items(known)))
    what = text("complete to level {level}", "完整到第 {level} 级", level=reached)
    return Shown(what, reached >= Level.PUBLIC_PAID) if reached else None


def _decision(known: Known) -> Shown | None:
    deciders = [contact.name for contact in known.contacts if contact.decides]
    holders = [contact.name for contact in known.contacts if contact.holds_budget]
    parts: list[Text] = []
    if deciders:
        parts.append(text("decides: {names}", "决策：{names}", names=listing(deciders)))
    if holders:
        parts.append(text("budget: {names}", "预算：{names}", names=listing(holders)))
    return Shown(listing(parts), bool(deciders and holders)) if parts else None


def _needs(known: Known) -> Shown | None:
    horizons = [h for h in Horizon if any(need.horizon is h for need in known.needs)]
    whole = len(horizons) == len(Horizon)
    return Shown(listing(HORIZON[h] for h in horizons), whole) if horizons else None


def _suppliers(known: Known) -> Shown | None:
    rivals = known.wallet.competitors if known.wallet else ()
    if rivals:
        shares = (
            text("{name} {share}", "{name} {share}", name=r.name, share=Percent(r.share))
            for r in rivals[:4]
        )
        return Shown(listing(shares), whole=True)
    return _section(known, "competition", whole=False)


def _offer(offers: Sequence[tuple[str, str | None]]) -> Shown | None:
    if not offers:
        return None
    name, product = next((offer for offer in offers if offer[1]), offers[0])
    what = text("{deal}: {product}", "{deal}：{product}", deal=name, product=product)
    return Shown(what, product is not None)


def _team(covered: AccountCoverage) -> Shown | None:
    owners = [] if covered.is_derived else [owner.name for owner in covered.owners]
    sponsors = [person.name for person in covered.recorded.get(CoverageRole.SPONSOR, ())]
    parts = [
        text("{role} {names}", "{role} {names}", role=COVERAGE_ROLES[role], names=listing(names))
        for role, names in ((CoverageRole.OWNER, owners), (CoverageRole.SPONSOR, sponsors))
        if names
    ]
    return Shown(listing(parts), bool(owners and sponsors)) if parts else None


def _section(known: Known, key: str, *, whole: bool = True) -> Shown | None:
    section = known.sections.get(key)
    if section is None or not section.body.strip():
        return None
    return Shown(text("plan: {title}", "计划：{title}", title=section.title), whole)


def _risks(known: Known) -> Shown | None:
    if not known.risks:
        return None
    settled = sum(bool(risk.answer and risk.owner_id) for risk in known.risks)
    what = text(
        "{n} risks, {settled} with owner and answer",
        "风险 {n} 项，其中 {settled} 项有负责人和对策",
        n=len(known.risks),
        settled=settled,
    )
    return Shown(what, settled == len(known.risks))
