"""`POST /v1/read`: an article in, the article with its claims out, as they would be published. Nothing is."""

from fastapi import FastAPI, Request, Response

from services.contracts.article import Article
from services.extract.extraction import extract
from services.runtime.bounded_work import BoundedWork, WorkBounds
from services.runtime.problems import install_problem_handlers


def create_app(reading: BoundedWork) -> FastAPI:
    """The HTTP side of extract, for services of ours: it has no public document."""
    app = FastAPI(title="Newsweave extract", openapi_url=None, redirect_slashes=False)
    install_problem_handlers(app)

    @app.post("/v1/read")
    async def read(request: Request) -> Response:
        every = request.query_params.get("every_sentence") == "true"
        return await reading.answer(request, read_every_sentence if every else None)

    return app


def bound_reading(body_bytes: int, places: int, seconds: float) -> BoundedWork:
    """What the route works with; its `work` is to be `read_draft` once the parser is loaded."""
    return BoundedWork("read", WorkBounds(body_bytes, places, seconds))


def read_draft(body: bytes) -> bytes:
    """JSON of the contract `Article` to JSON of `ExtractedArticle`. Raises ValidationError."""
    return extract(Article.model_validate_json(body)).model_dump_json().encode()


def read_every_sentence(body: bytes) -> bytes:
    """The same; a sentence in which no claim is found is one as a whole: who checks a draft means every sentence."""
    return extract(Article.model_validate_json(body), every_sentence=True).model_dump_json().encode()
