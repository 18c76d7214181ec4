"""Asks extract and dedupe to read and to embed what is not published: drafts and queries. By httpx.

A draft is read by those who read articles, so that it is compared with them on the same terms (docs/decisions/0053).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self, TypeVar

import httpx
from pydantic import ValidationError

from services.api.match.vectors import decode_vector
from services.contracts.article import Article
from services.contracts.base import Contract
from services.contracts.claim import ExtractedArticle
from services.contracts.drafts import EmbedAnswer, EmbedRequest, TextToEmbed

M = TypeVar("M", bound=Contract)

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 10.0
"""Longest wait for an answer, unless the caller has less time."""


class DraftServiceError(Exception):
    """A service that was asked does not answer, or not with what it should.

    Attributes:
        service: Which.
        setting: The setting that has its address.
        reason: What happened: a part of a sentence.
    """

    def __init__(self, service: str, setting: str, reason: str) -> None:
        super().__init__(f"{service} {reason} ({setting})")
        self.service, self.setting, self.reason = service, setting, reason


@dataclass(frozen=True)
class Embedded:
    """Vectors of texts, in order, and the model that made them."""

    model: str
    vectors: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class _Service:
    name: str
    setting: str
    url: str


class DraftServices:
    """A client of both services. Requests may run side by side."""

    def __init__(self, extract_url: str, dedupe_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`transport`: another one than the network."""
        self._extract = _Service("extract", "NEWSWEAVE_EXTRACT_URL", extract_url.rstrip("/"))
        self._dedupe = _Service("dedupe", "NEWSWEAVE_DEDUPE_URL", dedupe_url.rstrip("/"))
        # A proxy in the environment is meant for other machines.
        self._client = httpx.AsyncClient(trust_env=False, transport=transport)

    async def __aenter__(self) -> Self:
        """Keep connections open between requests."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close them."""
        await self._client.aclose()

    async def read(self, article: Article, *, every_sentence: bool = False) -> ExtractedArticle:
        """The article with its claims, as extract would publish it. Raises DraftServiceError.

        `every_sentence`: a sentence in which no claim is found is one as a whole.
        """
        body = article.model_dump_json().encode()
        path = "/v1/read?every_sentence=true" if every_sentence else "/v1/read"
        return await self._ask(self._extract, path, body, ExtractedArticle, ANSWER_SECONDS)

    async def embed(self, texts: Sequence[TextToEmbed], seconds: float = ANSWER_SECONDS) -> Embedded:
        """Vectors of length 1, as dedupe gives them to articles. Raises DraftServiceError."""
        body = EmbedRequest(texts=tuple(texts)).model_dump_json().encode()
        answer = await self._ask(self._dedupe, "/v1/embed", body, EmbedAnswer, seconds)
        if len(answer.vectors) != len(texts):
            raise self._failure(self._dedupe, "answered with another number of vectors")
        try:
            return Embedded(answer.model, tuple(map(decode_vector, answer.vectors)))
        except ValueError as error:
            raise self._failure(self._dedupe, "answered with what is no vector") from error

    async def _ask(self, service: _Service, path: str, body: bytes, model: type[M], seconds: float) -> M:
        timeout = httpx.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
        headers = {"Content-Type": "application/json"}
        try:
            answer = await self._client.post(f"{service.url}{path}", content=body, headers=headers, timeout=timeout)
        except httpx.TimeoutException as error:
            raise self._failure(service, "does not answer in time") from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise self._failure(service, "does not answer") from error
        if answer.status_code != HTTPStatus.OK:
            raise self._failure(service, f"answers with status {answer.status_code}")
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            raise self._failure(service, "answers with something else than was asked for") from error

    @staticmethod
    def _failure(service: _Service, reason: str) -> DraftServiceError:
        return DraftServiceError(service.name, service.setting, reason)
