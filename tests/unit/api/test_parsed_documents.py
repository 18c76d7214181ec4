"""Documents are parsed anew only where they changed."""

from services.api.parsed_documents import ParsedDocuments


def test_only_documents_that_changed_are_parsed_anew() -> None:
    parsed: list[bytes] = []

    def parse(document: bytes) -> str:
        parsed.append(document)
        return document.decode()

    documents = ParsedDocuments(parse)
    assert documents.in_order({b"b": b"two", b"a": b"one"}) == ["one", "two"]
    assert documents.in_order({b"b": b"two", b"a": b"three"}) == ["three", "two"]
    assert documents.in_order({b"b": b"two"}) == ["two"]
    assert documents.in_order({}) == []
    assert sorted(parsed) == [b"one", b"three", b"two"]
