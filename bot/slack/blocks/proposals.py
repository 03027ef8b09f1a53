"""Proposed changes as cards: what would change, and the buttons that decide on it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot.slack.blocks import elements, inputs, tables
from bot.slack.blocks.elements import Json
from bot.slack.blocks.message import Message
from bot.slack.limits import characters
from bot.slack.mrkdwn import cut, escaped, length, shown
from tools.cards import Table
from tools.changes import ChangedField, Decision, Outcome, Proposal
from tools.domain.vocabulary import ChangeStatus
from tools.labels import listing
from tools.text import Language, Text, Value, show, text

CONFIRM, EDIT, CANCEL = "kam_proposal_confirm", "kam_proposal_edit", "kam_proposal_cancel"
REMOVE, UNDO = "kam_proposal_remove", "kam_proposal_undo"
REMARKS = "kam_proposal_remarks"
"""The block that says what of a note was left out; it stays while the card changes."""

_ASKED_FIRST = 5
"""Rows up to which a single click confirms."""
_LISTED = 12
"""Lines up to which each has its own block and button."""
_WORDS = 280
_ROWS, _CELL, _CHARACTERS = 90, 60, 5_000
"""What a card shows of a table, so that the rest of it has room."""
_ROOM = 8_000
"""Characters up to which lines are shown one by one."""
_OPTION = 30

_PROPOSED = text("Proposed change #{id}", "待确认的修改 #{id}")
_CHANGE = text("Change #{id}", "修改 #{id}")
_WAITS = text("Nothing is written yet. Please confirm: {title}", "尚未写入，请确认：{title}")
_ACCOUNT, _ASKED = text("Account", "客户"), text("Asked by", "提出人")
_UNTIL = text("Waits until", "有效期至")
_OPERATOR = text("operator", "本机操作员")
_ASSUMED = text("assumed", "假定")
_APPROVER = text("A manager of this account has to confirm it.", "需由该客户的主管确认。")
_CONFIRM, _EDIT = text("Confirm", "确认"), text("Edit", "编辑")
_CANCEL, _UNDO = text("Cancel", "取消"), text("Undo", "撤销")
_REMOVE = text("Remove", "删除")
_REMOVE_LINE = text("Remove a line …", "删除某一行……")
_SURE = text("Write all of it?", "全部写入？")
_SURE_TEXT = text("{count} records change at once: {title}", "将同时修改 {count} 条记录：{title}")
_BACK = text("Back", "返回")
_MANY = text("{name} and {more} more", "{name}等 {more} 家")
_WHEN: Mapping[ChangeStatus, Text] = {
    ChangeStatus.APPLIED: text("Confirmed by {who}", "确认人：{who}"),
    ChangeStatus.UNDONE: text("Undone", "已撤销"),
    ChangeStatus.CANCELLED: text("Dropped by {who}", "取消人：{who}"),
    ChangeStatus.EXPIRED: text("Expired", "已过期"),
    ChangeStatus.STALE: text("Refused, as records had changed", "因记录变化已被拒绝"),
    ChangeStatus.PROPOSED: text("Still waits", "仍待确认"),
}
_TAKEN_BACK = text("Undone by {who}", "撤销人：{who}")


def waiting(proposal: Proposal, language: Language) -> Message:
    """The card of a proposal that waits, with its buttons."""
    headline = _WAITS.en, _WAITS.zh
    said = text(*headline, title=proposal.title).render(language)
    blocks = [
        elements.header(_titled(_PROPOSED, proposal, language)),
        *elements.sentences(said),
        _about(proposal, language),
        *_lines(proposal, language),
        *_remarks(proposal.remarks, language),
        _buttons(proposal, language),
    ]
    return Message(cut(escaped(said), 3_000), tuple(blocks))


def settled(
    decision: Decision, language: Language, *, undoable: bool = True, said: str = ""
) -> Message:
    """The card once it is decided: what happened (or `said`), who decided and when, and a way
    back."""
    change = decision.change
    said = said or _headline(decision, language)
    blocks = [
        elements.header(_titled(_CHANGE, change, language)),
        *elements.sentences(said),
        _decided(change, language),
    ]
    applied = change.status is ChangeStatus.APPLIED
    if applied:
        blocks += list(_listed(change, language))
    if applied and undoable and change.undoes is None:
        number = str(change.change_id)
        blocks.append(elements.actions([elements.button(show(_UNDO, language), UNDO, number)]))
    return Message(cut(escaped(said), 3_000), tuple(blocks))


def renewed(decision: Decision, fresh: Proposal, language: Language) -> Message:
    """A refused proposal, and below it the one with fresh values that takes its place."""
    card = waiting(fresh, language)
    said = _headline(decision, language)
    return Message(
        cut(escaped(f"{said}\n{card.text}"), 3_000), (*elements.sentences(said), *card.blocks)
    )


def _titled(title: Text, proposal: Proposal, language: Language) -> str:
    return text(title.en, title.zh, id=str(proposal.change_id)).render(language)


def _about(proposal: Proposal, language: Language) -> Json:
    """Which account, who asked, and until when it waits."""
    facts: list[tuple[Text, list[Json]]] = []
    if proposal.accounts:
        facts.append((_ACCOUNT, [_run(_accounts(proposal.accounts), language)]))
    facts.append((_ASKED, [_run(proposal.asker or _OPERATOR, language)]))
    facts.append((_UNTIL, [_instant(proposal.expires_at)]))
    runs: list[Json] = []
    for label, value in facts:
        runs += [elements.run(f"{show(label, language)}  ", bold=True), *value, elements.run("\n")]
    if proposal.confirmer == "approver":
        runs.append(elements.run(show(_APPROVER, language)))
    return elements.rich(elements.line(*runs))


def _accounts(names: Sequence[str]) -> Value:
    if len(names) > _ASKED_FIRST:
        return text(_MANY.en, _MANY.zh, name=names[0], more=len(names) - 1)
    return listing(names)


def _decided(change: Proposal, language: Language) -> Json:
    who = change.decided_by or _OPERATOR
    label = _TAKEN_BACK if change.undoes is not None else _WHEN[change.status]
    runs = [elements.run(text(label.en, label.zh, who=who).render(language))]
    if change.decided_at is not None:
        runs += [elements.run("  "), _instant(change.decided_at)]
    return elements.rich(elements.line(*runs))


def _instant(at: datetime) -> Json:
    """A point in time, which Slack shows in the reader's own time zone."""
    return {
        "type": "date",
        "timestamp": int(at.timestamp()),
        "format": "{date_short_pretty} {time}",
        "fallback": at.strftime("%Y-%m-%d %H:%M UTC"),
    }


def _headline(decision: Decision, language: Language) -> str:
    """What happened; of a change that was decided before, what became of it then."""
    if decision.outcome is Outcome.ALREADY and decision.change.status is ChangeStatus.APPLIED:
        return Decision(Outcome.APPLIED, decision.change).card().headline.render(language)
    return decision.card().headline.render(language)


def _lines(proposal: Proposal, language: Language) -> list[Json]:
    """Line by line with a button each; more than that takes as a table."""
    if _listed_one_by_one(proposal, language):
        several = len(_by_line(proposal)) > 1
        return [
            block
            for position, fields in _by_line(proposal)
            for block in (
                _heading(proposal, position, fields, several, language),
                _fields(fields, language),
            )
        ]
    return _table(proposal, _titled(_PROPOSED, proposal, language), language)


def _listed_one_by_one(proposal: Proposal, language: Language) -> bool:
    lines = _by_line(proposal)
    return (
        len(lines) <= _LISTED
        and characters([_fields(fields, language) for _, fields in lines]) <= _ROOM
    )


def _heading(
    proposal: Proposal,
    position: int,
    fields: Sequence[ChangedField],
    several: bool,
    language: Language,
) -> Json:
    record = cut(show(fields[0].record, language), _WORDS)
    if not several:
        return elements.section(record)
    value = f"{proposal.change_id}:{position}"
    remove = elements.button(show(_REMOVE, language), REMOVE, value)
    return elements.section(f"{position + 1}. {record}", remove)


def _fields(fields: Sequence[ChangedField], language: Language) -> Json:
    """The fields of a line with their old and new values; of a new record the new ones."""
    new = all(field.before is None and field.after is not None for field in fields)
    return elements.rich(elements.bullets([_field(field, language, new) for field in fields]))


def _field(field: ChangedField, language: Language, new: bool) -> list[Json]:
    old = [] if new else [_run(field.before, language), elements.run(" → ")]
    label = elements.run(f"{elements.named(field.field, language)}  ", bold=True)
    runs = [label, *old, _run(field.after, language)]
    if field.assumed:
        runs.append(elements.run(f"  ({show(_ASSUMED, language)})", italic=True))
    return runs


def _run(value: Value, language: Language) -> Json:
    return elements.run(shown(cut(show(value, language), _WORDS)))


def _listed(change: Proposal, language: Language) -> Iterator[Json]:
    """The lines without buttons."""
    if not _listed_one_by_one(change, language):
        yield from _table(change, _titled(_CHANGE, change, language), language)
        return
    for _, fields in _by_line(change):
        yield elements.section(cut(show(fields[0].record, language), _WORDS))
        yield _fields(fields, language)


def _table(proposal: Proposal, title: str, language: Language) -> list[Json]:
    """As many rows as one message takes, and how many there are."""
    whole = proposal.table()
    rows: list[tuple[Value, ...]] = []
    used = 0
    for row in whole.rows[:_ROWS]:
        cells = [cut(show(cell, language), _CELL) for cell in row]
        used += sum(length(cell) for cell in cells)
        if used > _CHARACTERS:
            break
        rows.append(tuple(cells))
    shown_rows = Table(whole.columns, tuple(rows), whole.total)
    return [
        *tables.table_blocks(shown_rows, title, language),
        *elements.context(tables.not_shown(shown_rows, language)),
    ]


def _by_line(proposal: Proposal) -> list[tuple[int, list[ChangedField]]]:
    grouped = groupby(proposal.fields, key=lambda field: field.position)
    return [(position, list(fields)) for position, fields in grouped]


def _remarks(remarks: Sequence[Text], language: Language) -> list[Json]:
    """What nothing was made of, under a name by which the next card finds it."""
    said = elements.context(show(remark, language) for remark in remarks)
    return [block | {"block_id": f"{REMARKS}:{n}"} for n, block in enumerate(said)]


def kept_remarks(message: Mapping[str, object], card: Message) -> Message:
    """The card with what the message before it said was left out of a note."""
    blocks = message.get("blocks")
    old: list[Json] = blocks if isinstance(blocks, list) else []
    kept = [b for b in old if str(b.get("block_id", "")).startswith(f"{REMARKS}:")]
    return Message(card.text, (*card.blocks[:-1], *kept, *card.blocks[-1:])) if kept else card


def _buttons(proposal: Proposal, language: Language) -> Json:
    number = str(proposal.change_id)
    confirm = elements.button(show(_CONFIRM, language), CONFIRM, number) | {"style": "primary"}
    lines = _by_line(proposal)
    if len(lines) > _ASKED_FIRST:
        confirm["confirm"] = _dialog(proposal, len(lines), language)
    buttons = [
        confirm,
        elements.button(show(_EDIT, language), EDIT, number),
        elements.button(show(_CANCEL, language), CANCEL, number),
    ]
    if len(lines) > 1 and not _listed_one_by_one(proposal, language):
        buttons.append(_removal(proposal, lines, language))
    return elements.actions(buttons)


def _removal(
    proposal: Proposal, lines: Sequence[tuple[int, Sequence[ChangedField]]], language: Language
) -> Json:
    choices = [
        (
            f"{proposal.change_id}:{position}",
            cut(f"{position + 1}. {show(f[0].record, language)}", _OPTION),
        )
        for position, f in lines
    ]
    return inputs.select(choices, action=REMOVE, placeholder=show(_REMOVE_LINE, language))


def _dialog(proposal: Proposal, rows: int, language: Language) -> Json:
    """Slack's own question before a batch is written."""
    said = text(_SURE_TEXT.en, _SURE_TEXT.zh, count=rows, title=proposal.title)
    return {
        "title": elements.plain(show(_SURE, language), 100),
        "text": elements.plain(said.render(language), 300),
        "confirm": elements.plain(show(_CONFIRM, language), 30),
        "deny": elements.plain(show(_BACK, language), 30),
    }
