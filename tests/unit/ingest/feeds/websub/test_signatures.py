"""Signatures of pushes."""

import pytest

from services.ingest.feeds.websub.signatures import SignatureCheck
from tests.support.websub_hub import sign

SECRET, BODY = "a secret of ours", b"<rss>a push</rss>"


def holds(headers: list[str], body: bytes = BODY) -> bool:
    check = SignatureCheck(headers, SECRET)
    for start in range(0, len(body), 5):
        check.feed(body[start : start + 5])
    return check.holds()


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_by_a_method_of_the_recommendation_holds(method: str) -> None:
    assert holds([f"{method}={sign(SECRET, BODY, method)}"])
    assert holds([f"{method.upper()}={sign(SECRET, BODY, method).upper()}"])


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [""],
        ["sha256="],
        [sign(SECRET, BODY)],
        [f"md5={sign(SECRET, BODY, 'md5')}"],
        [f"sha256={sign('another secret', BODY)}"],
        [f"sha256={sign(SECRET, b'another body')}"],
        [f"sha512={sign(SECRET, BODY, 'sha256')}"],
        [f"sha256={sign(SECRET, BODY)}", f"sha256={sign(SECRET, BODY)}"],
        ["sha256=\xff\u20ac"],
    ],
    ids=["none", "empty", "no digits", "no method", "md5", "secret", "body", "method", "two", "not ascii"],
)
def test_no_other_does(headers: list[str]) -> None:
    assert not holds(headers)
