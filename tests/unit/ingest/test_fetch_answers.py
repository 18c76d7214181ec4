"""Heads and packed bodies of answers."""

import gzip
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.fetching.encodings import PIECE_BYTES, BadEncoding, unpacker
from services.ingest.fetching.ended import FetchEnded
from services.ingest.fetching.fetched import Outcome, Validators
from services.ingest.fetching.heads import Head

ENCODINGS = ["gzip", "deflate", "br", "identity"]
NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)


def head(status: int = 200, **headers: str) -> Head:
    return Head.of(status, [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()])


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((200, None), (203, None), (204, Outcome.EMPTY), (205, Outcome.EMPTY), (304, Outcome.UNCHANGED)),
        *((401, Outcome.FORBIDDEN), (402, Outcome.FORBIDDEN), (403, Outcome.FORBIDDEN), (451, Outcome.FORBIDDEN)),
        *((404, Outcome.NOT_FOUND), (410, Outcome.GONE), (429, Outcome.RATE_LIMITED), (418, Outcome.CLIENT_ERROR)),
        *((500, Outcome.SERVER_ERROR), (503, Outcome.SERVER_ERROR), (599, Outcome.SERVER_ERROR)),
        *(
            (101, Outcome.BAD_RESPONSE),
            (206, Outcome.BAD_RESPONSE),
            (300, Outcome.BAD_RESPONSE),
            (999, Outcome.BAD_RESPONSE),
        ),
    ],
)
def test_statuses_have_their_outcomes(status: int, outcome: Outcome | None) -> None:
    assert head(status).failure is outcome


def test_a_service_that_says_when_it_is_back_limits_the_rate() -> None:
    assert head(503, retry_after="60").failure is Outcome.RATE_LIMITED


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("120", 120), ("0", 0), ("Mon, 03 Mar 2031 12:02:00 GMT", 120), ("Mon, 03 Mar 2031 11:00:00 GMT", 0)),
        *(
            ("9" * 5000, 30 * 86400),
            ("Mon, 03 Mar 2099 12:02:00 GMT", 30 * 86400),
            ("soon", None),
            ("-5", None),
            ("", None),
        ),
        *(("1.5", None), ("٣", None), ("Mon, 99 Mar 2031", None)),
    ],
)
def test_how_long_to_wait_is_read_in_both_forms_and_bounded(value: str, seconds: float | None) -> None:
    assert head(429, retry_after=value).retry_after_seconds(NOW) == seconds


def test_content_types_are_read_without_parameters() -> None:
    found = head(content_type='Text/HTML; Charset="ISO-8859-1"; x=y')
    assert (found.content_type, found.charset) == ("text/html", "ISO-8859-1")
    assert head(content_type="nonsense").content_type is None
    assert head().charset is None


def test_media_types_are_accepted_by_name_and_by_class() -> None:
    page = head(content_type="text/html; charset=utf-8")
    assert page.accepted(("text/html",))
    assert page.accepted(("text/*",))
    assert page.accepted(())
    assert not page.accepted(("application/xml", "image/*"))
    assert head().accepted(("text/html",))  # no type at all: look at the body


def test_repeated_headers_are_joined_and_too_many_end_the_fetch() -> None:
    found = Head.of(200, [(b"X-A", b"1"), (b"x-a", b" 2 "), (b"x-b", b"\xff")])
    assert found.headers == {"x-a": "1, 2", "x-b": "\xff"}
    with pytest.raises(FetchEnded, match="headers"):
        Head.of(200, [(b"a%d" % number, b"b") for number in range(1000)])


def test_only_redirects_lead_elsewhere() -> None:
    assert head(200, location="/x").location is None
    assert head(304, location="/x").location is None
    assert head(302, location="/é").location == "/é"


@pytest.mark.parametrize("etag", ["", "é", "a\tb", "e" * 2000])
def test_validators_that_cannot_be_sent_are_dropped(etag: str) -> None:
    assert head(etag=etag, last_modified="x").validators == Validators(None, "x")


@given(st.binary(max_size=200_000), st.sampled_from(ENCODINGS), st.integers(1, 70_000))
def test_bodies_come_out_as_they_went_in_however_they_are_cut(body: bytes, encoding: str, cut: int) -> None:
    packed = {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "br": brotli.compress(body, quality=1),
        "identity": body,
    }[encoding]
    unpack = unpacker(encoding)
    pieces = [piece for start in range(0, len(packed), cut) for piece in unpack.pieces(packed[start : start + cut])]
    unpack.finish()
    assert b"".join(pieces) == body


@given(st.binary(max_size=2_000), st.sampled_from(ENCODINGS[:3]))
def test_what_is_not_packed_is_said_so(body: bytes, encoding: str) -> None:
    unpack = unpacker(encoding)
    try:
        list(unpack.pieces(body))
        unpack.finish()
    except BadEncoding:
        return


PACK: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}


@pytest.mark.parametrize("encoding", PACK)
def test_no_piece_is_much_larger_than_its_limit(encoding: str) -> None:
    unpack = unpacker(encoding)
    sizes = [len(piece) for piece in unpack.pieces(PACK[encoding](b"\0" * 10_000_000))]
    unpack.finish()
    assert max(sizes) <= 2 * PIECE_BYTES
    assert sum(sizes) == 10_000_000


@pytest.mark.parametrize("encoding", PACK)
def test_what_follows_a_packed_body_is_ignored_and_not_gathered(encoding: str) -> None:
    unpack = unpacker(encoding)
    assert b"".join(unpack.pieces(PACK[encoding](b"text"))) == b"text"
    assert [list(unpack.pieces(b"more" * 1000)) for _ in range(9)] == [[]] * 9
    unpack.finish()


@pytest.mark.parametrize("encoding", PACK)
def test_a_packed_body_that_ends_early_is_said_so(encoding: str) -> None:
    unpack = unpacker(encoding)
    list(unpack.pieces(PACK[encoding](b"some text " * 100)[:-4]))
    with pytest.raises(BadEncoding, match="too early"):
        unpack.finish()


@pytest.mark.parametrize("encoding", ["zstd", "br, br", "gzip, gzip", "exi", "gzip;q=1"])
def test_encodings_that_were_not_offered_are_not_read(encoding: str) -> None:
    with pytest.raises(BadEncoding, match="not asked for"):
        unpacker(encoding)
