"""`/healthz`: the process answers. `/readyz`: it does its work. `/metrics`: Prometheus text."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.runtime.errors import TransientError


class Readiness:
    """Named conditions that must hold before a service counts as ready."""

    def __init__(self) -> None:
        self._checks: dict[str, Callable[[], bool]] = {}
        self._async_checks: dict[str, Callable[[], Awaitable[None]]] = {}

    def add(self, name: str, check: Callable[[], bool]) -> None:
        """Require that `check` is true."""
        self._checks[name] = check

    def add_async(self, name: str, check: Callable[[], Awaitable[None]]) -> None:
        """Require that `check` does not raise TransientError."""
        self._async_checks[name] = check

    async def unmet(self) -> list[str]:
        """Names of the conditions that do not hold now."""
        missing = [name for name, check in self._checks.items() if not check()]
        for name, check in self._async_checks.items():
            try:
                await check()
            except TransientError:
                missing.append(name)
        return missing


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
