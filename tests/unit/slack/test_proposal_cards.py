"""Cards of proposed changes and their modals, within Slack's limits however much they hold."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.slack.blocks import edits, forms, inputs, proposals
from bot.slack.blocks.commands import help_message, which_account
from bot.slack.blocks.feedback import reason_view
from bot.slack.blocks.shortcuts import note_view, prep_view
from bot.slack.blocks.ticks import Tick, tick_view
from bot.slack.blocks.written import written
from bot.slack.limits import violations
from bot.slack.opening import FORMS
from bot.slack.records import checklist_items
from bot.slack.subcommands import SUBCOMMANDS
from tools.changes import ChangedField, Decision, EditableField, Outcome, Proposal
from tools.changes.fields import EDITABLE, shape_of
from tools.domain.vocabulary import ChangeStatus
from tools.text import Language, Text, text

LONG = "霁川半导体装备制造与工业自动化系统集成（长三角一体化示范区）" * 2
AT = datetime(2026, 6, 15, 10, tzinfo=UTC)
VALUES: tuple[Any, ...] = (None, "", " ", LONG * 30, Decimal("1.5"), True, AT, text("a", "甲"))


def field(line: int, value: Any, name: str = "city") -> ChangedField:
    record = text("{of}: account {name}", "{of}：客户 {name}", of=LONG, name=LONG)
    label = text("{name}", "{name}", name=name)
    return ChangedField(line, record, label, value, value, line % 2 == 0)


def proposal(lines: int, fields: int = 2, **more: Any) -> Proposal:
    found = tuple(
        field(line, VALUES[(line + n) % len(VALUES)], f"field {n}")
        for line in range(lines)
        for n in range(fields)
    )
    given: dict[str, Any] = {
        "status": ChangeStatus.PROPOSED,
        "confirmer": "asker",
        "expires_at": AT,
        "accounts": (LONG,) * lines,
        "asker": LONG,
        **more,
    }
    return Proposal(7, LONG * 3, found, **given)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("lines", [1, 2, 12, 13, 120])
def test_cards_keep_to_the_limits(lines: int, language: Language) -> None:
    remarks = tuple(text("Left out: {x}", "未采用：{x}", x=LONG * 10) for _ in range(3))
    waits = proposals.waiting(proposal(lines, remarks=remarks), language)
    assert violations(waits.blocks, view="message") == []
    assert 0 < len(waits.text) <= 3_000
    done = proposal(lines, status=ChangeStatus.APPLIED, decided_at=AT, decided_by=LONG)
    for outcome in Outcome:
        shown = proposals.settled(Decision(outcome, done), language)
        assert violations(shown.blocks, view="message") == []
    fresh = proposals.renewed(Decision(Outcome.STALE, done), proposal(lines), language)
    assert violations(fresh.blocks, view="message") == []


def test_a_card_of_many_long_fields_keeps_to_the_limits_and_loses_no_line() -> None:
    given = proposal(6, fields=12)
    long = tuple(field(f.position, LONG * 9, "note") for f in given.fields)
    for each in (given, Proposal(7, "x", long, ChangeStatus.PROPOSED, "asker", AT)):
        waits = proposals.waiting(each, Language.TRADITIONAL)
        assert violations(waits.blocks, view="message") == []
        assert str(waits.blocks).count("7:") == 6


@pytest.mark.parametrize("status", list(ChangeStatus))
def test_undo_is_offered_for_what_stands_alone(status: ChangeStatus) -> None:
    decision = Decision(Outcome.ALREADY, proposal(1, status=status))
    shown = str(proposals.settled(decision, Language.ENGLISH).blocks)
    assert (proposals.UNDO in shown) == (status is ChangeStatus.APPLIED)
    back = Decision(Outcome.UNDONE, proposal(1, status=status, undoes=3))
    assert proposals.UNDO not in str(proposals.settled(back, Language.ENGLISH).blocks)


def editable(lines: int) -> list[EditableField]:
    record: Text = text("{name}", "{name}", name=LONG)
    return [
        EditableField(line, name, record, shape_of(table, name), None, said=n % 2 == 0)
        for line, table in zip(range(lines), list(EDITABLE) * 9, strict=False)
        for n, name in enumerate(EDITABLE[table])
    ]


@pytest.mark.parametrize("lines", [1, 3, 16, 60])
def test_the_modal_for_edits_keeps_to_the_limits(lines: int) -> None:
    for language in Language:
        view = edits.edit_view(7, editable(lines), language, "{}")
        assert violations(view["blocks"], view="modal") == []
        assert len(view["blocks"]) <= 100


def test_values_return_as_they_were_shown() -> None:
    shapes = {"stage": "won", "value": "40000", "expected_on": "2030-01-31", "name": "line"}
    record = text("deal", "商机")
    fields = [
        EditableField(3, name, record, shape_of("opportunity", name), value, said=True)
        for name, value in shapes.items()
    ]
    view = edits.edit_view(7, fields, Language.ENGLISH, "{}")
    initial = {
        edits.field_of(block["block_id"]): next(
            (
                element[key]["value"] if key == "initial_option" else element[key]
                for key in ("initial_option", "initial_value", "initial_date")
                if key in element
            ),
            None,
        )
        for block in view["blocks"]
        for element in [block["element"]]
    }
    assert initial == {(3, name): value for name, value in shapes.items()}


def test_every_modal_keeps_to_the_limits() -> None:
    records = {kind: [(str(n), LONG) for n in range(150)] for kind in ("contact", "need", "risk")}
    records["opportunity"] = records["need"]
    for language in Language:
        views = [
            forms.choice_view([(k, f.title) for k, f in FORMS.items()], language),
            note_view(LONG * 200, language),
            prep_view(language),
            reason_view(language, "{}"),
            tick_view([Tick(LONG, "handover", "plan", LONG, True)] * 40, language),
            *(
                forms.form_view(
                    form.title,
                    LONG,
                    form.fields,
                    records=records,
                    groups=checklist_items(language),
                    language=language,
                    metadata="{}",
                )
                for form in FORMS.values()
            ),
        ]
        for view in views:
            assert violations(view["blocks"], view="modal") == [], view["callback_id"]
            assert len(view["private_metadata"]) <= 3_000
            assert len(view["title"]["text"]) <= 24


def test_command_answers_keep_to_the_limits() -> None:
    for language in Language:
        for message in (
            help_message(language),
            help_message(language, LONG * 10),
            which_account(SUBCOMMANDS[0], LONG, [LONG] * 20, language),
            which_account(SUBCOMMANDS[0], LONG, [], language),
        ):
            assert violations(message.blocks, view="message") == []


def test_what_was_entered_is_read_by_block() -> None:
    state = {
        "a": {"x": {"type": "plain_text_input", "value": "words"}},
        "b": {"x": {"type": "static_select", "selected_option": {"value": "won"}}},
        "c": {"x": {"type": "datepicker", "selected_date": "2030-01-31"}},
        "d": {"x": {"type": "plain_text_input", "value": None}},
        "e": {"x": {"type": "external_select", "selected_option": None}},
    }
    entered = inputs.values({"state": {"values": state}})
    assert entered == {"a": "words", "b": "won", "c": "2030-01-31", "d": None, "e": None}


def test_a_new_record_has_no_old_values_and_a_change_has_both() -> None:
    record, label = text("need", "需求"), text("city", "城市")
    new = ChangedField(0, record, label, None, "Paris", assumed=False)
    changed = ChangedField(1, record, label, "Lyon", "Paris", assumed=True)
    given = Proposal(7, "x", (new, changed), ChangeStatus.PROPOSED, "asker", AT)
    said = written(proposals.waiting(given, Language.ENGLISH).blocks)
    assert "City  Paris\n" in said
    assert "City  Lyon → Paris  (assumed)" in said
    assert "2026-06-15 10:00 UTC" in said
