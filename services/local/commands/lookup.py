"""What commands share that ask the api service: one thing by its id, or what comes of a draft."""

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

from services.local.client import Client, RefusedError
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.settings import LocalSettings


def look_up(path: str, absent: str, *, url: str | None, data: Path | None) -> tuple[str, Any]:
    """The api service's address, and its answer at `path`.

    Raises:
        UserError: No service is found, or it has none: then `absent` says so.
    """
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        try:
            return address, client.get(path)
        except RefusedError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            raise UserError(f"{absent}: `newsweave events` lists those there are") from error


def ask(path: str, body: Any, *, url: str | None, data: Path | None) -> Any:
    """The api service's answer to `body`, sent as JSON. Raises UserError: no service is found, or it refuses."""
    settings = LocalSettings()
    address = find_service("api", settings, url=url, data=data)
    with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
        return client.post(path, json.dumps(body).encode(), "application/json")
