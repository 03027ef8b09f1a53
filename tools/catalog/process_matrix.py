"""The five processes and their key process matrices, open where the source is silent."""

from collections.abc import Iterator
from dataclasses import dataclass

from kam_knowledge.checklists import Checklist, checklists
from kam_knowledge.practice import Phrase
from kam_knowledge.processes import MatrixRow, Process, processes
from tools.cards import Card, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.deps import Deps
from tools.errors import NotFound
from tools.labels import listing
from tools.practice import mentioned, said
from tools.text import Text, Value, text

EXAMPLES = Examples(
    en=(
        "Key process matrix of acquisition",
        "What are the five processes of key account management?",
        "Owner, input, output and metric of each step in targeting",
        "Show the matrix of the penetration process",
        "Which metric does the targeting process have?",
        "What goes in and what comes out of the monitoring process?",
        "Which process matrices are still empty?",
        "Process matrix for coverage and channel",
        "Who owns the steps of the acquisition process?",
        "key steps and metrics of the coverage process",
        "steps, owners, inputs and outputs of targeting",
        "who owns each step of the process and with which metric",
    ),
    zh=(
        "客户获取的关键流程矩阵",
        "大客户管理的五大流程有哪些？",
        "目标客户选定每一步的负责人、输入、输出和指标",
        "看一下渗透流程的矩阵",
        "目标客户选定流程用什么指标衡量？",
        "监控流程的输入和输出是什么？",
        "哪些流程矩阵还没有填？",
        "覆盖与渠道的流程矩阵",
        "客户获取流程各步骤由谁负责？",
        "覆盖流程的关键步骤和指标有哪些",
        "获取流程每一步的输入输出",
        "定位流程谁负责、产出什么",
    ),
)
_OPEN = text("open", "未明确")


@dataclass(frozen=True)
class ProcessMatrix:
    """The process asked for, or all five where the question names none."""

    process: Process | None

    def card(self) -> Card:
        return self._one(self.process) if self.process else _overview()

    def _one(self, found: Process) -> Card:
        checklist = checklists()[found.key]
        rows = tuple(_filled(found) if found.rows else _checked(checklist))
        return Card(
            title=text("Key process matrix: {name}", "关键流程矩阵：{name}", name=said(found.name)),
            headline=_headline(found, checklist),
            facts=(
                Fact(text("Question", "要回答的问题"), said(found.question)),
                Fact(text("Result", "结果"), said(found.result)),
            ),
            table=Table(_COLUMNS, rows, len(rows)),
            basis=(
                text(
                    "Processes and columns of the matrix: K1. Question, result and rows are house.",
                    "流程与矩阵的列依据 K1；问题、结果和各行为内部补充。",
                ),
            ),
            missing=tuple(_gaps(found)),
            next=(
                text(
                    "Ask for the checklist of this process, or for its state on an account.",
                    "可查看该流程的清单，或某个客户的清单进度。",
                ),
            ),
        )


def process_matrix(deps: Deps, question: str = "") -> ProcessMatrix:  # noqa: ARG001
    """Answers how a process is set up: its steps with owner, input, output and metric.

    Args:
        question: The question with the process's name: targeting, acquisition, coverage and
            channel, monitoring or penetration, e.g. "matrix of acquisition"; all five when it
            names none.

    Source: K1 (processes, columns), house (rows).
    """
    try:
        return ProcessMatrix(mentioned(question, processes(), text("process", "流程")))
    except NotFound:
        return ProcessMatrix(None)


def _headline(found: Process, checklist: Checklist) -> Text:
    if found.rows:
        return text(
            "{name} has {count} steps in its matrix, from {first} to {last}; they are house, the "
            "source names the columns only.",
            "{name}的矩阵共 {count} 步，从“{first}”到“{last}”；各步为内部补充，资料只给出列名。",
            name=said(found.name),
            count=len(found.rows),
            first=said(found.rows[0].step),
            last=said(found.rows[-1].step),
        )
    return text(
        "The matrix of {name} is open: the source does not say its steps; the {count} lines of its "
        "checklist stand in, without owner, input, output or metric.",
        "{name}的矩阵未明确：资料没有说明各步骤；以清单的 {count} 项代替，"
        "负责人、输入、输出和指标未定。",
        name=said(found.name),
        count=len(checklist.items),
    )


def _overview() -> Card:
    filled = [found for found in processes() if found.rows]
    rows = tuple(
        (
            said(found.name),
            said(found.question),
            said(found.result),
            len(found.rows) or _OPEN,
            len(checklists()[found.key].items),
        )
        for found in processes()
    )
    return Card(
        title=text("The five processes", "五大流程"),
        headline=text(
            "Key account management has {count} processes: {names}; matrices filled in: {filled}, "
            "open: {open}.",
            "大客户管理共 {count} 个流程：{names}；矩阵已填 {filled} 个，未明确 {open} 个。",
            count=len(rows),
            names=listing(said(found.name) for found in processes()),
            filled=len(filled),
            open=len(rows) - len(filled),
        ),
        table=Table(
            (
                Column(text("Process", "流程")),
                Column(text("Question", "要回答的问题")),
                Column(text("Result", "结果")),
                Column(text("Steps in the matrix", "矩阵步骤"), "right"),
                Column(text("Lines of the checklist", "清单条目"), "right"),
            ),
            rows,
            len(rows),
        ),
        basis=(
            text(
                "Names of the processes: K1. Questions and results are house.",
                "流程名称依据 K1；问题与结果为内部补充。",
            ),
        ),
        missing=tuple(
            text(
                "{name}: the source does not say its steps; the company fills them in.",
                "{name}：资料没有说明步骤，由公司填写。",
                name=said(found.name),
            )
            for found in processes()
            if not found.rows
        ),
    )


def _filled(found: Process) -> Iterator[tuple[Value, ...]]:
    for place, row in enumerate(found.rows, 1):
        yield place, said(row.step), *(_cell(cell) for cell in row.cells)


def _checked(checklist: Checklist) -> Iterator[tuple[Value, ...]]:
    for place, item in enumerate(checklist.items, 1):
        yield place, text(item.en, item.zh), _OPEN, _OPEN, _OPEN, _OPEN


def _cell(phrase: Phrase | None) -> Text:
    return said(phrase) if phrase else _OPEN


def _gaps(found: Process) -> Iterator[Text]:
    if not found.rows:
        yield text(
            "Steps, owners, inputs, outputs and metrics: the methodology does not say them; the "
            "company fills them in.",
            "步骤、负责人、输入、输出和指标：方法论没有说明，由公司填写。",
        )
    for place, row in enumerate(found.rows, 1):
        if _lacks(row):
            yield text("Step {place} has open cells.", "第 {place} 步有未填内容。", place=place)


def _lacks(row: MatrixRow) -> bool:
    return any(cell is None for cell in row.cells)


_COLUMNS = (
    Column(text("Step", "步骤"), "right"),
    Column(text("What", "内容")),
    Column(text("Owner", "负责人")),
    Column(text("Input", "输入")),
    Column(text("Output", "输出")),
    Column(text("Metric", "指标")),
)
