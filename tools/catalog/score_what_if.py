"""What an account would score if an input or a weight were different."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.factors import factor_inputs
from tools.data.portfolio import customers
from tools.deps import Deps
from tools.domain.customers import Customer
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet, Weights
from tools.domain.score import Part, Raw, Score, Scorer
from tools.domain.vocabulary import Factor
from tools.errors import BadInput
from tools.labels import FACTORS
from tools.opened import opened
from tools.scoring import Scoreboard, board_of, lacking, score_basis, scoreboard, to_collect
from tools.text import Money, Percent, Text, Value, text

EXAMPLES = Examples(
    en=(
        "What would {account} score if its potential were higher?",
        "What if the revenue of {account} were 3 million?",
        "Would {account} become a key account with an ability of 80?",
        "Simulate the score of {account} with other weights",
        "What rank would {account} have if demonstration were 90?",
        "Score of {account} if revenue counted 40 percent",
        "Change the weights: what does {account} score then?",
        "Suppose other inputs for {account} on {on}",
        "What would {account} score with a potential of 80?",
        "What if the potential of {account} were 2 million?",
        "Suppose the ability to win at {account} rose to 90 points",
        "Score of {account} if potential weighed 30 percent",
        "{account} with demonstration at 70 and ability at 60: which score?",
    ),
    zh=(
        "如果{account}的潜力更高，积分会是多少？",
        "假如{account}的销售额是300万，积分多少？",
        "能赢能做提高到80分，{account}会成为大客户吗？",
        "用别的权重模拟{account}的积分",
        "如果示范作用是90分，{account}排第几？",
        "销售额权重改为40%时{account}的积分",
        "调整权重后{account}的积分会怎样变化？",
        "假设{account}在{on}的数据不同，积分会是多少？",
        "如果{account}的潜力是80分会怎样",
        "{account}的示范作用提高到90分，积分是多少",
        "潜力权重改成30%的话{account}积分是多少",
        "要是{account}的能赢能做降到50分呢",
    ),
)
_MONEY = (Factor.REVENUE, Factor.POTENTIAL)


@dataclass(frozen=True)
class ScoreWhatIf:
    """The score and place now and then; nothing is recorded."""

    customer: Customer
    on: date
    now: Scoreboard
    then: Scoreboard
    before: Score
    after: Score
    rules: RuleSet

    def card(self) -> Card:
        before, after = self.before, self.after
        return Card(
            title=text("What if: {name}", "假设测算：{name}", name=self.customer.name),
            headline=self._headline(before, after),
            facts=tuple(self._facts(before, after)),
            table=_table(before, after),
            why=(
                text(
                    "All other accounts keep their inputs; supposed weights hold for everybody. "
                    "Nothing is recorded.",
                    "其他客户的数据不变；假设的权重适用于所有客户。不会写入任何记录。",
                ),
            ),
            basis=score_basis(self.rules),
            missing=tuple(to_collect(part) for part in after.missing),
        )

    def _headline(self, before: Score, after: Score) -> Text:
        place = self.then.standing(self.customer.id)
        if after.total is None or place is None:
            return text(
                "{name} would still have no full score: {missing} missing; it could be {low} to "
                "{high}.",
                "{name}仍然没有完整积分：缺少{missing}；可能在 {low} 到 {high} 之间。",
                name=self.customer.name,
                missing=lacking(after),
                low=after.lowest,
                high=after.highest,
            )
        return text(
            "{name} would score {then} instead of {now} on {on}: {place}, now {earlier}.",
            "{name}在 {on} 的积分将由 {now} 变为 {then}：{place}，目前{earlier}。",
            name=self.customer.name,
            then=after.total,
            now=before.total if before.total is not None else text("incomplete", "不完整"),
            on=self.on,
            place=_place(place),
            earlier=_place(self.now.standing(self.customer.id)),
        )

    def _facts(self, before: Score, after: Score) -> Iterator[Fact]:
        key = self.customer.id
        yield Fact(text("Score now", "当前积分"), before.total)
        yield Fact(text("Score then", "假设积分"), after.total)
        yield Fact(text("Place now", "当前排名"), _place(self.now.standing(key)))
        yield Fact(text("Place then", "假设排名"), _place(self.then.standing(key)))


def score_what_if(
    deps: Deps,
    account: str,
    *,
    revenue: Decimal | None = None,
    potential: Decimal | None = None,
    demonstration: Decimal | None = None,
    ability: Decimal | None = None,
    revenue_weight: Decimal | None = None,
    potential_weight: Decimal | None = None,
    demonstration_weight: Decimal | None = None,
    ability_weight: Decimal | None = None,
    on: date | None = None,
) -> ScoreWhatIf:
    """Answers what an account would score and rank if inputs or weights were different.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        revenue: The supposed yearly revenue in the base currency, e.g. 3000000.
        potential: The supposed yearly potential in the base currency, e.g. 8000000.
        demonstration: The supposed demonstration effect, 0 to 100.
        ability: The supposed ability to win, 0 to 100.
        revenue_weight: The supposed weight of revenue, e.g. 0.4; the four weights sum to 1.
        potential_weight: The supposed weight of potential, e.g. 0.2.
        demonstration_weight: The supposed weight of demonstration, e.g. 0.2.
        ability_weight: The supposed weight of ability, e.g. 0.2.
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3 (method), house (numbers).
    """
    day, rules = on or deps.today, deps.rules
    raws = dict(zip(Factor, (revenue, potential, demonstration, ability), strict=True))
    weights = dict(
        zip(
            (item.name for item in fields(Weights)),
            (revenue_weight, potential_weight, demonstration_weight, ability_weight),
            strict=True,
        )
    )
    _check(raws, weights)
    supposed = _reweighted(rules, weights)
    with deps.sessions() as session:
        found = opened(session, deps, account)
        company = customers(session, sandbox=found.sandbox)
        now = scoreboard(
            session, rules, day, company, rules.score.top_share, practice=found.sandbox
        )
        customer = company[found.id or 0]
        inputs = factor_inputs(session, day, rules, [customer.id]).get(customer.id, {})
    changed = {factor: Decimal(value) for factor, value in raws.items() if value is not None}
    columns = now.columns.supposing(customer.id, changed)
    then = board_of(supposed, day, columns, rules.score.top_share)
    return ScoreWhatIf(
        customer,
        day,
        now,
        then,
        Scorer(rules.score).score(customer.segment, inputs),
        Scorer(supposed.score).score(
            customer.segment, {**inputs, **_supposed(changed, day, rules)}
        ),
        rules,
    )


def _check(raws: dict[Factor, Decimal | None], weights: dict[str, Decimal | None]) -> None:
    if all(value is None for value in (*raws.values(), *weights.values())):
        raise BadInput(
            text(
                "Say what would be different: revenue, potential, demonstration, ability, or a "
                "weight.",
                "请说明要假设的变化：销售额、潜力、示范作用、能赢能做，或某个权重。",
            )
        )
    for factor, value in raws.items():
        limit = None if factor in _MONEY else 100
        if value is not None and (value < 0 or (limit is not None and value > limit)):
            raise BadInput(
                text(
                    "The supposed {factor} of {value} is out of range: {range}.",
                    "假设的{factor} {value} 超出范围：{range}。",
                    factor=FACTORS[factor],
                    value=value,
                    range=text("0 or more", "不小于 0")
                    if limit is None
                    else text("0 to 100", "0 到 100"),
                )
            )


def _reweighted(rules: RuleSet, weights: dict[str, Decimal | None]) -> RuleSet:
    given = {name: Decimal(value) for name, value in weights.items() if value is not None}
    supposed = replace(rules.score, weights=replace(rules.score.weights, **given))
    return replace(rules, score=supposed)


def _supposed(raws: dict[Factor, Decimal], day: date, rules: RuleSet) -> dict[Factor, Raw]:
    source = text("supposed", "假设")
    return {
        factor: Raw(
            value,
            rules.company.base_currency if factor in _MONEY else "points",
            day,
            source,
            confirmed=False,
        )
        for factor, value in raws.items()
    }


def _place(standing: Standing | None) -> Text:
    if standing is None:
        return text("without a rank", "无排名")
    return text(
        "rank {rank} of {of}, {key}",
        "第 {rank} 名（共 {of} 家），{key}",
        rank=standing.rank,
        of=standing.of,
        key=text("a key account", "属于大客户")
        if standing.in_top
        else text("not a key account", "不属于大客户"),
    )


def _table(before: Score, after: Score) -> Table:
    columns = (
        Column(text("Factor", "因子")),
        Column(text("Raw now", "当前原始值"), "right"),
        Column(text("Raw then", "假设原始值"), "right"),
        Column(text("Points now", "当前分值"), "right"),
        Column(text("Points then", "假设分值"), "right"),
        Column(text("Weight now", "当前权重"), "right"),
        Column(text("Weight then", "假设权重"), "right"),
        Column(text("Effect", "影响"), "right"),
    )
    rows = tuple(_row(old, new) for old, new in zip(before.parts, after.parts, strict=True))
    return Table(columns, rows, len(rows))


def _row(old: Part, new: Part) -> tuple[Value, ...]:
    effect = None
    if old.contribution is not None and new.contribution is not None:
        effect = new.contribution - old.contribution
    return (
        FACTORS[old.factor],
        _raw(old),
        _raw(new),
        old.points,
        new.points,
        Percent(old.weight),
        Percent(new.weight),
        effect,
    )


def _raw(part: Part) -> Value:
    if part.raw is None:
        return text("missing", "缺失")
    return Money(part.raw.value, part.raw.unit) if part.factor in _MONEY else part.raw.value
