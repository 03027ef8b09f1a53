"""The five processes."""

from kam_knowledge.checklists import checklists
from kam_knowledge.processes import processes
from kam_knowledge.scripts import has_chinese


def test_the_five_processes_each_with_a_checklist() -> None:
    keys = [found.key for found in processes()]
    assert keys == ["targeting", "acquisition", "coverage_and_channel", "monitoring", "penetration"]
    assert set(keys) <= set(checklists())


def test_the_filled_rows_connect_and_speak_both_languages() -> None:
    rows = processes()[0].rows
    assert [row.output.en for row in rows if row.output][1] == "ranked list"
    assert rows[2].input is not None
    assert rows[2].input.en == "ranked list"
    for row in rows:
        for phrase in (row.step, *row.cells):
            assert phrase is not None
            assert has_chinese(phrase.zh)
            assert not has_chinese(phrase.en)
