"""What became of a decision, in words."""

from dataclasses import dataclass
from enum import StrEnum

from tools.cards import Card
from tools.changes.show import Proposal
from tools.domain.vocabulary import ChangeStatus
from tools.text import Text, text


class Outcome(StrEnum):
    """What happened when somebody decided."""

    APPLIED = "applied"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    STALE = "stale"
    ALREADY = "already"
    UNDONE = "undone"
    NOT_APPLIED = "not_applied"
    BUILT_ON = "built_on"


_SAID = {
    Outcome.APPLIED: ("Done: {title}", "已完成：{title}"),
    Outcome.CANCELLED: ("Dropped, nothing was written: {title}", "已取消，未写入任何内容：{title}"),
    Outcome.EXPIRED: (
        "Nothing was written: the proposal had expired. Please ask again. ({title})",
        "未写入：该修改已过期，请重新提出。（{title}）",
    ),
    Outcome.STALE: (
        "Nothing was written: the records have changed since. ({title})",
        "未写入：相关记录已有变化。（{title}）",
    ),
    Outcome.UNDONE: ("Undone, the old values are back: {title}", "已撤销，恢复原值：{title}"),
    Outcome.NOT_APPLIED: (
        "There is nothing to undo: {title}",
        "没有可撤销的内容：{title}",
    ),
    Outcome.BUILT_ON: (
        "This cannot be undone: its records have changed since. ({title})",
        "无法撤销：相关记录之后又有变化。（{title}）",
    ),
}
_BEFORE = {
    ChangeStatus.APPLIED: ("was applied already", "此前已执行"),
    ChangeStatus.CANCELLED: ("was dropped already", "此前已取消"),
    ChangeStatus.EXPIRED: ("has expired", "已过期"),
    ChangeStatus.STALE: ("was refused, as records had changed", "因记录变化已被拒绝"),
    ChangeStatus.UNDONE: ("was undone", "已撤销"),
    ChangeStatus.PROPOSED: ("still waits", "仍待确认"),
}


@dataclass(frozen=True)
class Decision:
    """The change set as it stands now; `fresh` is the proposal that takes a stale one's place."""

    outcome: Outcome
    change: Proposal
    fresh: Proposal | None = None

    def card(self) -> Card:
        done = self.outcome is Outcome.APPLIED
        back = text("“undo” takes it back.", "回复“撤销”可恢复原值。")
        return Card(
            title=text("Change #{id}", "修改 #{id}", id=str(self.change.change_id)),
            headline=self._headline(),
            table=self.change.table() if done or self.outcome is Outcome.UNDONE else None,
            next=(back,) if done else (),
        )

    def _headline(self) -> Text:
        if self.outcome is Outcome.ALREADY:
            en, zh = _BEFORE[self.change.status]
            return text(
                "Nothing changed: this {state}. ({title})",
                "没有变化：该修改{state}。（{title}）",
                state=text(en, zh),
                title=self.change.title,
            )
        en, zh = _SAID[self.outcome]
        return text(en, zh, title=self.change.title)
