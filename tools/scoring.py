"""The composite score of a whole company at a day, and the words its tools share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from sqlmodel import Session

from tools.basis import basis
from tools.data.factor_columns import factor_columns
from tools.data.factors import factor_inputs
from tools.domain.customers import Customer
from tools.domain.ranking import Standing
from tools.domain.rules import RuleSet
from tools.domain.score import Part, Score, Scorer
from tools.domain.score_columns import FactorColumns, Place, ranked
from tools.domain.vocabulary import Factor
from tools.errors import BadInput
from tools.labels import FACTORS, listing, months
from tools.text import Percent, Text, text


@dataclass(frozen=True)
class Scoreboard:
    """The place of every account of the company on a day, by id.

    Scores and ranks come from columns; the inputs that explain a score are read only for the
    accounts that are shown.
    """

    rules: RuleSet
    on: date
    columns: FactorColumns
    places: Mapping[int, Place]

    @cached_property
    def totals(self) -> dict[int, Decimal]:
        """The accounts that have a score."""
        return {
            account: place.total
            for account, place in self.places.items()
            if place.total is not None
        }

    def standing(self, account: int) -> Standing | None:
        """The account's place in the company; None while a factor is missing."""
        return self.places[account].overall

    def scores(self, session: Session, customers: Collection[Customer]) -> dict[int, Score]:
        """The scores of these accounts with all their parts."""
        found = factor_inputs(session, self.on, self.rules, [c.id for c in customers])
        scorer = Scorer(self.rules.score)
        return {c.id: scorer.score(c.segment, found.get(c.id, {})) for c in customers}

    def score(self, session: Session, customer: Customer) -> Score:
        """The account's score with all its parts."""
        return self.scores(session, (customer,))[customer.id]


def scoreboard(
    session: Session,
    rules: RuleSet,
    on: date,
    company: Mapping[int, Customer],
    share: Decimal,
    *,
    practice: bool = False,
) -> Scoreboard:
    """Scores and ranks the company's accounts as they were known on that day."""
    columns = factor_columns(session, on, rules, company, practice=practice)
    return board_of(rules, on, columns, share)


def board_of(rules: RuleSet, on: date, columns: FactorColumns, share: Decimal) -> Scoreboard:
    """Scores and ranks accounts on these inputs."""
    return Scoreboard(rules, on, columns, ranked(columns, Scorer(rules.score), share))


def top_share(rules: RuleSet, percent: Decimal | None) -> Decimal:
    """The share (0 to 1) that a percentage asked for means; None is the rule's."""
    if percent is None:
        return rules.score.top_share
    share = Decimal(percent) / 100
    if not 0 <= share <= 1:
        raise BadInput(
            text(
                "The top share is between 0 and 100 percent, not {percent}.",
                "前百分之几须在 0 到 100 之间，不能是 {percent}。",
                percent=percent,
            )
        )
    return share


def check_top(top: int) -> None:
    """Refuses a list of no rows."""
    if top < 1:
        raise BadInput(
            text(
                "A list shows at least one row; top is {top}.",
                "列表至少显示一行，top 不能是 {top}。",
                top=top,
            )
        )


def to_collect(part: Part) -> Text:
    """What is missing of a factor and how to get it."""
    if part.reason is not None:
        return text(
            "{factor}: {reason}.",
            "{factor}：{reason}。",
            factor=FACTORS[part.factor],
            reason=part.reason,
        )
    return COLLECT[part.factor]


COLLECT = {
    Factor.REVENUE: text(
        "Revenue: no deal, transaction or yearly figure is recorded; import sales or enter "
        "our yearly revenue.",
        "销售额：没有任何商机、交易或年度数据；请导入销售数据或录入年度销售额。",
    ),
    Factor.POTENTIAL: text(
        "Potential: enter what the customer could buy from us in a year, with date and source.",
        "潜力：请录入客户一年可能向我们采购的金额，并注明日期和来源。",
    ),
    Factor.DEMONSTRATION: text(
        "Demonstration effect: enter 0 to 100 for what winning this customer proves to others.",
        "示范作用：请按 0 到 100 分评价拿下该客户对其他客户的示范作用。",
    ),
    Factor.ABILITY: text(
        "Ability to win: enter 0 to 100 for whether we can win and deliver.",
        "能赢能做：请按 0 到 100 分评价我们能否赢单并交付。",
    ),
}


def lacking(score: Score) -> Text:
    """The names of the missing factors."""
    return listing(FACTORS[part.factor] for part in score.missing)


def unranked_line(customer: Customer, score: Score) -> Text:
    """One account without a score, with what it lacks and the range that is left."""
    return text(
        "{name} lacks {missing}; its score can be {low} to {high}.",
        "{name}缺少{missing}，积分可能在 {low} 到 {high} 之间。",
        name=customer.name,
        missing=lacking(score),
        low=score.lowest,
        high=score.highest,
    )


def score_basis(rules: RuleSet) -> tuple[Text, ...]:
    """Method, origins and version of the composite score."""
    return basis(
        rules,
        text("composite score", "综合积分法"),
        "K3",
        {
            "score.weights": text("Weights", "权重"),
            "score.bands": text("Bands from raw value to points", "原始值到分值的分档"),
            "score.top_share": text(
                "Top share {share}", "前 {share}", share=Percent(rules.score.top_share)
            ),
            "score.revenue_months": text(
                "Revenue over {months}",
                "销售额统计 {months}",
                months=months(rules.score.revenue_months),
            ),
        },
    )
