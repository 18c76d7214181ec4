"""Every operation: what is asked, and how its answer is read. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json, to_json

from services.api.check.models import CheckAnswer
from services.api.history.models import EventChanges
from services.api.manners.limits_models import Limits
from services.api.match.models import Match, Matches
from services.api.models import ArticleView, EventArticles, EventClaims, MembershipView, TraceView
from services.api.names.models import FoundEntity, FoundSpeaker
from services.api.outlets.models import FoundOutlet
from services.api.receipts.receipt import ClaimReceipt
from services.api.search.models import FoundClaimList, FoundEventList
from services.api.verification import Verification
from services.client.errors import UnreadableAnswerError
from services.client.exchange import Answer, Call, Query, Request, Service
from services.client.models import Row, StoredArticle, Update
from services.client.parameters import Moment, as_query
from services.contracts.event import Event
from services.ingest.push.answer_models import SubmissionAnswer

M = TypeVar("M", bound=BaseModel)
POSITION_HEADER = "newsweave-position"
_JSON = {"Content-Type": "application/json"}
_NDJSON = {"Content-Type": "application/x-ndjson"}


def events(query: Query) -> Call[FoundEventList]:
    """Part of the list of events."""
    return Call(Request("GET", "/v1/events", query), reader(FoundEventList))


def claims(query: Query) -> Call[FoundClaimList]:
    """Part of the claims of all events."""
    return Call(Request("GET", "/v1/claims", query), reader(FoundClaimList))


def event(event_id: str, version: int | None, as_of: Moment | None) -> Call[Event]:
    """One event, whole."""
    return Call(
        Request("GET", _path("events", event_id), as_query({"version": version, "as_of": as_of})), reader(Event)
    )


def event_articles(event_id: str, query: Query) -> Call[EventArticles]:
    """Part of the articles of an event."""
    return Call(Request("GET", _path("events", event_id, "articles"), query), reader(EventArticles))


def event_claims(event_id: str, query: Query) -> Call[EventClaims]:
    """Part of the claims of an event."""
    return Call(Request("GET", _path("events", event_id, "claims"), query), reader(EventClaims))


def changes(event_id: str, query: Query) -> Call[EventChanges]:
    """Part of the changes of an event."""
    return Call(Request("GET", _path("events", event_id, "changes"), query), reader(EventChanges))


def verification(event_id: str) -> Call[Verification]:
    """Every span of an event, held against its articles by the service."""
    return Call(Request("GET", _path("events", event_id, "verification")), reader(Verification))


def receipt(event_id: str, claim_id: str, version: int | None) -> Call[ClaimReceipt]:
    """One claim, held against its articles by the service."""
    path = _path("events", event_id, "claims", claim_id, "receipt")
    return Call(Request("GET", path, as_query({"version": version})), reader(ClaimReceipt))


def speaker(name: str, limit: int, cursor: str | None) -> Call[FoundSpeaker]:
    """What one person or body said."""
    query = as_query({"limit": limit, "cursor": cursor})
    return Call(Request("GET", _path("speakers", name), query), reader(FoundSpeaker))


def entity(name: str, limit: int, cursor: str | None) -> Call[FoundEntity]:
    """Where one person, organisation or place is named."""
    query = as_query({"limit": limit, "cursor": cursor})
    return Call(Request("GET", _path("entities", name), query), reader(FoundEntity))


def outlet(key: str, measure: str | None, limit: int, cursor: str | None) -> Call[FoundOutlet]:
    """What one outlet did."""
    query = as_query({"events": measure, "limit": limit, "cursor": cursor})
    return Call(Request("GET", _path("outlets", key), query), reader(FoundOutlet))


def article(article_id: str) -> Call[ArticleView]:
    """One article with its claims."""
    return Call(Request("GET", _path("articles", article_id)), reader(ArticleView))


def stored_article(article_id: str) -> Call[StoredArticle]:
    """One article without its claims."""
    return Call(Request("GET", _path("articles", article_id)), reader(StoredArticle))


def membership(article_id: str) -> Call[MembershipView]:
    """Why an article is in its event."""
    return Call(Request("GET", _path("articles", article_id, "membership")), reader(MembershipView))


def trace(article_id: str) -> Call[TraceView]:
    """What became of an article after ingest."""
    return Call(Request("GET", _path("articles", article_id, "trace")), reader(TraceView))


def match(draft: Mapping[str, Any]) -> Call[Match]:
    """Which event a text is about."""
    return Call(_post("/v1/match", _without_none(draft)), reader(Match))


def match_all(drafts: Sequence[Mapping[str, Any]]) -> Call[Matches]:
    """Which events several texts are about."""
    return Call(_post("/v1/match", {"drafts": [_without_none(draft) for draft in drafts]}), reader(Matches))


def check(draft: Mapping[str, Any]) -> Call[CheckAnswer]:
    """What of a draft is reported."""
    return Call(_post("/v1/check", _without_none(draft)), reader(CheckAnswer))


def limits() -> Call[Limits]:
    """What this client may do."""
    return Call(Request("GET", "/v1/limits"), reader(Limits))


def position() -> Call[str]:
    """The newest position of the update log, at least as old as any answer that is asked for from now on."""
    return Call(Request("GET", "/v1/events", (("limit", "1"), ("fields", "event_id"))), _position_of)


def submit(rows: Iterable[Row], idempotency_key: str, *, skip_bad: bool) -> Call[SubmissionAnswer]:
    """Take articles in."""
    body = b"".join(to_json(row) + b"\n" for row in rows)
    request = Request(
        "POST",
        "/v1/articles",
        (("on_error", "skip"),) if skip_bad else (),
        body,
        {**_NDJSON, "Idempotency-Key": idempotency_key},
        Service.INGEST,
    )
    return Call(request, reader(SubmissionAnswer))


def anything(request: Request) -> Call[Any]:
    """Any request; its answer is JSON as it is, None where it is empty."""
    return Call(request, _json_of)


def read_update(position: str, data: str) -> Update:
    """An update of the stream.

    Raises:
        UnreadableAnswerError: It is not what this client knows.
    """
    try:
        content = from_json(data)
        return Update.model_validate(content | {"position": position} if isinstance(content, dict) else content)
    except ValueError as error:
        raise UnreadableAnswerError(f"the update at {position} cannot be read: {_first_fault(error)}") from error


def reader(model: type[M]) -> Callable[[Answer], M]:
    """Reads an answer as a model; raises UnreadableAnswerError."""

    def read(answer: Answer) -> M:
        try:
            return model.model_validate_json(answer.body)
        except ValidationError as error:
            raise UnreadableAnswerError(
                f"the answer cannot be read as {model.__name__}: {_first_fault(error)}. Is that address "
                "Newsweave's, and no newer than this client?"
            ) from error

    return read


def _json_of(answer: Answer) -> Any:
    if not answer.body:
        return None
    try:
        return from_json(answer.body)
    except ValueError as error:
        raise UnreadableAnswerError("the answer is not JSON: is that address Newsweave's?") from error


def _position_of(answer: Answer) -> str:
    if POSITION_HEADER not in answer.headers:
        raise UnreadableAnswerError("the answer has no Newsweave-Position: is that address Newsweave's?")
    return answer.headers[POSITION_HEADER]


def _first_fault(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    fault = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in fault["loc"]) or "whole"
    return f"{place}: {fault['msg']}"


def _path(*segments: str) -> str:
    """An address; whatever a segment holds stays one segment."""
    return "/".join(["/v1", *(_escaped(segment) for segment in segments)])


def _escaped(segment: str) -> str:
    """Dots alone would lead up in the path."""
    return segment.replace(".", "%2E") if segment in {".", ".."} else quote(segment, safe="")


def _post(path: str, body: Any) -> Request:
    return Request("POST", path, body=to_json(body), headers=_JSON)


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
