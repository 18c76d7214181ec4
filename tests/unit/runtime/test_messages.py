"""Messages on the wire: what is refused, and why."""

from datetime import UTC, datetime

import pytest

from services.contracts.article import Article
from services.contracts.topics import ARTICLE_INGESTED, CLAIMS_EXTRACTED, MAX_MESSAGE_BYTES
from services.runtime.errors import InvalidMessage, NewerProducer
from services.runtime.messages import Headers, Message, Outgoing, RawMessage, decode, encode
from tests.support.rig import an_article

TRACE = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"


def body(**changes: object) -> bytes:
    return an_article(1).model_copy(update=changes).model_dump_json().encode()


def raw(value: bytes | None = None, *, key: bytes | None = b"art_1", headers: Headers = ()) -> RawMessage:
    return RawMessage("t.article.ingested.v1", 2, 7, key, body() if value is None else value, headers)


def decoded(message: RawMessage) -> Message[Article]:
    return decode(message, ARTICLE_INGESTED, Article)


def refusal(message: RawMessage) -> str:
    with pytest.raises(InvalidMessage) as caught:
        decoded(message)
    return str(caught.value)


def test_what_is_encoded_decodes_to_the_same_value_with_key_trace_and_coordinates() -> None:
    article = an_article(1)
    sent = Outgoing(ARTICLE_INGESTED, "art_1", article, id="art_1:1", time=article.fetched_at, traceparent=TRACE)
    key, value, headers = encode(sent, source="newsweave/ingest")
    assert decoded(raw(value, key=key, headers=headers)) == Message(
        "t.article.ingested.v1", 2, 7, "art_1", article, TRACE
    )


def test_headers_are_cloudevents_with_a_fixed_order() -> None:
    time = datetime(2026, 3, 1, 12, tzinfo=UTC)
    _, _, headers = encode(Outgoing(ARTICLE_INGESTED, "art_1", an_article(1), id="i", time=time), source="newsweave/x")
    assert headers == [
        ("ce_specversion", b"1.0"),
        ("ce_id", b"i"),
        ("ce_type", b"article.ingested.v1"),
        ("ce_source", b"newsweave/x"),
        ("ce_subject", b"art_1"),
        ("ce_time", b"2026-03-01T12:00:00Z"),
        ("ce_contractversion", b"1"),
        ("content-type", b"application/json"),
    ]


def test_headers_may_be_missing_or_without_value() -> None:
    assert decoded(raw()).traceparent is None
    assert decoded(raw(headers=[("ce_type", None), ("traceparent", None), ("x", None)])).key == "art_1"


@pytest.mark.parametrize("trace", [b"", b"00-1-2-3", b"\xff\xfe", b"x" * 100_000, TRACE.upper().encode()])
def test_a_trace_context_that_is_none_is_not_handed_on(trace: bytes) -> None:
    assert decoded(raw(headers=[("traceparent", trace)])).traceparent is None


def test_fields_that_we_do_not_know_are_ignored() -> None:
    assert decoded(raw(body()[:-1] + b',"mood":"glad"}')).value == an_article(1)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (RawMessage("t", 0, 0, b"art_1", None), "the value is empty"),
        (raw(key=None), "the key is empty; article.ingested.v1 has its article_id there"),
        (raw(key=b"\xff"), "the key is not UTF-8"),
        (raw(key=b"art_2"), "the key is 'art_2', but the value's article_id is 'art_1'"),
        (raw(b"\x00\xffgarbage"), "not a valid Article: value: Invalid JSON"),
        (raw(b""), "not a valid Article: value: Invalid JSON"),
        (raw(b"[" * 100_000), "recursion limit"),
        (raw(b'{"article_id":' * 50_000), "recursion limit"),
        (raw(b"[]"), "not a valid Article: value: Input should be an object"),
        (raw(body(text="")), "not a valid Article: text: String should have at least 1 character"),
        (raw(body(revision=0)), "revision: Input should be greater than or equal to 1"),
        (
            raw(body().replace(b"2026-03-01T12:00:00Z", b"2026-03-01T12:00:00")),
            "fetched_at: Input should have timezone",
        ),
        (raw(body().replace(b"A short text.", b"\\ud800")), "Invalid JSON"),
        (raw(headers=[("ce_type", b"claims.extracted.v1")]), "header ce_type is 'claims.extracted.v1', expected"),
        (raw(headers=[("ce_specversion", b"2.0")]), "header ce_specversion is '2.0', expected '1.0'"),
        (raw(b" " * (MAX_MESSAGE_BYTES + 1)), "the value has 8388609 bytes, the limit is 8388608"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_message_that_cannot_be_used_is_refused_with_what_is_wrong(message: RawMessage, reason: str) -> None:
    assert reason in refusal(message)


def of_version(version: bytes, value: bytes, type_: bytes = b"article.ingested.v1") -> RawMessage:
    return raw(value, headers=[("ce_type", type_), ("ce_contractversion", version)])


def test_a_message_of_a_newer_version_that_we_can_read_is_read() -> None:
    assert decoded(of_version(b"2", body()[:-1] + b',"mood":"glad"}')).value == an_article(1)


def test_a_message_of_a_newer_version_that_we_cannot_read_says_that_we_are_to_be_deployed() -> None:
    with pytest.raises(NewerProducer, match=r"offset 7, was published by a newer .*version 2, ours is 1\).*status"):
        decoded(of_version(b"2", body().replace(b'"usable"', b'"disputed"')))


@pytest.mark.parametrize(
    "message",
    [
        of_version(b"1", b"{}"),
        of_version(b"0", b"{}"),
        of_version(b"2", b"garbage"),
        of_version(b"2", b"[]"),
        of_version(b"-2", b"{}"),
        of_version(b"\xd9\xa2", b"{}"),
        of_version(b"9" * 5_000, b"{}"),
        of_version(b"", b"{}"),
        of_version(b"2", b"{}", type_=b"claims.extracted.v1"),
        raw(b"{}", headers=[("ce_contractversion", b"2")]),
    ],
)
def test_garbage_is_not_taken_for_a_newer_message(message: RawMessage) -> None:
    assert refusal(message)


def test_the_first_faults_are_named_the_others_counted_and_the_input_not_repeated() -> None:
    told = refusal(raw(b'{"article_id": ["hunter2"], "revision": "x"}'))
    assert told.startswith("not a valid Article: article_id: Input should be a valid string; revision: ")
    assert told.endswith("; and 1 more")
    assert "hunter2" not in told


def test_the_key_of_a_message_can_lie_deeper_in_the_value() -> None:
    value = b'{"article": ' + body() + b', "claims": [], "extractor": "x"}'
    with pytest.raises(InvalidMessage, match=r"the value's article\.article_id is 'art_1'"):
        decode(raw(value, key=b"art_9"), CLAIMS_EXTRACTED, CLAIMS_EXTRACTED.value)
    assert decode(raw(value), CLAIMS_EXTRACTED, CLAIMS_EXTRACTED.value).key == "art_1"
