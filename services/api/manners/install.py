"""Puts the manners around an app, in the one order that works."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette_compress import CompressMiddleware, add_compress_type, remove_compress_type

from services.api.manners.access import AccessControl
from services.api.manners.etags import HashedEtags, WeakEtags
from services.api.middleware import HttpManners
from services.api.pages.rendering import Pages
from services.api.settings import ApiSettings
from services.runtime.http_access import Access
from services.runtime.request_ids import REQUEST_ID

SMALLEST_COMPRESSED_BYTES = 500
EXPOSED_HEADERS = (
    *("ETag", "Link", "Location", "Content-Location", "Memento-Datetime", "Newsweave-Position"),
    "Newsweave-Requested-Event",
    *("RateLimit", "RateLimit-Policy", "Retry-After", "WWW-Authenticate", REQUEST_ID),
)
"""Those that scripts of other origins may read, beside the few that they always may."""
TAKEN_HEADERS = ("Accept-Datetime", "Authorization", "Content-Type", "If-None-Match", "Last-Event-ID")


def install_manners(app: FastAPI, settings: ApiSettings, access: Access, pages: Pages) -> None:
    """Add the middleware, the innermost first."""
    # A stream of events is sent as it comes: compressed, it would wait for a block to fill.
    remove_compress_type("text/event-stream")
    for media_type in ("application/feed+json", "application/problem+json", "application/x-ndjson"):
        add_compress_type(media_type)
    app.add_middleware(HashedEtags)
    # Brotli as well as zstd would be a second slow way to the same size.
    app.add_middleware(CompressMiddleware, minimum_size=SMALLEST_COMPRESSED_BYTES, brotli=False)
    app.add_middleware(WeakEtags)
    app.add_middleware(AccessControl, access=access, pages=pages)
    app.add_middleware(HttpManners)
    if settings.origins:
        # Outside of keys: a browser asks before it sends one.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=("GET", "HEAD", "POST", "PUT", "DELETE"),
            allow_headers=TAKEN_HEADERS,
            expose_headers=EXPOSED_HEADERS,
        )
