"""API keys: who may do what over HTTP, kept in a file that holds no key itself.

A key is `nwk_<id>_<secret>`. The file has the SHA-256 of the whole key: the secret is 256 random bits, which nobody can
try out, so a slow password hash would protect nothing and make every request dear. The id is public: it finds the
entry, and then the hashes are compared in constant time.

A file and not Redis: it is there while Redis is down or emptied, the command that changes it needs no running service,
and Redis' keys of a service have that service as their only writer.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

log = structlog.get_logger()

ID_DIGITS, SECRET_DIGITS = 8, 64
_KEY = re.compile(rf"nwk_([0-9a-f]{{{ID_DIGITS}}})_[0-9a-f]{{{SECRET_DIGITS}}}")
_NO_HASH = "0" * 64


class Scope(StrEnum):
    """What a key lets its holder do."""

    ARTICLES_WRITE = "articles:write"
    """Submit articles."""
    TRACE_READ = "trace:read"
    """Ask what became of submissions, and how feeds stand."""
    EVENTS_READ = "events:read"
    """Read events, articles and all that is made of them."""
    SEARCHES_WRITE = "searches:write"
    """Make, change and delete saved searches and webhooks."""
    ADMIN = "admin"
    """Everything."""


class ApiKey(BaseModel):
    """What is kept of a key."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=rf"^[0-9a-f]{{{ID_DIGITS}}}$")
    """Its public part."""
    name: str
    """Who has it."""
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    """Of the whole key, in hex."""
    scopes: tuple[Scope, ...]
    domains: tuple[str, ...] = ()
    """The domains, with all below them, whose articles it may submit. None: of any."""
    created_at: datetime
    revoked_at: datetime | None = None

    def allows(self, scope: Scope) -> bool:
        """Whether its holder may do that."""
        return scope in self.scopes or Scope.ADMIN in self.scopes

    def may_submit_for(self, host: str) -> bool:
        """Whether its holder may submit articles of that host."""
        return not self.domains or any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


class _KeyFile(BaseModel):
    keys: tuple[ApiKey, ...] = ()


class UnreadableKeys(Exception):  # noqa: N818 - a fact about the file
    """The file is not one of ours, or cannot be read. The text names it."""


class ApiKeys:
    """The keys that hold now."""

    def __init__(self, keys: Iterable[ApiKey]) -> None:
        self._keys = {key.id: key for key in keys if key.revoked_at is None}

    def __len__(self) -> int:
        """How many hold."""
        return len(self._keys)

    def find(self, key: str) -> ApiKey | None:
        """The entry of a key that a client shows; None when we do not know it, or it was revoked."""
        match = _KEY.fullmatch(key)
        if match is None:
            return None
        entry = self._keys.get(match[1])
        same = hmac.compare_digest(hash_of(key), entry.sha256 if entry else _NO_HASH)
        return entry if same else None


def hash_of(key: str) -> str:
    """SHA-256 in hex of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def key_text(key_id: str, secret: str) -> str:
    """The key that is shown to its holder, once. Both in hex, of `ID_DIGITS` and `SECRET_DIGITS`."""
    return f"nwk_{key_id}_{secret}"


def read_keys(file: Path) -> tuple[ApiKey, ...]:
    """All entries of the file, revoked ones too; none where there is no file.

    Raises:
        UnreadableKeys: it cannot be read.
    """
    try:
        return _KeyFile.model_validate_json(file.read_bytes()).keys
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UnreadableKeys(f"{file} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise UnreadableKeys(f"{file} is no file of API keys: {error.errors()[0]['msg']}") from error


def write_keys(file: Path, keys: Iterable[ApiKey], *, mode: int = 0o644) -> None:
    """Replace the file at once, so that a reader never sees half of it.

    Args:
        file: Where; its folder is made if missing.
        keys: All entries.
        mode: Who may read it. By default everybody: a service in a container is another user, and it holds no key.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}")
    new.write_text(_KeyFile(keys=tuple(keys)).model_dump_json(indent=2) + "\n", encoding="utf-8")
    new.chmod(mode)
    new.replace(file)


class KeyFile:
    """The keys in a file, read again when it has changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read: tuple[int, int, int] | None = None
        """The file as it was when the keys were read."""
        self._logged: tuple[int, int, int] | None = None
        """The file as it was when it could not be read: one line for each state of it, however many requests come."""
        self._keys: ApiKeys | None = None

    def current(self) -> ApiKeys:
        """The keys that hold now. A file that cannot be read changes nothing, and the log says so.

        Raises:
            UnreadableKeys: it was never read yet.
        """
        state = self._state()
        if self._keys is not None and state is not None and state == self._read:
            return self._keys
        try:
            self._keys, self._read = ApiKeys(read_keys(self._file)), state
        except UnreadableKeys as error:
            if self._keys is None:
                raise
            if state != self._logged:
                self._logged = state
                log.error("the keys of before hold on", reason=str(error))  # noqa: TRY400 - says all
        return self._keys

    def _state(self) -> tuple[int, int, int] | None:
        try:
            status = self._file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
