"""What the assistant can do."""

from dataclasses import dataclass

from tools.access import scope_of
from tools.cards import Card, Column, Table
from tools.catalog.spec import Examples
from tools.data.profile import earliest_name
from tools.deps import Deps
from tools.domain.vocabulary import Role
from tools.labels import listing
from tools.text import Text, text

_EVERYBODY = frozenset(Role)
_SELLING = _EVERYBODY - {Role.NEWCOMER}


@dataclass(frozen=True)
class Ability:
    """A group of things to ask for, with questions to copy, and the roles it is for."""

    title: Text
    questions: tuple[Text, ...]
    roles: frozenset[Role] = _SELLING


_ABILITIES = (
    Ability(
        text("Learn the method", "学习方法论"),
        (
            text("What is share of wallet?", "什么是钱包份额？"),
            text("How is the composite score computed?", "综合积分是怎么算的？"),
            text("What does the method say about executive sponsors?", "高层赞助人要做哪些事？"),
            text("Show the handover checklist", "看一下客户交接清单"),
        ),
        _EVERYBODY,
    ),
    Ability(
        text("Know an account", "了解客户"),
        (
            text("Tell me about {account}", "介绍一下{account}"),
            text("Which sub-units does {account} have?", "{account}有哪些下级单位？"),
            text("Give me a one-page summary of {account}", "给我一页{account}的客户概况"),
            text(
                "How far is the acquisition plan checklist for {account}?",
                "{account} 的获取计划清单做到哪一步了？",
            ),
        ),
        _EVERYBODY,
    ),
    Ability(
        text("Identify key accounts", "识别大客户"),
        (
            text("Who are our key accounts?", "我们的大客户有哪些？"),
            text("Why does {account} have this score?", "{account}的综合积分为什么是这样？"),
            text("Which accounts lack data for the score?", "哪些客户还缺积分数据？"),
            text("Show the priority list", "看一下客户优先级清单"),
        ),
    ),
    Ability(
        text("See who is responsible", "查清谁负责"),
        (
            text("Who covers {account}?", "{account}由谁负责？"),
            text("Which accounts do I cover?", "我负责哪些客户？"),
            text("Which accounts are not covered?", "哪些客户没有人负责？"),
        ),
    ),
    Ability(
        text("Follow sales", "跟踪销售"),
        (
            text("Top accounts by won revenue this year", "今年赢单收入最高的客户"),
            text("Win rate by region", "各区域的赢单率"),
            text("Show the open pipeline of my team", "我的团队有哪些未关闭的商机"),
            text("Which deals have no account?", "哪些商机没有关联客户？"),
        ),
    ),
    Ability(
        text("Lead a team", "带团队"),
        (
            text("Win rate of my team by seller", "我的团队每个销售的赢单率"),
            text("Revenue of my team by month", "我的团队每月的收入"),
            text("Which of my team's accounts have no stand-in?", "我团队的客户哪些没有代理人？"),
        ),
        frozenset({Role.MANAGER, Role.DIRECTOR, Role.SALES_OPERATIONS}),
    ),
)


@dataclass(frozen=True)
class Capabilities:
    """What one person can ask for; `account` is one they read, for the example questions."""

    role: Role
    abilities: tuple[Ability, ...]
    account: str | None

    def card(self) -> Card:
        account = self.account or text("an account", "某客户")
        rows = tuple(
            (ability.title, Text(question.en, question.zh, {"account": account}))
            for ability in self.abilities
            for question in ability.questions
        )
        return Card(
            title=text("What I can do", "我能做什么"),
            headline=text(
                "I can help you in {count} fields: {fields}.",
                "我可以在 {count} 个方面帮您：{fields}。",
                count=len(self.abilities),
                fields=listing(ability.title for ability in self.abilities),
            ),
            table=Table(
                (Column(text("field", "方面")), Column(text("ask for example", "可以这样问"))),
                rows,
                len(rows),
            ),
            basis=(
                text(
                    "Figures come from the records and the method, never from a language model; "
                    "you see what your role may read.",
                    "数字均来自系统记录和方法论，不由语言模型生成；您看到的内容取决于您的角色。",
                ),
            ),
            next=self._next(),
        )

    def _next(self) -> tuple[Text, ...]:
        if self.role is Role.NEWCOMER:
            return (
                text(
                    "As a newcomer you practise on the sandbox account.",
                    "您是新人，可以用练习客户进行练习。",
                ),
            )
        return (
            text(
                "Ask “why?” after any result to see its inputs and rules.",
                "看到结果后可以追问“为什么”，查看依据和规则。",
            ),
        )


def capabilities(deps: Deps) -> Capabilities:
    """What the assistant can do for the person who asks, with example questions.

    Source: house.
    """
    role = deps.asker.role
    with deps.sessions() as session:
        account = earliest_name(session, scope_of(session, deps.asker, deps.today).full)
    return Capabilities(role, tuple(a for a in _ABILITIES if role in a.roles), account)


EXAMPLES = Examples(
    en=(
        "what can you do",
        "help",
        "help me get started",
        "what can I ask you",
        "hi, who are you",
        "hello",
        "show me what you are able to do",
        "which questions do you answer",
        "list your features",
        "how do I use this assistant",
        "what are you good for?",
        "I'm new here, what should I ask",
        "what sort of things can you tell me",
        "what kind of questions can I ask",
        "what can you not do",
        "what are your limits",
    ),
    zh=(
        "你能做什么",
        "帮助",
        "怎么用",
        "我可以问你什么",
        "你好，你是谁",
        "你好",
        "你有哪些功能",
        "能帮我干什么",
        "功能列表",
        "使用说明",
        "请介绍一下你自己",
        "刚来，不知道该问什么",
        "你都能告诉我哪些东西",
        "你能回答哪些问题",
        "你都懂什么",
        "这个工具能帮我做什么",
        "有什么是你做不了的",
    ),
)
