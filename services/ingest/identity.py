"""Who an article is: stable ids and hashes."""

import hashlib

from services.contracts.article import FIELD_SEPARATOR, Publisher

ID_DIGITS = 20


def article_id(
    canonical_url: str | None, publisher: Publisher, title: str | None, text: str, *, guid: str | None = None
) -> str:
    """`art_` + 20 hex digits of SHA-256: of the canonical URL, else of publisher and `guid`, else of its content."""
    if canonical_url is not None:
        return id_of_url(canonical_url)
    if guid is not None:
        return _hashed("art_", FIELD_SEPARATOR.join(("guid", publisher.key or "", guid)))
    return _hashed("art_", FIELD_SEPARATOR.join((publisher.key or "", title or "", text)))


def id_of_url(canonical_url: str) -> str:
    """The id of the article that is known by this canonical URL."""
    return _hashed("art_", canonical_url)


def message_id(article: str, revision: int) -> str:
    """The id of the message that publishes a revision."""
    return f"{article}.{revision}"


def sha256(text: str) -> str:
    """SHA-256 in hex of the text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _hashed(prefix: str, text: str) -> str:
    return prefix + sha256(text)[:ID_DIGITS]
