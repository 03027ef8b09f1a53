"""The order of events."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tools.domain.history import Event, Happened, newest_first
from tools.text import text

WHAT = text("x", "某")
events = st.lists(
    st.builds(
        Event,
        st.dates(date(2017, 1, 1), date(2017, 1, 5)),
        st.integers(1, 3),
        st.sampled_from(Happened),
        st.just(WHAT),
    )
)


def test_within_a_day_what_weighs_most_comes_first() -> None:
    day = date(2017, 1, 1)
    seen = [Event(day, 1, kind, WHAT) for kind in (Happened.CHANGE, Happened.DEAL_CLOSED)]
    assert [event.kind for event in newest_first(seen)] == [Happened.DEAL_CLOSED, Happened.CHANGE]


@given(events, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_days_only_go_back(found: list[Event], random: object) -> None:
    ordered = newest_first(found)
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert newest_first(shuffled) == ordered
    assert sorted(map(str, ordered)) == sorted(map(str, found))
    days = [event.day for event in ordered]
    assert days == sorted(days, reverse=True)
