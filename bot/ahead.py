"""What the first question would have to load, loaded while nobody waits."""

import gc
import logging
from collections.abc import Callable
from threading import Event, Thread

log = logging.getLogger(__name__)


class Ahead:
    """Runs loaders in the background, one after the other, from `start` until `close`.

    What a loader raises is logged only: whoever asks first runs into it again, and is told.
    What is loaded then stays as long as the process, so the garbage collector is told to pass
    over it: looking through it again costs more than most answers do.
    """

    def __init__(self, *loaders: Callable[[], object]) -> None:
        self._loaders = loaders
        self._ending = Event()
        self._thread = Thread(target=self._run, name="ahead", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait(self) -> None:
        """Returns when all is loaded; at once where nothing was started."""
        if self._thread.ident is not None:
            self._thread.join()

    def close(self) -> None:
        """Ends the loading after the loader that is at work."""
        self._ending.set()
        self.wait()

    def _run(self) -> None:
        for load in self._loaders:
            if self._ending.is_set():
                return
            try:
                load()
            except Exception:
                log.warning("not loaded ahead of the first question", exc_info=True)
        gc.collect()
        gc.freeze()
