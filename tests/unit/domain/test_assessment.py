"""The state of an assessment's parts."""

from hypothesis import given
from hypothesis import strategies as st

from tools.domain.assessment import (
    PARTS,
    Evidence,
    Part,
    PartState,
    Question,
    State,
    assess,
    part_state,
)
from tools.text import text

DIRECT = Evidence(text("said", "说"), direct=True)
HINT = Evidence(text("hint", "线索"), direct=False)


def test_direct_evidence_answers_and_other_evidence_only_points() -> None:
    found = assess({Question.IT_STATE: [HINT], Question.SIZE: [HINT, DIRECT]})
    states = {f.question: f.state for findings in found.values() for f in findings}
    assert states[Question.IT_STATE] is State.INDICATED
    assert states[Question.SIZE] is State.ANSWERED
    assert states[Question.SUB_UNITS] is State.OPEN
    assert part_state(found[Part.SYSTEM]) is PartState.PARTLY
    assert part_state(found[Part.IT]) is PartState.PARTLY
    assert part_state(found[Part.SWOT]) is PartState.OPEN


evidence = st.dictionaries(
    st.sampled_from(Question), st.lists(st.sampled_from([DIRECT, HINT]), max_size=3)
)


@given(evidence)
def test_every_question_stands_in_one_part_and_more_evidence_never_opens_it(
    given_evidence: dict[Question, list[Evidence]],
) -> None:
    found = assess(given_evidence)
    assert [f.question for findings in found.values() for f in findings] == list(Question)
    more = assess({question: [*given_evidence.get(question, ()), DIRECT] for question in Question})
    assert {part_state(findings) for findings in more.values()} == {PartState.ANSWERED}
    touched = {question for question, items in given_evidence.items() if items}
    untouched = {part for part, questions in PARTS.items() if not set(questions) & touched}
    assert untouched == {p for p, f in found.items() if part_state(f) is PartState.OPEN}
