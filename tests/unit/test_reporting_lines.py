"""Who reports to whom, by both databases and by a plain walk."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, create_engine

from tools.data.database import Sessions
from tools.data.models import Person, ReportingLine
from tools.data.organisation import reports_of
from tools.domain.vocabulary import Line

TODAY = date(2026, 3, 2)
SOLID, DOTTED = Line.SOLID, Line.DOTTED
Lines = list[tuple[int, int, Line, int | None, int | None]]
"""Person, manager, line, and the first and last day as days from today."""

_TABLES = ("unit", "person", "reporting_line")
_LINES = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(0, 6),
        st.sampled_from(Line),
        st.none() | st.integers(-2, 2),
        st.none() | st.integers(-2, 2),
    ),
    max_size=14,
    unique_by=lambda line: line[:4],
)


@pytest.mark.parametrize(
    ("lines", "of", "dotted", "reports"),
    [
        ([], 0, False, set()),
        ([(1, 0, SOLID, None, None), (2, 1, SOLID, None, None)], 0, False, {1, 2}),
        ([(1, 0, DOTTED, None, None), (2, 1, SOLID, None, None)], 0, False, set()),
        ([(1, 0, DOTTED, None, None), (2, 1, SOLID, None, None)], 0, True, {1, 2}),
        ([(1, 0, SOLID, None, None), (2, 1, DOTTED, None, None)], 0, True, {1}),
        ([(1, 0, SOLID, None, -1), (2, 0, SOLID, 1, None), (3, 0, SOLID, 0, 0)], 0, False, {3}),
        ([(1, 0, SOLID, None, None), (0, 1, SOLID, None, None)], 0, False, {1}),
        ([(1, 2, SOLID, None, None), (2, 1, SOLID, None, None)], 1, False, {2}),
    ],
)
def test_reports_at_any_depth(
    sessions: Sessions, lines: Lines, of: int, dotted: bool, reports: set[int]
) -> None:
    with sessions() as session:
        people = _recorded(session, lines)
        found = reports_of(session, people[of], TODAY, dotted=dotted)
    assert found == {people[one] for one in reports}


@pytest.fixture(scope="module")
def memory() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine, [SQLModel.metadata.tables[name] for name in _TABLES])
    yield engine
    engine.dispose()


@given(lines=_LINES, of=st.integers(0, 6), dotted=st.booleans())
def test_reports_are_those_that_a_walk_reaches(
    memory: Engine, lines: Lines, of: int, dotted: bool
) -> None:
    with Session(memory) as session:
        people = _recorded(session, lines)
        found = reports_of(session, people[of], TODAY, dotted=dotted)
    assert found == {people[one] for one in _walked(lines, of, dotted)}


def _walked(lines: Lines, of: int, dotted: bool) -> set[int]:
    here = [
        (person, manager, line)
        for person, manager, line, starts, ends in lines
        if (starts is None or starts <= 0) and (ends is None or ends >= 0)
    ]
    found: set[int] = set()
    waiting = [p for p, manager, line in here if manager == of and (dotted or line is SOLID)]
    while waiting:
        if (person := waiting.pop()) not in found:
            found.add(person)
            waiting += [p for p, manager, line in here if manager == person and line is SOLID]
    return found - {of}


def _recorded(session: Session, lines: Lines) -> list[int]:
    people = [Person(name=f"P{n}", name_key=f"p{n}") for n in range(7)]
    session.add_all(people)
    session.flush()
    ids = [person.id or 0 for person in people]
    for person, manager, line, starts, ends in lines:
        session.add(
            ReportingLine(
                person_id=ids[person],
                manager_id=ids[manager],
                line=line,
                starts_on=None if starts is None else TODAY + timedelta(starts),
                ends_on=None if ends is None else TODAY + timedelta(ends),
            )
        )
    session.flush()
    return ids
