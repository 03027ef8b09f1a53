"""Who is responsible for one account, and to whom they report."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tools import resolve
from tools.access import scope_of
from tools.basis import DERIVED_OWNER, basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data import coverage, organisation
from tools.data.models import Unit
from tools.deps import Deps
from tools.domain.coverage import AccountCoverage, Colleague, Derivation, Gap, Seller
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import CoverageRole, Line
from tools.labels import COVERAGE_ROLES, GAPS, amounts, deals, listing, months, people
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Who owns {account}?",
        "Who covers {account} and who is their manager?",
        "Who is responsible for {account}?",
        "Who owned {account} on {on}?",
        "Who stands in for {account}?",
        "To whom does the owner of {account} report?",
        "Is {account} covered twice?",
        "Which sales agents sold to {account}?",
        "who is the boss of {account}'s owner",
        "who does the owner of {account} report to",
        "who's got {account}",
        "who is the sponsor of {account}",
        "besides the owner, who else is on {account}",
        "who is our director for {account}",
        "who do we have on {account}",
        "whose account is {account}",
        "whose customer is {account}",
    ),
    zh=(
        "{account}由谁负责？",
        "谁在跟进{account}，上级是谁？",
        "{account}的客户经理是谁？",
        "{on}时{account}由谁负责？",
        "{account}的代管人是谁？",
        "{account}的负责人向谁汇报？",
        "{account}有没有重复负责？",
        "有哪些销售在{account}成交过？",
        "{account}负责人的上级是谁",
        "{account}的直属上级和虚线上级",
        "{account}的赞助人是谁",
        "除了负责人，还有谁参与{account}",
        "{account}是谁的客户",
        "{account}是哪位业务在跑",
        "{account}归哪个销售",
        "{account}谁在盯",
        "问的是{account}的赞助人",
    ),
)


@dataclass(frozen=True)
class Lines:
    """An owner with the managers on both reporting lines and the unit."""

    owner: Colleague
    solid: tuple[str, ...]
    dotted: tuple[str, ...]
    unit: str | None
    region: str | None


@dataclass(frozen=True)
class Involved:
    """A person with deals of any stage at the account; `won` in the months that count."""

    name: str
    deals: int
    won: Seller | None


@dataclass(frozen=True)
class CoverageOwner:
    """Who covers the account; `evidence` and `involved` are empty for an asker who may not
    see its sales."""

    name: str
    on: date
    coverage: AccountCoverage
    lines: tuple[Lines, ...]
    evidence: Derivation | None
    involved: tuple[Involved, ...]
    rules: RuleSet

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.coverage.gaps(self.rules.coverage.single_roles)

    def card(self) -> Card:
        return Card(
            title=text("Coverage of {name}", "{name}的责任归属", name=self.name),
            headline=self._headline(),
            facts=self._facts(),
            table=self._table(),
            why=self._why(),
            basis=basis(
                self.rules,
                text("coverage on two reporting lines", "双线责任归属"),
                "K3",
                DERIVED_OWNER,
            ),
            missing=self._missing(),
        )

    def _headline(self) -> Text:
        owners = self.coverage.owners
        if not owners:
            return text(
                "Nobody covers {name} on {on}: {reason}.",
                "{on} {name}无人负责：{reason}。",
                name=self.name,
                on=self.on,
                reason=self._reason(),
            )
        if Gap.TWICE in self.gaps and len(owners) > 1:
            return text(
                "{name} is covered twice on {on}: {owners} are all recorded as owner.",
                "{name}在 {on} 被重复负责：{owners}都登记为负责人。",
                name=self.name,
                on=self.on,
                owners=listing(owner.name for owner in owners),
            )
        return text(
            "{owner} owns {name} on {on} ({how}){left}; {report}.",
            "{on} {name}由{owner}负责（{how}）{left}；{report}。",
            owner=owners[0].name,
            name=self.name,
            on=self.on,
            how=self._how(),
            left="" if owners[0].active else text(", but has left the company", "，但其已离职"),
            report=self._report(self.lines[0]),
        )

    def _reason(self) -> Text:
        if self.evidence is not None:
            return text(
                "no owner is recorded, and the won deals are in several currencies, so that "
                "sellers cannot be compared",
                "没有登记负责人，且赢单涉及多个币种，无法比较",
            )
        return text(
            "no owner is recorded and none follows from won deals",
            "没有登记负责人，也无法由赢单推定",
        )

    def _how(self) -> Text:
        if not self.coverage.is_derived:
            return text("recorded", "已登记")
        if self.evidence is None:
            return text("derived from won deals", "按赢单推定")
        first = self.evidence.sellers[0]
        return text(
            "derived: the most won, {value} in {deals}, among {people} with deals there",
            "推定：赢单金额最高，{deals}共 {value}，跟进过商机的有 {people}",
            value=amounts(first.value),
            deals=deals(first.deals),
            people=people(len(self.involved)),
        )

    def _report(self, lines: Lines) -> Text:
        if not lines.solid and not lines.dotted:
            return text("no reporting line is recorded", "没有登记汇报关系")
        solid = _names(lines.solid)
        if not lines.dotted:
            return text("the solid line goes to {solid}", "实线上级：{solid}", solid=solid)
        return text(
            "the solid line goes to {solid}, the dotted line to {dotted}",
            "实线上级：{solid}，虚线上级：{dotted}",
            solid=solid,
            dotted=_names(lines.dotted),
        )

    def _facts(self) -> tuple[Fact, ...]:
        facts = []
        how = (
            text("recorded", "已登记")
            if not self.coverage.is_derived
            else text("derived, house rule", "推定，内部默认规则")
        )
        for lines in self.lines:
            left = None if lines.owner.active else GAPS[Gap.LEFT]
            facts += [
                Fact(COVERAGE_ROLES[CoverageRole.OWNER], lines.owner.name, left or how),
                Fact(text("solid line manager", "实线上级"), _names(lines.solid)),
                Fact(text("dotted line", "虚线上级"), _names(lines.dotted)),
                Fact(text("unit", "部门"), lines.unit),
                Fact(text("region", "区域"), lines.region),
            ]
        for role in CoverageRole:
            if role is not CoverageRole.OWNER:
                holders = self.coverage.recorded.get(role, ())
                names = tuple(person.name for person in holders)
                facts.append(Fact(COVERAGE_ROLES[role], _names(names)))
        wrong = listing(GAPS[gap] for gap in self.gaps) if self.gaps else text("none", "无")
        facts.append(Fact(text("coverage gaps", "责任缺口"), wrong))
        return tuple(facts)

    def _table(self) -> Table | None:
        if not self.involved:
            return None
        columns = (
            Column(text("Seller", "销售")),
            Column(text("Deals of any stage", "商机数"), "right"),
            Column(text("Won in the period", "期间赢单数"), "right"),
            Column(text("Won value", "赢单金额"), "right"),
            Column(text("Latest win", "最近赢单")),
        )
        return Table(columns, tuple(_row(who) for who in self.involved), len(self.involved))

    def _why(self) -> tuple[Text, ...]:
        if self.evidence is None:
            return ()
        period = self.evidence.period
        return (
            text(
                "{people} worked on deals with {name}, {sellers} with wins from {since} to "
                "{until}, the {months} to its latest win.",
                "跟进过{name}商机的共 {people}，其中 {sellers}在 {since} 至 {until}"
                "（截至最近赢单的 {months}）赢单。",
                people=people(len(self.involved)),
                sellers=people(len(self.evidence.sellers)),
                name=self.name,
                since=period.since,
                until=period.until,
                months=months(self.rules.coverage.derive_months),
            ),
            text(
                "A recorded owner comes first; otherwise the highest won value decides, then "
                "the latest win, then the name.",
                "已登记的负责人优先；否则取赢单金额最高者，再看最近赢单日期，最后按姓名。",
            ),
        )

    def _missing(self) -> tuple[Text, ...]:
        lines = [
            text(
                "No solid line manager of {owner} is recorded.",
                "没有登记{owner}的实线上级。",
                owner=lines.owner.name,
            )
            for lines in self.lines
            if not lines.solid
        ]
        if self.coverage.is_derived:
            lines.append(text("No owner is recorded for the account.", "该客户没有登记负责人。"))
        return tuple(lines)


def coverage_owner(deps: Deps, account: str, on: date | None = None) -> CoverageOwner:
    """Answers who is responsible for an account: owner, both reporting lines, stand-in, sponsor.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick".
        on: The day as of which to look, e.g. "1 July 2017"; today when left out.

    Source: K3 (lines), K2 (sponsor), house (derived owners).
    """
    day = on or deps.today
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope)
        key = found.id or 0
        covered = coverage.coverage_on(session, day, deps.rules, {key})[key]
        evidence: Derivation | None = None
        involved: tuple[Involved, ...] = ()
        if scope.reads_fully(key):
            evidence = coverage.sellers(session, key, day, deps.rules)
            involved = _involved(session, key, day, evidence)
        lines = tuple(_lines(session, owner, day) for owner in covered.owners)
    return CoverageOwner(found.name, day, covered, lines, evidence, involved, deps.rules)


def _lines(session: Session, owner: Colleague, day: date) -> Lines:
    solid = organisation.managers_of(session, owner.id, day, Line.SOLID)
    dotted = organisation.managers_of(session, owner.id, day, Line.DOTTED)
    unit = session.get(Unit, owner.unit_id) if owner.unit_id else None
    region = organisation.region_of(session, owner.unit_id)
    return Lines(
        owner,
        tuple(person.name for person in solid),
        tuple(person.name for person in dotted),
        unit.name if unit else None,
        region.name if region else None,
    )


def _names(names: tuple[str, ...]) -> Text:
    return listing(names) if names else text("not recorded", "未登记")


def _involved(
    session: Session, account_id: int, day: date, evidence: Derivation | None
) -> tuple[Involved, ...]:
    """Those who won deals in the period, in their order, then the others by deals and name."""
    worked = coverage.deals_by_person(session, account_id, day)
    winners = evidence.sellers if evidence else ()
    won = [Involved(who.name, worked.get(who.person_id, who.deals), who) for who in winners]
    ids = {who.person_id for who in winners}
    names = coverage.colleagues(session, worked.keys() - ids)
    others = [Involved(names[key].name, worked[key], None) for key in worked.keys() - ids]
    return (*won, *sorted(others, key=lambda who: (-who.deals, who.name)))


def _row(who: Involved) -> tuple[Value, ...]:
    if who.won is None:
        return (who.name, who.deals, 0, None, None)
    return (who.name, who.deals, who.won.deals, amounts(who.won.value), who.won.last_closed_on)
