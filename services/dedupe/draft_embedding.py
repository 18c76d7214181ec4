"""`POST /v1/embed`: texts in, the vectors out that articles of these words would have. Nothing is published."""

from fastapi import FastAPI, Request, Response

from services.contracts.drafts import EmbedAnswer, EmbedRequest
from services.dedupe.embedding.lead import LEAD_TOKENS, build_lead_text
from services.dedupe.embedding.port import Embedder
from services.dedupe.embedding.vectors import encode_vector
from services.runtime.bounded_work import BoundedWork, Work, WorkBounds
from services.runtime.problems import install_problem_handlers


def create_app(embedding: BoundedWork) -> FastAPI:
    """The HTTP side of dedupe, for services of ours: it has no public document."""
    app = FastAPI(title="Newsweave dedupe", openapi_url=None, redirect_slashes=False)
    install_problem_handlers(app)

    @app.post("/v1/embed")
    async def embed(request: Request) -> Response:
        return await embedding.answer(request)

    return app


def bound_embedding(body_bytes: int, places: int, seconds: float) -> BoundedWork:
    """What the route works with; its `work` is to be `embed_with` once the model is loaded."""
    return BoundedWork("embed", WorkBounds(body_bytes, places, seconds))


def embed_with(embedder: Embedder) -> Work:
    """JSON of `EmbedRequest` to JSON of `EmbedAnswer`. The work raises ValidationError."""

    def work(body: bytes) -> bytes:
        texts = EmbedRequest.model_validate_json(body).texts
        leads = [build_lead_text(each.title, each.text) for each in texts]
        vectors = embedder.embed(leads, max_tokens=LEAD_TOKENS)
        return (
            EmbedAnswer(model=embedder.model_id, vectors=tuple(map(encode_vector, vectors))).model_dump_json().encode()
        )

    return work
