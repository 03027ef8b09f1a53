"""Figures of a serving process for Prometheus: no names, no words, no accounts."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.turn import Reply, Turn

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """One per process, with a registry of its own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self._turns = Counter(
            "kam_turns", "Turns answered", ["surface", "outcome", "model"], registry=registry
        )
        self._seconds = Histogram(
            "kam_turn_seconds", "Time from a turn to its reply", buckets=_SECONDS,
            registry=registry,
        )  # fmt: skip
        self._tools = Counter("kam_tool_calls", "Tools that ran", ["tool"], registry=registry)
        self._dropped = Counter(
            "kam_sentences_dropped", "Sentences of a language model that nothing bore out",
            registry=registry,
        )  # fmt: skip

    def turn(self, turn: Turn, reply: Reply, seconds: float) -> None:
        """Counts a turn."""
        surface = turn.place.partition(":")[0]
        self._turns.labels(surface, reply.outcome, reply.model).inc()
        self._seconds.observe(seconds)
        for call in reply.tool_calls:
            self._tools.labels(call.name).inc()
        self._dropped.inc(reply.dropped)

    def gauge(self, name: str, documentation: str, read: Callable[[], float]) -> None:
        """A figure that is read whenever the metrics are."""
        Gauge(name, documentation, registry=self._registry).set_function(read)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)
