"""Finding the services to talk to: told, set, or running on this machine."""

from pathlib import Path

from services.local.errors import UserError
from services.local.folder import DataFolder, Pointer, RunningStack
from services.local.settings import LocalSettings


def running_stack(settings: LocalSettings, data: Path | None = None) -> RunningStack | None:
    """The stack on the folder `data`; without it, the one started last, else the one on the default folder."""
    candidates = [data] if data is not None else [Pointer(settings.state).get(), settings.data]
    for candidate in candidates:
        running = None if candidate is None else DataFolder(candidate).read_running()
        if running is not None:
            return running
    return None


def find_service(name: str, settings: LocalSettings, *, url: str | None = None, data: Path | None = None) -> str:
    """Base address of the service `name` (`api`, `ingest`), without a slash at the end.

    In this order: `url`, the stack on the folder `data`, NEWSWEAVE_API_URL or NEWSWEAVE_INGEST_URL, the stack
    that runs on this machine.

    Raises:
        UserError: None of these is there.
    """
    configured = {"api": settings.api_url, "ingest": settings.ingest_url}[name]
    found = url or (configured if data is None else None)
    if found is None:
        running = running_stack(settings, data)
        found = running.urls.get(name) if running else None
    if found is None:
        where = f" on {data}" if data is not None else ""
        raise UserError(
            f"no Newsweave runs{where}. Start one with `newsweave up`, or say where the {name} service is: "
            f"--url, or NEWSWEAVE_{name.upper()}_URL in the environment"
        )
    return found.rstrip("/")
