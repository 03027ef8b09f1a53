"""When a provider that keeps failing is left alone, and when it is tried again."""

import pytest

from bot.agent.provider.breaker import Breaker


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def breaker(clock: _Clock) -> Breaker:
    return Breaker(60, clock)


def _fails(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.failed()


def test_two_failures_change_nothing(breaker: Breaker) -> None:
    _fails(breaker, 2)
    assert breaker.allows()


def test_the_third_in_a_row_opens_it(breaker: Breaker) -> None:
    _fails(breaker, 3)
    assert not breaker.allows()


def test_a_success_between_counts_anew(breaker: Breaker) -> None:
    _fails(breaker, 2)
    breaker.succeeded()
    _fails(breaker, 2)
    assert breaker.allows()


def test_after_the_rest_one_call_tries(breaker: Breaker, clock: _Clock) -> None:
    _fails(breaker, 3)
    clock.now = 59.9
    assert not breaker.allows()
    clock.now = 60
    assert [breaker.allows(), breaker.allows()] == [True, False]


@pytest.mark.parametrize(("succeeds", "open_again"), [(True, False), (False, True)])
def test_the_trial_decides(
    breaker: Breaker, clock: _Clock, succeeds: bool, open_again: bool
) -> None:
    _fails(breaker, 3)
    clock.now = 60
    assert breaker.allows()
    (breaker.succeeded if succeeds else breaker.failed)()
    assert breaker.allows() is not open_again
    clock.now = 120
    assert breaker.allows()
