"""ESP+ of an account: its stage, the route of its deals, and projects that do only business."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tools.access import scope_of
from tools.basis import basis
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.data.closeness import contacts
from tools.deps import Deps
from tools.domain.closeness import Contacts
from tools.domain.customers import Customer
from tools.domain.esp import EspStage, Route, limit_of, stage_of, stages
from tools.domain.rules import RuleSet
from tools.esp import Project, Proof, projects_of, proofs
from tools.known import known_of
from tools.opened import opened
from tools.record_labels import STAGE
from tools.sourced import not_set
from tools.text import Money, Text, Value, text
from tools.upkeep import upkeep

EXAMPLES = Examples(
    en=(
        "ESP+ stage of {account}",
        "In which ESP+ stage is {account}?",
        "Large-project management or fast track for the deals of {account}?",
        "Which route does the deal with {account} take?",
        "Does {account} take the simplified process?",
        "Which projects at {account} bring neither closeness nor insight?",
        "Where does {account} stand in the ESP+ process on {on}?",
        "Flagged projects at {account}",
        "What keeps {account} from the next ESP+ stage?",
    ),
    zh=(
        "{account}处于ESP+的哪个阶段？",
        "{account}的ESP+阶段",
        "{account}的商机走大项目管理还是快速通道？",
        "{account}的项目走哪条路线？",
        "{account}适用简化流程吗？",
        "{account}有哪些项目既没拉近关系也没加深了解？",
        "{account}在{on}的ESP+进展",
        "{account}被标记的项目",
        "{account}进入ESP+下一阶段还差什么？",
    ),
)


@dataclass(frozen=True)
class EspState:
    """Stages with their proofs in the company's order, and the projects; `limit` of a large
    deal is None where the company has not set it."""

    customer: Customer
    on: date
    proofs: Mapping[EspStage, Proof]
    key_account: bool | None
    limit: Decimal | None
    projects: tuple[Project, ...]
    rules: RuleSet

    @property
    def stage(self) -> EspStage:
        return stage_of({s: p.passed for s, p in self.proofs.items()}, tuple(self.proofs))

    @property
    def flagged(self) -> list[Project]:
        """Projects at a key account that show neither closeness nor insight."""
        return [p for p in self.projects if self.key_account and p.duties.flagged]

    def card(self) -> Card:
        rows = tuple(self._row(project) for project in self.projects)
        return Card(
            title=text("ESP+: {name}", "ESP+：{name}", name=self.customer.name),
            headline=self._headline(),
            facts=tuple(self._facts()),
            table=Table(_COLUMNS, rows, len(rows)) if rows else None,
            why=(
                text(
                    "Stage: the first that is not proven. Route: first by the customer, then by "
                    "the amount. A project at a key account is flagged that shows neither a closer "
                    "relationship nor a need of 1 to 3 years recorded while it ran.",
                    "阶段：第一个尚无依据的阶段。路线：先看客户，再看金额。大客户的项目在进行期间"
                    "既没有拉近关系，也没有登记 1 至 3 年的需求，则被标记。",
                ),
            ),
            basis=(
                *basis(
                    self.rules,
                    text("ESP+", "ESP+"),
                    "K3",
                    {
                        "esp.stages": text("Stages", "阶段"),
                        "esp.large_deals": text("Amount of a large deal", "大项目金额"),
                        "score.top_share": text("Key account, top share", "大客户的前列比例"),
                    },
                ),
                text(
                    "What proves a stage or a duty is house; needs and plan as recorded now.",
                    "阶段和职责的判断依据为内部规则；需求和计划为当前记录。",
                ),
            ),
            missing=tuple(self._missing()),
            next=tuple(self._next()),
        )

    def _headline(self) -> Text:
        order = list(self.proofs)
        return text(
            "{name} is in ESP+ stage {place} of {of}, {stage}, on {on}; it is {kind}; projects "
            "{projects}, flagged {flagged}.",
            "{name}在 {on} 处于 ESP+ 第 {place} 阶段（共 {of} 个）：{stage}；{kind}；"
            "项目 {projects} 个，被标记 {flagged} 个。",
            name=self.customer.name,
            place=order.index(self.stage) + 1,
            of=len(order),
            stage=STAGES[self.stage],
            on=self.on,
            kind=_KIND[self.key_account],
            projects=len(self.projects),
            flagged=len(self.flagged),
        )

    def _facts(self) -> Iterator[Fact]:
        for stage, proof in self.proofs.items():
            passed = text("passed", "已通过") if proof.passed else text("open", "未通过")
            yield Fact(STAGES[stage], passed, proof.what)
        limit = Money(self.limit, self._base) if self.limit is not None else None
        shown: Value = limit or text("not set", "未设置")
        yield Fact(text("A deal is large from", "大项目起点"), shown)

    @property
    def _base(self) -> str:
        return self.rules.company.base_currency

    def _row(self, project: Project) -> tuple[Value, ...]:
        deal = project.deal
        return (
            deal.name or deal.external_id or str(deal.id),
            project.product,
            STAGE[deal.stage],
            Money(project.amount, self._base) if project.amount is not None else None,
            deal.engaged_on,
            deal.closed_on,
            ROUTES[project.route],
            _CLOSER[project.duties.closer],
            text("yes", "是") if project.duties.deeper else text("no", "否"),
            text("flagged", "标记") if project in self.flagged else None,
        )

    def _missing(self) -> Iterator[Text]:
        if self.limit is None:
            yield not_set("esp.large_deals")
        if self.key_account is None:
            yield text(
                "The score is incomplete, so no route can be told.", "积分不完整，无法判断路线。"
            )
        bare = sum(project.amount is None for project in self.projects)
        if bare:
            yield text(
                "Projects without an amount in {base}: {n}.",
                "没有 {base} 金额的项目：{n} 个。",
                base=self._base,
                n=bare,
            )
        assumed = sum(p.amount is not None and not p.deal.currency for p in self.projects)
        if assumed:
            yield text(
                "Projects that name no currency, {base} is assumed: {n}.",
                "未注明币种、按 {base} 计的项目：{n} 个。",
                base=self._base,
                n=assumed,
            )
        undated = sum(project.deal.engaged_on is None for project in self.projects)
        if undated:
            yield text(
                "Projects without a first day, so that their duties cannot be told: {n}.",
                "没有开始日、无法判断职责的项目：{n} 个。",
                n=undated,
            )

    def _next(self) -> Iterator[Text]:
        if not self.proofs[self.stage].passed:
            yield text("Next: {what}.", "下一步：{what}。", what=_NEXT[self.stage])
        for project in self.flagged[:2]:
            yield text(
                "Ask the owner of {deal}: which visit or need came of it?",
                "询问 {deal} 的负责人：带来了哪次拜访或哪项需求？",
                deal=project.deal.name or project.deal.external_id or str(project.deal.id),
            )


def esp_stage(deps: Deps, account: str, on: date | None = None) -> EspState:
    """Answers in which ESP+ stage an account is, which route its deals take, what is flagged.

    Args:
        account: The customer, by any of its names, e.g. "Merrowick" or "霁川半导体".
        on: The day as of which to look, e.g. "end of 2017"; today when left out.

    Source: K3 (routes, duties of a project), house (stages, proofs, amounts).
    """
    day, rules = on or deps.today, deps.rules
    order = stages(rules.esp)
    with deps.sessions() as session:
        found = opened(session, deps, account)
        key = found.id or 0
        customer = Customer(key, found.name, found.segment, found.region)
        known = known_of(session, rules, found, day, scope_of(session, deps.asker, deps.today))
        kept = upkeep(session, rules, (customer,), day, practice=found.sandbox)
        logged = contacts(session, day, rules.closeness, [key]).get(key, Contacts())
        is_key = kept.accounts[key].in_top
        projects = projects_of(session, rules, customer, day, key_account=is_key)
        proven = proofs(known, kept, logged, projects, rules)
    return EspState(
        customer,
        day,
        {stage: proven[stage] for stage in order},
        is_key,
        limit_of(customer.segment, rules.esp),
        tuple(projects),
        rules,
    )


_COLUMNS = (
    Column(text("Project", "项目")),
    Column(text("Product", "产品")),
    Column(text("Stage", "阶段")),
    Column(text("Amount", "金额"), "right"),
    Column(text("Begun", "开始")),
    Column(text("Closed", "关闭")),
    Column(text("Route", "路线")),
    Column(text("Closer", "关系更近")),
    Column(text("Deeper insight", "了解更深")),
    Column(text("Flag", "标记")),
)
STAGES: Mapping[EspStage, Text] = {
    EspStage.IDENTIFY: text("identify", "识别"),
    EspStage.UNDERSTAND: text("understand", "了解"),
    EspStage.STRATEGY: text("set goals and strategy", "制定目标与策略"),
    EspStage.RELATIONSHIP: text("build the relationship", "建立关系"),
    EspStage.CONVERT: text("convert projects", "转化项目"),
    EspStage.MONITOR: text("monitor", "监控"),
}
ROUTES: Mapping[Route, Text] = {
    Route.SIMPLIFIED: text("simplified process", "简化流程"),
    Route.LARGE_PROJECT: text("large-project management", "大项目管理"),
    Route.FAST_TRACK: text("fast track", "快速通道"),
    Route.NOT_SCORED: text("not known: score incomplete", "未知：积分不完整"),
    Route.NOT_SET: text("not known: amount not set", "未知：金额界限未设置"),
    Route.NO_AMOUNT: text("not known: no amount", "未知：没有金额"),
}
_KIND: Mapping[bool | None, Text] = {
    True: text("a key account", "属于大客户"),
    False: text("no key account: simplified process", "不属于大客户，走简化流程"),
    None: text("not fully scored", "积分不完整"),
}
_CLOSER: Mapping[bool | None, Text] = {
    True: text("yes", "是"),
    False: text("no", "否"),
    None: text("not known", "未知"),
}
_NEXT: Mapping[EspStage, Text] = {
    EspStage.IDENTIFY: text("complete the score", "补齐积分"),
    EspStage.UNDERSTAND: text("record needs and analysis answers", "登记需求和分析答案"),
    EspStage.STRATEGY: text("write a plan that covers today", "编制当前有效的计划"),
    EspStage.RELATIONSHIP: text("meet the decision layer", "接触决策层"),
    EspStage.CONVERT: text("bring a project to signature", "推动项目签约"),
    EspStage.MONITOR: text("hold the late evaluations", "完成逾期的评估"),
}
