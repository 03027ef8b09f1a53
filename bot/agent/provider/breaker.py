"""A provider that keeps failing is left alone for a while, so that it costs nobody its timeout."""

import time
from collections.abc import Callable
from threading import Lock

_IN_A_ROW = 3


class Breaker:
    """Opens after three failures in a row. While it is open nothing is tried but one call each
    time `rest` seconds have passed; the first that succeeds closes it."""

    def __init__(self, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rest = rest
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._until = 0.0

    def allows(self) -> bool:
        """Whether to try the provider now."""
        with self._lock:
            if self._failures < _IN_A_ROW:
                return True
            now = self._clock()
            if now < self._until:
                return False
            self._until = now + self._rest
            return True

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._until = self._clock() + self._rest

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0
