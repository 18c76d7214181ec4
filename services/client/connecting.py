"""Where the services are and which key to show: as given, else as the environment says."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from services.client.errors import AccessError, BadAddressError
from services.client.exchange import Service

API_URL = "http://127.0.0.1:8000"
INGEST_URL = "http://127.0.0.1:8001"
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_NOT_IN_AN_ADDRESS = frozenset(" ?#\\")
USER_AGENT = "newsweave-python"


@dataclass(frozen=True)
class Connecting:
    """How to reach the services."""

    addresses: Mapping[Service, str]
    headers: Mapping[str, str]
    """Of every request."""

    def trusts_environment(self, service: Service) -> bool:
        """Whether requests to it go through a proxy that the environment names: such a proxy is for other machines."""
        return urlsplit(self.addresses[service]).hostname not in _LOOPBACK


def connecting(
    url: str | None, ingest_url: str | None, api_key: str | None, environment: Mapping[str, str]
) -> Connecting:
    """What is given, else what `environment` has, else the services of docker compose on this machine.

    Raises:
        BadAddressError: An address is not a web address.
        AccessError: The file of the key cannot be read, or a header cannot carry what is given as the key.
    """
    addresses = {
        Service.API: environment.get("NEWSWEAVE_API_URL") or API_URL if url is None else url,
        Service.INGEST: environment.get("NEWSWEAVE_INGEST_URL") or INGEST_URL if ingest_url is None else ingest_url,
    }
    file = environment.get("NEWSWEAVE_API_KEY_FILE")
    key = _checked_key(api_key or environment.get("NEWSWEAVE_API_KEY") or "") or (key_in(Path(file)) if file else "")
    shown = {"Authorization": f"Bearer {key}"} if key else {}
    return Connecting(
        {service: _checked_address(address) for service, address in addresses.items()},
        {"User-Agent": USER_AGENT, **shown},
    )


def key_in(file: Path) -> str:
    """The API key that a file holds.

    Raises:
        AccessError: The file cannot be read, or holds something else. The message never has the key.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read the API key in {file}, which NEWSWEAVE_API_KEY_FILE names"
        raise AccessError(HTTPStatus.UNAUTHORIZED, message) from error
    return _checked_key(text)


def _checked_key(text: str) -> str:
    """The key without blanks around it. Errors of HTTP libraries quote a header that they cannot send, key and all."""
    key = text.strip()
    if not all("!" <= character <= "~" for character in key):
        message = "the API key holds a blank, a line break or a letter that is not ASCII: give the key and nothing else"
        raise AccessError(HTTPStatus.UNAUTHORIZED, message)
    return key


def _checked_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of brackets and ports
        is_valid = False
    if "@" in address:  # not shown: what stands before it is a password
        raise BadAddressError(f"an address has no user and no password: give one such as {API_URL}, and an API key")
    if not is_valid or not address.isprintable() or set(address) & _NOT_IN_AN_ADDRESS:
        raise BadAddressError(f"{address!r} is not a valid web address: give one such as {API_URL}")
    return address.rstrip("/")
