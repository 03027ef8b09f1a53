"""Whether a serving process lives, and whether it can answer; and its figures.

`/healthz` says that the process runs, `/readyz` that database and index can be reached,
`/metrics` the figures for Prometheus.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE, Metrics

Check = Callable[[], Awaitable[None]]
_LONGEST = 3.0


def health_routes(checks: Mapping[str, Check]) -> list[Route]:
    """The routes that an orchestrator asks; a check raises where its part cannot be used."""

    async def alive(_request: Request) -> Response:
        return _json({"status": "ok"}, 200)

    async def ready(_request: Request) -> Response:
        names = list(checks)
        found = await asyncio.gather(*(_works(checks[name]) for name in names))
        parts = dict(zip(names, found, strict=True))
        whole = all(found)
        return _json({"status": "ok" if whole else "unavailable", "parts": parts},
                     200 if whole else 503)  # fmt: skip

    return [Route("/healthz", alive), Route("/readyz", ready)]


def metrics_route(metrics: Metrics) -> Route:
    async def figures(_request: Request) -> Response:
        return Response(metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return Route("/metrics", figures)


async def _works(check: Check) -> bool:
    try:
        await asyncio.wait_for(check(), _LONGEST)
    except Exception:  # noqa: BLE001  (whatever fails, the part cannot be used)
        return False
    return True


def _json(content: Mapping[str, object], status: int) -> Response:
    return Response(json.dumps(content), status, media_type="application/json")
