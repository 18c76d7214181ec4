"""`newsweave trace`."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from services.ingest.trace import article_of
from services.local.client import Client, RefusedError
from services.local.commands.options import DataOption, JsonOption, printable, progress_console, result_console
from services.local.discovery import find_service
from services.local.errors import UserError
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave trace art_1872c203893ef2e8b649",
    "newsweave trace https://courier.example/2031/03/bridge-reopens",
    "newsweave trace req_5f0c1e77a2d94b3c8e61",
    "newsweave trace art_1872c203893ef2e8b649 --json | jq '.stages[] | select(.outcome == \"failed\")'",
)

AskedArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID|URL", help="Id of an article, its address, or the id that an answer of ingest gives its request."
    ),
]
ApiUrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="URL", help="Address of api. Default: NEWSWEAVE_API_URL, else the stack here."),
]
IngestUrlOption = Annotated[
    str | None,
    typer.Option(
        "--ingest-url", metavar="URL", help="Address of ingest. Default: NEWSWEAVE_INGEST_URL, else the stack here."
    ),
]
_REQUEST_PREFIX = "req_"
_ARTICLE = re.compile(r"art_[0-9a-f]{20}")


def trace(
    asked: AskedArgument,
    *,
    as_json: JsonOption = False,
    url: ApiUrlOption = None,
    ingest_url: IngestUrlOption = None,
    data: DataOption = None,
) -> None:
    """Say what became of an article, stage by stage: also if it was refused, or a service could not use it.

    ingest tells what was submitted and refused, api what came after; each is asked by itself, and one that does not
    answer is left out. The id of a request tells what became of its rows.
    """
    if asked.startswith(_REQUEST_PREFIX):
        _tell_request(asked, as_json=as_json, url=ingest_url, data=data)
        return
    article_id = article_of(asked) if "://" in asked else asked
    if "://" not in asked and not _ARTICLE.fullmatch(asked):
        raise UserError(f"{asked!r} is no id of an article (art_…) or of a request (req_…), and no web address")
    if article_id is None:
        raise UserError(f"{asked!r} is no web address: give one such as https://news.example/2024/10/report")
    path = f"/v1/articles/{quote(article_id, safe='')}/trace"
    submitted = _ask("ingest", path, url=ingest_url, data=data)
    after = _ask("api", path, url=url, data=data)
    submissions, stages = submitted.get("submissions", []), after.get("stages", [])
    if not submissions and not stages:
        raise UserError(f"nothing is known of {article_id}: it was never submitted, or that is too long ago")
    if as_json:
        told = {"article_id": article_id, "submissions": submissions, "stages": stages}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    result_console().print(article_id, markup=False, highlight=False)
    for line in lines(submissions, stages):
        result_console().print(line, markup=False, highlight=False, soft_wrap=True)


def lines(submissions: list[Mapping[str, Any]], stages: list[Mapping[str, Any]]) -> list[str]:
    """Submissions and stages in order of time, one a line; what has no time is as things are now."""
    # What the api says of its coming in, ingest tells with the request that it came in by.
    published = any(one["outcome"] == "published" for one in submissions)
    told = [stage for stage in stages if stage["stage"] != "ingested" or not published]
    timed = [(one["ended_at"], one["outcome"], _submission(one)) for one in submissions]
    timed += [(one["at"], one["stage"], _stage(one)) for one in told]
    timed.sort(key=lambda line: line[0] or "~")
    return [printable(f"{(at or 'now')[:19]:<19}  {what:<11}  {details}".rstrip()) for at, what, details in timed]


def _submission(one: Mapping[str, Any]) -> str:
    told = [f"revision {one['revision']}"] if one.get("revision") else []
    if one.get("published_as"):
        told.append(f"as {one['published_as']}, which is the address that its page names")
    told += one.get("reasons") or []
    return f"{'; '.join(told)} ({_way_in(one)})".lstrip()


def _way_in(one: Mapping[str, Any]) -> str:
    if one.get("feed"):
        return f"named by {one['feed']}"
    sender = f" by {one['sender']}" if one.get("sender") else ""
    return f"{one['request_id']}, line {one['line']}{sender}"


def _stage(one: Mapping[str, Any]) -> str:
    if one["stage"] == "dead_letter":
        return f"{one['service']} could not use it from {one['topic']}: {one['reason']}"
    told = {
        "revision": f"revision {one.get('revision')}",
        "claims": f"{one.get('claims')} claims",
        "event_id": str(one.get("event_id")),
        "event_version": f"version {one.get('event_version')}",
    }
    return ", ".join(words for name, words in told.items() if one.get(name) is not None)


def _tell_request(request_id: str, *, as_json: bool, url: str | None, data: Path | None) -> None:
    found = _ask("ingest", f"/v1/requests/{quote(request_id, safe='')}/trace", url=url, data=data)
    if not found:
        raise UserError(f"nothing is known of {request_id}")
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = result_console()
    sender = f" from {found['sender']}" if found["sender"] else ""
    rows = f"{found['rows']:,} rows{sender}, {found['published']:,} published"
    console.print(f"{request_id}: {rows}; answered with {found['status']}", markup=False, highlight=False)
    for row in found["listed"]:
        told = "; ".join(filter(None, (row["article_id"], *row["reasons"])))
        console.print(
            f"line {row['line']:<6} {row['outcome']:<11} {told}", markup=False, highlight=False, soft_wrap=True
        )
    if found["rows"] > len(found["listed"]):
        console.print(f"and {found['rows'] - len(found['listed']):,} more", highlight=False)


def _ask(name: str, path: str, *, url: str | None, data: Path | None) -> Mapping[str, Any]:
    """What a service knows; nothing, with a remark, where it does not answer."""
    settings = LocalSettings()
    try:
        address = find_service(name, settings, url=url, data=data)
        with Client(address, timeout_seconds=settings.http_timeout_seconds, key_file=settings.api_key_file) as client:
            found: Mapping[str, Any] = client.get(path)
            return found
    except UserError as error:
        if not (isinstance(error, RefusedError) and error.status == HTTPStatus.NOT_FOUND):
            remark = f"Without what {name} knows: {error}"
            progress_console().print(remark, style="yellow", markup=False, soft_wrap=True)
    return {}
