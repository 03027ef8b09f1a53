"""Sentences against evidence, by tables: what stands, and why the rest does not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.agent.grounding.citations import with_numbers
from bot.agent.grounding.evidence import Evidence, Line, Listing, ground
from bot.agent.grounding.sentences import sentences_of
from bot.agent.grounding.verdicts import judged
from kam_knowledge.lexicon import Lexicon as Words
from tests.unit.builtin.world import TODAY, lexicon
from tools.cards import Quote

GROUPS = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
ROWS = [(group, row) for group in GROUPS for row in group["rows"]]


def _evidence(group: dict[str, Any]) -> Evidence:
    passages = enumerate(group.get("passages", ()), 1)
    table = group.get("table", ())
    cells = [cell for row in table for cell in row]
    lines = [*(Line(line, line) for line in (*group["lines"], *cells)), Line(group.get("user", ""))]
    return Evidence(
        ground(lines, lexicon(), TODAY),
        tuple(Quote(f"passage {n}", **passage) for n, passage in passages),
        (Listing(tuple(map(tuple, table)), len(table)),) if table else (),
    )


@pytest.mark.parametrize(("group", "row"), ROWS, ids=[row[0] for _, row in ROWS])
def test_a_reply_stands_as_far_as_its_evidence_goes(
    group: dict[str, Any], row: list[str], words: Words
) -> None:
    reply, *expected = row
    evidence = _evidence(group)
    said = with_numbers(reply, [quote.passage for quote in evidence.quotes])
    faults = [f for verdict in judged(sentences_of(said), evidence, words) for f in verdict.faults]
    assert sorted(fault.reason for fault in faults) == sorted(expected), faults


def test_the_table_is_large_and_in_three_scripts() -> None:
    assert len(ROWS) >= 60
