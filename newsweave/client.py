"""The Python client: `Newsweave` blocks, `AsyncNewsweave` does not. docs/python-client.md shows how to use them."""

from services.client.async_client import AsyncNewsweave
from services.client.async_lists import AsyncListing, AsyncStream
from services.client.errors import (
    AccessError,
    BadAddressError,
    BusyError,
    GoneError,
    InvalidRequestError,
    NewsweaveError,
    NotFoundError,
    NotReachableError,
    RefusedError,
    UnavailableError,
    UnreadableAnswerError,
)
from services.client.exchange import Request, Service
from services.client.models import Quote, SpanCheck, Update
from services.client.sync_client import Newsweave
from services.client.sync_lists import Listing, Stream

__all__ = [
    "AccessError",
    "AsyncListing",
    "AsyncNewsweave",
    "AsyncStream",
    "BadAddressError",
    "BusyError",
    "GoneError",
    "InvalidRequestError",
    "Listing",
    "Newsweave",
    "NewsweaveError",
    "NotFoundError",
    "NotReachableError",
    "Quote",
    "RefusedError",
    "Request",
    "Service",
    "SpanCheck",
    "Stream",
    "UnavailableError",
    "UnreadableAnswerError",
    "Update",
]
