"""Where the services are and which key to show: as given, else as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from services.client.errors import AccessError, BadAddressError
from services.client.exchange import Service

API_URL = "http://127.0.0.1:8000"
INGEST_URL = "http://127.0.0.1:8001"
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
USER_AGENT = "newsweave-python"


@dataclass(frozen=True)
class Connecting:
    """How to reach the services."""

    addresses: Mapping[Service, str]
    headers: Mapping[str, str]
    """Of every request."""

    @property
    def trusts_environment(self) -> bool:
        """Whether a proxy that the environment names is used: it is meant for other machines."""
        return not all(urlsplit(address).hostname in _LOOPBACK for address in self.addresses.values())


def connecting(
    url: str | None, ingest_url: str | None, api_key: str | None, environment: Mapping[str, str]
) -> Connecting:
    """What is given, else what `environment` has, else the services of docker compose on this machine.

    Raises:
        BadAddressError: An address is not a web address.
        AccessError: The file of the key cannot be read.
    """
    addresses = {
        Service.API: environment.get("NEWSWEAVE_API_URL") or API_URL if url is None else url,
        Service.INGEST: environment.get("NEWSWEAVE_INGEST_URL") or INGEST_URL if ingest_url is None else ingest_url,
    }
    key = api_key or environment.get("NEWSWEAVE_API_KEY") or _key_in(environment.get("NEWSWEAVE_API_KEY_FILE"))
    shown = {"Authorization": f"Bearer {key}"} if key else {}
    return Connecting(
        {service: _checked(address) for service, address in addresses.items()}, {"User-Agent": USER_AGENT, **shown}
    )


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadAddressError(f"{address!r} is no web address: give one such as {API_URL}")
    return address.rstrip("/")


def _key_in(file: str | None) -> str | None:
    if not file:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read the API key in {file}, which NEWSWEAVE_API_KEY_FILE names"
        raise AccessError(401, message) from error
