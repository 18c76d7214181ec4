"""Whether cited words stand in the article's text, and whether that text is the published one. Pure."""

from services.api.search.models import FoundClaim
from services.client.models import Cited, Quote, SpanCheck
from services.contracts.article import Article, content_hash


def quote_of(cited: Cited | FoundClaim) -> Quote:
    """What is to be checked: of a claim that a search found, its earliest report in the canonical wording."""
    if isinstance(cited, FoundClaim):
        return Quote(article_id=cited.report.article_id, span=cited.report.span, text=cited.text)
    return Quote(article_id=cited.article_id, span=cited.span, text=cited.text)


def check_span(quote: Quote, article: Article) -> SpanCheck:
    """Compare the cited words with the article, and the article with its hash."""
    has_place = quote.span.end <= len(article.text)
    words = quote.span.of(article.text) if has_place else None
    hash_matches = content_hash(article.title, article.text) == article.content_hash
    return SpanCheck(
        article_id=article.article_id,
        revision=article.revision,
        span=quote.span,
        hash_matches=hash_matches,
        words_match=words == quote.text,
        expected=quote.text,
        found=words,
        problem=_problem(quote, words, len(article.text), hash_matches=hash_matches),
    )


def _problem(quote: Quote, words: str | None, length: int, *, hash_matches: bool) -> str | None:
    if not hash_matches:
        return "The stored title and text are not those that were hashed."
    if words is None:
        return f"[{quote.span.start}, {quote.span.end}) lies outside the text, which has {length} characters."
    if words != quote.text:
        return "The article has other words there. It may have been revised since: read the event again."
    return None
