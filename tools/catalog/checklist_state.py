"""How far an account's checklists are."""

from collections.abc import Mapping
from dataclasses import dataclass

from kam_knowledge.checklists import Checklist, checklists
from tools import resolve
from tools.access import scope_of
from tools.cards import Card, Check, Column, Fact, Table
from tools.catalog.spec import Examples
from tools.checklists import find
from tools.data.checklists import runs_of
from tools.deps import Deps
from tools.domain.checklists import UNTOUCHED, Done, Progress, Run, progress, states, unknown
from tools.domain.vocabulary import ItemState
from tools.record_labels import ITEM_STATE
from tools.text import Percent, Text, Value, text


@dataclass(frozen=True)
class RunState:
    """A run of a checklist and how far it is."""

    checklist: Checklist
    run: Run
    progress: Progress


@dataclass(frozen=True)
class ChecklistState:
    """The runs of an account, latest first; `asked` is the checklist that was asked for."""

    account: str
    asked: Checklist | None
    runs: tuple[RunState, ...]
    retired: tuple[str, ...]

    def card(self) -> Card:
        if self.asked is None:
            return self._overview()
        if not self.runs:
            return self._not_started(self.asked)
        return self._detail(self.runs[0])

    def _overview(self) -> Card:
        values: dict[str, Value] = {"account": self.account, "count": len(self.runs)}
        headline = text(
            "Checklists of {account}, in work or finished: {count}.",
            "{account}共有 {count} 个进行中或已完成的清单。",
            **values,
        )
        if not self.runs:
            headline = text(
                "No checklist has been started for {account}.",
                "{account}还没有启动任何清单。",
                **values,
            )
        columns = (
            Column(text("checklist", "清单")),
            Column(text("started", "开始日")),
            Column(text("finished", "完成日")),
            Column(text("done", "已完成"), "right"),
            Column(text("open", "未完成"), "right"),
            Column(text("progress", "进度"), "right"),
        )
        rows = tuple(
            (
                _name(found.checklist),
                found.run.started_on,
                found.run.finished_on,
                found.progress.done,
                found.progress.open,
                _share(found.progress),
            )
            for found in self.runs
        )
        return Card(
            title=text("Checklists of {account}", "{account}的清单", account=self.account),
            headline=headline,
            table=Table(columns, rows, len(rows)) if rows else None,
            basis=(_counting(),) if rows else (),
            missing=self._retired(),
            next=() if rows else (_available(),),
        )

    def _not_started(self, asked: Checklist) -> Card:
        return Card(
            title=self._title(asked),
            headline=text(
                "The checklist “{name}” has not been started for {account}; "
                "all {count} items are open.",
                "{account}尚未启动清单“{name}”，{count} 项全部未完成。",
                name=_name(asked),
                account=self.account,
                count=len(asked.items),
            ),
            checks=self._checks(asked, {}),
        )

    def _detail(self, found: RunState) -> Card:
        items = states(found.run, [item.key for item in found.checklist.items])
        return Card(
            title=self._title(found.checklist),
            headline=text(
                "{done} of {all} items of “{name}” are done for {account} ({share}); "
                "{open} are open.",
                "{account}的“{name}”已完成 {done}/{all} 项（{share}），{open} 项未完成。",
                account=self.account,
                name=_name(found.checklist),
                done=found.progress.done,
                all=found.progress.done + found.progress.open,
                share=_share(found.progress),
                open=found.progress.open,
            ),
            facts=(
                Fact(text("Started", "开始日"), found.run.started_on),
                Fact(text("Finished", "完成日"), found.run.finished_on),
                Fact(text("Not applicable", "不适用"), found.progress.not_applicable),
            ),
            table=Table(
                (
                    Column(text("item", "条目")),
                    Column(text("state", "状态")),
                    Column(text("evidence", "依据")),
                    Column(text("by", "登记人")),
                    Column(text("on", "日期")),
                ),
                tuple(
                    (
                        text(item.en, item.zh),
                        ITEM_STATE[items[item.key].state],
                        items[item.key].evidence,
                        items[item.key].person,
                        items[item.key].decided_on,
                    )
                    for item in found.checklist.items
                ),
                len(found.checklist.items),
            ),
            basis=(_counting(),),
            missing=(*self._unproven(found), *self._retired()),
            next=_first_open(found),
            checks=self._checks(found.checklist, items),
        )

    def _checks(self, checklist: Checklist, known: Mapping[str, Done]) -> tuple[Check, ...]:
        """The items that can be ticked off: all but those that do not apply."""
        recorded = [(item, known.get(item.key, UNTOUCHED)) for item in checklist.items]
        return tuple(
            Check(
                self.account,
                checklist.key,
                item.key,
                text(item.en, item.zh),
                found.state is ItemState.DONE,
                _shown_by(found),
            )
            for item, found in recorded
            if found.state is not ItemState.NOT_APPLICABLE
        )

    def _title(self, checklist: Checklist) -> Text:
        return text(
            "{name}: {account}",
            "{account}：{name}",
            name=_name(checklist),
            account=self.account,
        )

    def _unproven(self, found: RunState) -> tuple[Text, ...]:
        return tuple(
            text(
                "Done without evidence: {item}",
                "已完成但缺少依据：{item}",
                item=text(item.en, item.zh),
            )
            for item in found.checklist.items
            for state in [found.run.items.get(item.key)]
            if state and state.state is ItemState.DONE and not state.evidence
        )

    def _retired(self) -> tuple[Text, ...]:
        return tuple(
            text(
                "Recorded, but no longer on the checklist: {item}",
                "有记录但清单中已没有的条目：{item}",
                item=item,
            )
            for item in self.retired
        )


def checklist_state(deps: Deps, account: str, checklist: str = "") -> ChecklistState:
    """How far an account's checklists are: items done and open, with evidence, who and when.

    Args:
        account: The customer, e.g. "Merrowick Semiconductor".
        checklist: One checklist, e.g. "acquisition plan"; empty for all of the account's.

    Source: K1, house.
    """
    asked = find(checklist) if checklist else None
    with deps.sessions() as session:
        scope = scope_of(session, deps.asker, deps.today)
        found = resolve.account(session, account, scope)
        scope.require_full(found.id or 0, found.name)
        runs = runs_of(session, found.id or 0, asked.key if asked else None)
    known = [_state(run, checklists()) for run in runs]
    shown = tuple(state for state in known if state)
    gone = [run.checklist for run, state in zip(runs, known, strict=True) if state is None]
    gone += [key for state in shown for key in unknown(state.run, _keys(state.checklist))]
    return ChecklistState(found.name, asked, shown, tuple(gone))


def _state(run: Run, known: Mapping[str, Checklist]) -> RunState | None:
    checklist = known.get(run.checklist)
    return RunState(checklist, run, progress(run, _keys(checklist))) if checklist else None


def _keys(checklist: Checklist) -> list[str]:
    return [item.key for item in checklist.items]


def _shown_by(found: Done) -> Text | None:
    """What shows that an item is done, who says so and since when."""
    known = [found.evidence, found.person, found.decided_on]
    if found.state is not ItemState.DONE or not any(known):
        return None
    said = {f"v{n}": value for n, value in enumerate(known) if value}
    template = " · ".join(f"{{{name}}}" for name in said)
    return text(template, template, **said)


def _name(checklist: Checklist) -> Text:
    return text(checklist.en, checklist.zh)


def _share(found: Progress) -> Percent | None:
    return None if found.share is None else Percent(found.share)


def _counting() -> Text:
    return text(
        "Progress = done ÷ (done + open); items that do not apply are left out (house).",
        "进度 = 已完成 ÷（已完成 + 未完成），不适用的条目不计入（内部规则）。",
    )


def _available() -> Text:
    return text(
        "Checklists there are: {names}.",
        "可用的清单：{names}。",
        names=Text(
            ", ".join(c.en for c in checklists().values()),
            "、".join(c.zh for c in checklists().values()),
        ),
    )


def _first_open(found: RunState) -> tuple[Text, ...]:
    items = states(found.run, _keys(found.checklist))
    opened = [i for i in found.checklist.items if items[i.key].state is ItemState.OPEN]
    return tuple(
        text(
            "Next: {item} ({hint})",
            "下一项：{item}（{hint}）",
            item=text(item.en, item.zh),
            hint=text(item.hint_en.rstrip("."), item.hint_zh.rstrip("。")),
        )
        for item in opened[:3]
    )


EXAMPLES = Examples(
    en=(
        "how far is the {checklist} checklist for {account}",
        "checklist progress of {account}",
        "what is still open on {account}'s {checklist}",
        "which items are done for {account}",
        "{checklist} status {account}",
        "which checklists are running for {account}",
        "show open checklist items of {account}",
        "did we finish the {checklist} of {account}",
        "who ticked off the {checklist} items of {account}",
        "where do we stand with the {checklist} for {account}?",
        "what's left to do on the handover of {account}",
    ),
    zh=(
        "{account}的{checklist}做到哪一步了",
        "{account}的清单进度",
        "{account}的{checklist}还有哪些没完成",
        "{account}哪些检查项已经完成",
        "{account}{checklist}进度",
        "{account}正在进行哪些清单",
        "看一下{account}未完成的检查项",
        "{account}的{checklist}做完了吗",
        "{account}的{checklist}是谁确认的",
        "请问{account}的{checklist}进展如何",
        "{account}的交接还差什么",
    ),
)
