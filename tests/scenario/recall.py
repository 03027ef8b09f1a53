"""How often the tool that a question is about is among those shown to a language model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.messages.tool import tool_call

from bot.agent.builtin.model import BuiltInModel
from bot.agent.provider.preselection import Preselection
from bot.evaluation.cases import Case, Said
from kam_knowledge.scripts import has_chinese
from tools.catalog.spec import Examples, Tool

_SLOT = re.compile(r"\{(\w+)\}")
_WORDS = {
    "account": ("Merrowick Semiconductor", "霁川半导体"),
    "accounts": ("Merrowick and Orvane Rail Systems", "霁川半导体和澈光半导体"),
    "parent": ("Merrowick Semiconductor", "霁川半导体"),
    "person": ("Priya Raman", "王晓彤"),
    "owner": ("Priya Raman", "王晓彤"),
    "unit": ("East China", "华东区"),
    "region": ("East China", "华东"),
    "segment": ("semiconductors", "半导体"),
    "product": ("Edge Gateway", "边缘网关"),
    "stage": ("proposal", "方案"),
    "term": ("share of wallet", "钱包份额"),
    "checklist": ("acquisition plan", "获取计划"),
    "kpi": ("retention", "客户保有率"),
    "since": ("1 March 2026", "2026年3月1日"),
    "until": ("30 June 2026", "2026年6月30日"),
    "on": ("30 June 2026", "2026年6月30日"),
    "due_on": ("30 June 2026", "2026年6月30日"),
    "expected_on": ("30 June 2026", "2026年6月30日"),
    "year": ("2026", "2026"),
    "amount": ("USD 300,000", "300万元"),
    "rate": ("7.1", "7.1"),
    "currency": ("USD", "美元"),
    "into": ("CNY", "人民币"),
    "contact": ("Helen Cho", "陈立"),
    "successor": ("Grace Tan", "李沐辰"),
    "supplier": ("Tessmark", "泰思马克"),
    "alias": ("Merry", "霁川"),
    "name": ("Jichuan Holdings", "霁川控股"),
    "new_name": ("Jichuan Holdings", "霁川控股"),
    "lesson": ("coverage", "覆盖"),
    "section": ("Goals", "目标"),
    "activity": ("training of the teams", "团队培训"),
    "city": ("Suzhou", "苏州"),
    "top": ("10", "10"),
    "level": ("2", "2"),
    "percent": ("20", "20"),
}


@dataclass(frozen=True)
class Missed:
    """A question, and a tool for it that was not shown."""

    question: str
    tool: str


def filled(example: str) -> str:
    """An example sentence with names of the demo company in its slots."""
    chinese = has_chinese(example)

    def words(slot: re.Match[str]) -> str:
        name = slot.group(1)
        return _WORDS[name][chinese] if name in _WORDS else ("项目" if chinese else "the project")

    return _SLOT.sub(words, example)


def held_out(
    tools: Sequence[Tool], fold: int, folds: int
) -> tuple[list[Tool], list[tuple[str, str]]]:
    """The tools without every so-manieth example, and these examples with their tools."""
    kept, taken = [], []
    for tool in tools:
        parts = [_parted(said, fold, folds) for said in (tool.examples.en, tool.examples.zh)]
        examples = Examples(parts[0][0], parts[1][0], tool.examples.hant)
        kept.append(replace(tool, examples=examples))
        taken += [(filled(said), tool.name) for _, out in parts for said in out]
    return kept, taken


def _parted(said: Sequence[str], fold: int, folds: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    out = tuple(one for place, one in enumerate(said) if place % folds == fold)
    return tuple(one for one in said if one not in out), out


def missed_alone(
    chooser: BuiltInModel, asked: Sequence[tuple[str, str]], shown: int
) -> list[Missed]:
    """The questions, each asked by itself, of which the tool is not shown."""
    selection = Preselection(chooser, shown)
    return [
        Missed(question, tool)
        for question, tool in asked
        if tool not in selection.names([HumanMessage(question)])
    ]


def calls_of(said: Said) -> list[str]:
    """The tools that answer a message of a case."""
    return [name for call in said.calls for name in call]


def missed_in_threads(chooser: BuiltInModel, cases: Sequence[Case], shown: int) -> list[Missed]:
    """The messages of conversations, each after those before it, of which a tool is not shown."""
    selection = Preselection(chooser, shown)
    return [
        Missed(str(thread[-1].text), name)
        for case in cases
        for thread, wanted in _threads(case)
        for name in set(wanted) - set(selection.names(thread))
    ]


def _threads(case: Case) -> Iterator[tuple[list[AnyMessage], list[str]]]:
    """Each message that wants tools, with what the thread said and called before it."""
    threads: dict[str, list[AnyMessage]] = {}
    for said in case.turns:
        thread = threads.setdefault(f"{said.person} {said.thread}", [])
        thread.append(HumanMessage(said.say))
        wanted = calls_of(said)
        if wanted:
            yield list(thread), wanted
        made = [
            tool_call(name=name, args=_plain(arguments), id=uuid4().hex)
            for call in said.calls
            for name, arguments in call.items()
        ]
        if made:
            thread.append(AIMessage("", tool_calls=made))
            thread += [ToolMessage("{}", tool_call_id=str(call["id"])) for call in made]
        thread.append(AIMessage("Done."))


def _plain(arguments: dict[str, object] | None) -> dict[str, object]:
    return {k: v for k, v in (arguments or {}).items() if not isinstance(v, dict) and v != "*"}
