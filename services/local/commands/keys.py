"""`newsweave keys`."""

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from services.local.commands.options import DataOption, progress_console, result_console
from services.local.errors import UserError
from services.local.folder import DataFolder
from services.local.settings import LocalSettings
from services.runtime.api_keys import (
    ID_DIGITS,
    SECRET_DIGITS,
    ApiKey,
    Scope,
    UnreadableKeys,
    hash_of,
    key_text,
    read_keys,
    write_keys,
)
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave keys add 'Harbour Courier' --domain courier.example > courier.key",
    "newsweave keys add 'Night desk' --scope events:read --scope searches:write > desk.key",
    "newsweave keys add operator --scope admin --file deploy/keys/keys.json",
    "NEWSWEAVE_API_KEY_FILE=courier.key newsweave submit articles.jsonl --url https://ingest.example",
    "newsweave keys list",
    "newsweave keys revoke 3f09c2d1",
)
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")

app = typer.Typer(
    name="keys",
    help="Who may submit and read where others can reach the services: make, list and revoke API keys. A running "
    "service sees each change at its next request.",
    no_args_is_help=True,
)

FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help="File of the keys. Default: NEWSWEAVE_KEYS_FILE, else keys.json in the data folder of the stack.",
    ),
]
ScopeOption = Annotated[
    list[Scope] | None,
    typer.Option("--scope", help="What the key may do; may be given again. Default: articles:write."),
]
DomainOption = Annotated[
    list[str] | None,
    typer.Option(
        "--domain",
        metavar="DOMAIN",
        help="A domain, with all below it, whose articles the key may submit; may be given again. Default: any.",
    ),
]


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who has the key.")],
    *,
    scope: ScopeOption = None,
    domain: DomainOption = None,
    file: FileOption = None,
    data: DataOption = None,
) -> None:
    """Make a key and print it. It is shown this once: the file has its hash alone."""
    if not name.strip():
        raise UserError("give the key a name, so that you know later whom to revoke")
    place = _place(file, data)
    entries = place.read()
    text = key_text(secrets.token_hex(ID_DIGITS // 2), secrets.token_hex(SECRET_DIGITS // 2))
    entry = ApiKey(
        id=text.split("_")[1],
        name=name,
        sha256=hash_of(text),
        scopes=tuple(scope or (Scope.ARTICLES_WRITE,)),
        domains=tuple(_domain(one) for one in domain or ()),
        created_at=SystemClock().now(),
    )
    place.write([*entries, entry])
    remarks = progress_console()
    told = f"Key {entry.id} of {name}, in {place.file}. This is all that is ever shown of it:"
    remarks.print(told, markup=False, highlight=False)
    print(text)


@app.command("list")
def list_keys(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the entries, without their hashes, as JSON.")] = False,
    file: FileOption = None,
    data: DataOption = None,
) -> None:
    """List the keys, revoked ones too."""
    entries = _place(file, data).read()
    if as_json:
        print(json.dumps([entry.model_dump(mode="json", exclude={"sha256"}) for entry in entries], indent=2))
        return
    table = Table("id", "name", "may", "for", "made", "revoked", box=None)
    for entry in entries:
        revoked = entry.revoked_at.date().isoformat() if entry.revoked_at else ""
        domains = ", ".join(entry.domains) or "any domain"
        table.add_row(
            entry.id, escape(entry.name), ", ".join(entry.scopes), domains, entry.created_at.date().isoformat(), revoked
        )
    result_console().print(table if entries else "There are no keys: `newsweave keys add NAME` makes one.")


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as `newsweave keys list` shows it.")],
    *,
    file: FileOption = None,
    data: DataOption = None,
) -> None:
    """Revoke a key: from the next request on it is refused."""
    place = _place(file, data)
    entries = place.read()
    if all(entry.id != key_id for entry in entries):
        raise UserError(f"{place.file} has no key {key_id}: `newsweave keys list` shows those there are")
    now = SystemClock().now()
    place.write(
        [
            entry.model_copy(update={"revoked_at": entry.revoked_at or now}) if entry.id == key_id else entry
            for entry in entries
        ]
    )
    result_console().print(f"{key_id} is revoked.", highlight=False)


@dataclass(frozen=True)
class _Place:
    """Where the keys are. `folder`: the stack's data folder, if they are its own."""

    file: Path
    folder: DataFolder | None

    def read(self) -> tuple[ApiKey, ...]:
        try:
            return read_keys(self.file)
        except UnreadableKeys as error:
            raise UserError(str(error)) from error

    def write(self, entries: list[ApiKey]) -> None:
        try:
            if self.folder is not None and not self.folder.path.exists():
                self.folder.make()
            write_keys(self.file, entries, mode=0o644 if self.folder is None else 0o600)
        except OSError as error:
            raise UserError(f"cannot write {self.file}: {error.strerror}") from error


def _place(file: Path | None, data: Path | None) -> _Place:
    settings = LocalSettings()
    named = file or (settings.keys_file if data is None else None)
    if named is not None:
        return _Place(named, None)
    folder = DataFolder(data or settings.data)
    return _Place(folder.keys_file, folder)


def _domain(text: str) -> str:
    domain = text.strip().lower().removeprefix("www.").rstrip(".")
    if not _DOMAIN.fullmatch(domain):
        raise UserError(f"{text!r} is not a domain: give one such as news.example")
    return domain
