"""The risk register of an account or a scope, the gravest first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tools.basis import basis
from tools.cards import Card, Chart, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.models import Risk
from tools.data.register import risks as open_risks
from tools.deps import Deps
from tools.domain.review import GRAVE_RISK
from tools.domain.rules import RuleSet
from tools.domain.vocabulary import RiskKind
from tools.opened import meant
from tools.record_labels import RISK
from tools.scoring import check_top
from tools.selection import Filters
from tools.sourced import state
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "What are the risks at {account}?",
        "Risk register of {account}",
        "Show the open risks of {person}'s accounts",
        "Which risks are the gravest in {unit}?",
        "Risks in {segment}, ordered by likelihood and impact",
        "Which risks have no answer yet?",
        "Is there a competitor risk at {account}?",
        "Risk register for {region}",
        "What could go wrong at {account}?",
    ),
    zh=(
        "{account}有哪些风险？",
        "{account}的风险登记表",
        "{person}名下客户的未关闭风险",
        "{unit}最严重的风险是什么？",
        "{segment}行业的风险，按可能性和影响排序",
        "哪些风险还没有对策？",
        "{account}有竞争风险吗？",
        "{region}区域的风险清单",
        "{account}有没有合规风险",
        "我的客户有哪些风险",
    ),
)


@dataclass(frozen=True)
class Entry:
    """One open risk."""

    account: str
    risk: Risk
    owner: str | None

    @property
    def product(self) -> int:
        """Likelihood × impact, 1 to 25."""
        return self.risk.likelihood * self.risk.impact


@dataclass(frozen=True)
class RiskRegister:
    """The open risks: by likelihood × impact, then impact, then account."""

    named: Text
    entries: tuple[Entry, ...]
    top: int
    rules: RuleSet

    def card(self) -> Card:
        shown = self.entries[: self.top]
        grave = sum(entry.product >= GRAVE_RISK for entry in self.entries)
        return Card(
            title=text("Risks: {named}", "风险：{named}", named=self.named),
            headline=self._headline(grave),
            facts=(
                Fact(text("Open risks", "未关闭风险"), len(self.entries)),
                Fact(
                    text("Grave", "重大"),
                    grave,
                    text("from {limit}", "{limit} 起", limit=GRAVE_RISK),
                ),
            ),
            table=_table(shown, len(self.entries)) if shown else None,
            chart=self._chart() if shown else None,
            why=(
                text(
                    "Order: likelihood × impact, each from 1 to 5; the product ranks and does "
                    "not measure money.",
                    "排序：可能性 × 影响（各 1 到 5）；乘积只用于排序，不代表金额。",
                ),
            ),
            basis=(
                *basis(self.rules, text("risk control", "风险控制"), "K4", {}),
                text(
                    "Types, scales and order are house; K4 has the heading only. Risks as "
                    "recorded now.",
                    "类型、刻度和排序为内部规则，K4 仅有标题。风险为当前记录。",
                ),
            ),
            missing=tuple(self._missing()),
        )

    def _headline(self, grave: int) -> Text:
        if not self.entries:
            return text(
                "{named}: no open risk is recorded, which does not mean that there is none.",
                "{named}：没有登记未关闭的风险，但不代表没有风险。",
                named=self.named,
            )
        first = self.entries[0]
        return text(
            "{named}: open risks {count}, grave {grave}; the gravest is {kind} at {account}: "
            "{what} ({product}).",
            "{named}：未关闭风险 {count} 项，重大 {grave} 项；最严重的是{account}的{kind}风险："
            "{what}（{product}）。",
            named=self.named,
            count=len(self.entries),
            grave=grave,
            kind=RISK[first.risk.kind],
            account=first.account,
            what=first.risk.description,
            product=first.product,
        )

    def _chart(self) -> Chart:
        counts = Counter(entry.risk.kind for entry in self.entries)
        kinds = [kind for kind in RiskKind if counts[kind]]
        return Chart(
            "bar",
            text("Open risks by type", "各类未关闭风险"),
            tuple(RISK[kind] for kind in kinds),
            tuple(float(counts[kind]) for kind in kinds),
            text("risks", "项"),
        )

    def _missing(self) -> Iterator[Text]:
        for label, lacking in (
            (text("an answer", "对策"), [e for e in self.entries if not e.risk.answer]),
            (text("an owner", "责任人"), [e for e in self.entries if e.owner is None]),
        ):
            if lacking:
                yield text(
                    "Risks without {what}: {count}, the gravest at {account}.",
                    "没有{what}的风险：{count} 项，最严重的在{account}。",
                    what=label,
                    count=len(lacking),
                    account=lacking[0].account,
                )


def risks(
    deps: Deps,
    account: str = "",
    *,
    segment: str = "",
    region: str = "",
    person: str = "",
    unit: str = "",
    top: int = 20,
) -> RiskRegister:
    """Answers which risks are open, ordered by likelihood × impact, with owner and answer.

    Args:
        account: Only this customer, e.g. "Merrowick"; all readable ones when left out.
        segment: Only this segment, e.g. "medical".
        region: Only this region, e.g. "West".
        person: Only the accounts this person covers, e.g. "me" or "Anna Snelling".
        unit: Only the accounts this unit covers, e.g. "my team".
        top: How many rows to show, e.g. 20.

    Source: K4 (heading), house (register).
    """
    check_top(top)
    with deps.sessions() as session:
        filters = Filters(segment, region, person, unit)
        chosen = meant(session, deps, account, deps.today, filters)
        names = {customer.id: customer.name for customer in chosen.accounts}
        found = open_risks(session, chosen.ids)
    entries = [Entry(names[risk.account_id], risk, owner) for risk, owner in found]
    entries.sort(key=lambda e: (-e.product, -e.risk.impact, e.account, e.risk.id or 0))
    return RiskRegister(chosen.named, tuple(entries), top, deps.rules)


def _table(shown: tuple[Entry, ...], total: int) -> Table:
    columns = (
        Column(text("Account", "客户")),
        Column(text("Type", "类型")),
        Column(text("Risk", "风险")),
        Column(text("Likelihood", "可能性"), "right"),
        Column(text("Impact", "影响"), "right"),
        Column(text("Product", "乘积"), "right"),
        Column(text("Owner", "责任人")),
        Column(text("Answer", "对策")),
        Column(text("As of", "截至")),
        Column(text("Source", "来源")),
        Column(text("State", "状态")),
    )
    return Table(columns, tuple(_row(entry) for entry in shown), total)


def _row(entry: Entry) -> tuple[Value, ...]:
    risk = entry.risk
    return (
        entry.account,
        RISK[risk.kind],
        risk.description,
        risk.likelihood,
        risk.impact,
        entry.product,
        entry.owner,
        risk.answer,
        risk.as_of,
        risk.source,
        state(risk.confirmed),
    )
