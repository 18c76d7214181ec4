"""`/healthz`: the process answers. `/readyz`: it does its work. `/metrics`: Prometheus text."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.runtime.errors import TransientError

CHECK_SECONDS = 2.0
"""Longest wait for one condition: whoever asks for `/readyz` waits a few seconds at most."""


class Readiness:
    """Named conditions that must hold before a service counts as ready.

    All are named when it is made, before anything starts: a condition that nobody has looked after yet does not hold,
    so that a service is never ready too early.
    """

    def __init__(self, conditions: Iterable[str]) -> None:
        self._checks: dict[str, Callable[[], bool]] = dict.fromkeys(conditions, _not_yet)
        self._async_checks: dict[str, Callable[[], Awaitable[None]]] = {}

    def meet(self, name: str, check: Callable[[], bool] = lambda: True) -> None:
        """From now on the condition `name` holds while `check` is true.

        Raises:
            LookupError: there is no such condition.
        """
        if name not in self._checks:
            raise LookupError(f"{name!r} is no condition of readiness: {', '.join(self._checks)}")
        self._checks[name] = check

    def add_async(self, name: str, check: Callable[[], Awaitable[None]]) -> None:
        """Require from now on that `check` comes back without TransientError within `CHECK_SECONDS`."""
        self._async_checks[name] = check

    async def unmet(self) -> list[str]:
        """Names of the conditions that do not hold now."""
        missing = [name for name, check in self._checks.items() if not check()]
        held = await asyncio.gather(*(_holds(check) for check in self._async_checks.values()))
        return missing + [name for name, holds in zip(self._async_checks, held, strict=True) if not holds]


def _not_yet() -> bool:
    return False


async def _holds(check: Callable[[], Awaitable[None]]) -> bool:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check()
    except (TransientError, TimeoutError):
        return False
    return True


def add_health_routes(app: FastAPI, readiness: Readiness) -> None:
    """Add the three operators' routes; they are not part of the public API document."""

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        missing = await readiness.unmet()
        if missing:
            return JSONResponse({"status": "not ready", "waiting_for": missing}, status_code=503)
        return JSONResponse({"status": "ready"})

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
