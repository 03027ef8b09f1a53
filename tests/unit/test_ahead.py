"""What is loaded ahead of the first question."""

import gc
import logging
from collections.abc import Iterator
from contextlib import closing
from threading import Event

import pytest

from bot.ahead import Ahead


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_one_is_loaded_after_the_other_and_kept_from_the_collector() -> None:
    done: list[str] = []
    loading = Ahead(lambda: done.append("names"), lambda: done.append("index"))
    loading.start()
    loading.wait()
    assert done == ["names", "index"]
    assert gc.get_freeze_count() > 0


def test_what_cannot_be_loaded_is_logged_and_the_rest_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> None:
        raise OSError("no index")

    done: list[str] = []
    with caplog.at_level(logging.WARNING):
        loading = Ahead(broken, lambda: done.append("rest"))
        loading.start()
        loading.wait()
    assert done == ["rest"]
    assert "not loaded ahead" in caplog.text


def test_closing_waits_for_the_loader_at_work_and_starts_no_other() -> None:
    begun, may_end, done = Event(), Event(), list[str]()

    def slow() -> None:
        begun.set()
        may_end.wait(10)
        done.append("slow")

    with closing(Ahead(slow, lambda: done.append("next"))) as loading:
        loading.start()
        assert begun.wait(10)
        loading._ending.set()
        may_end.set()
    assert done == ["slow"]


def test_what_was_never_started_is_closed() -> None:
    Ahead(lambda: None).close()
