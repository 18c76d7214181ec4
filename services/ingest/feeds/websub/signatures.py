"""Whether a body is from the hub that shares a secret with us. Pure."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

METHODS: dict[str, Callable[[], Any]] = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}
"""Those of the recommendation. Some large hubs sign with SHA-1 only; as an HMAC it still cannot be forged."""


class SignatureCheck:
    """Checks the signature of one body, which comes in pieces and need not be kept."""

    def __init__(self, headers: list[str], secret: str) -> None:
        """`headers`: all values of `X-Hub-Signature`, each `method=hex digits`."""
        method, _, given = headers[0].partition("=") if len(headers) == 1 else ("", "", "")
        digest = METHODS.get(method.strip().lower())
        self._given = given.strip().lower()
        self._hmac = hmac.new(secret.encode(), digestmod=digest) if digest else None

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the body."""
        if self._hmac:
            self._hmac.update(piece)

    def holds(self) -> bool:
        """Whether the body so far is signed with the secret, by one of the methods."""
        return self._hmac is not None and hmac.compare_digest(self._hmac.hexdigest().encode(), self._given.encode())
