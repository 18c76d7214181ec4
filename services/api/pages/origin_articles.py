"""What each article of an origin is: the text, a reprint of it, or more from the same outlet. Pure."""

from collections.abc import Sequence

from services.api.pages.numbers import count
from services.contracts.event import ArticleRole, EventArticle


def find_reprints(articles: Sequence[EventArticle]) -> frozenset[str]:
    """Ids of the articles that print the text of an article before them.

    All that one outlet alone publishes is one origin, too. So an article is a reprint where the event says so, or where
    another outlet has the first article of its origin.

    Args:
        articles: Of an event, in its order.
    """
    firsts: dict[str, EventArticle] = {}
    found = set()
    for article in articles:
        first = firsts.setdefault(article.origin_id, article)
        is_of_other_outlet = article.publisher.key is None or article.publisher.key != first.publisher.key
        if article.role is ArticleRole.REPRINT or (article is not first and is_of_other_outlet):
            found.add(article.article_id)
    return frozenset(found)


def texts_and_reprints(articles: Sequence[EventArticle]) -> list[tuple[str, str]]:
    """Origin and carrier of each article, as a strip takes them: an outlet's further articles count as its first."""
    reprints = find_reprints(articles)
    return [(article.origin_id, article.article_id if article.article_id in reprints else "") for article in articles]


def further_words(reprints: int, own: int) -> str:
    """What an origin has beside its first article: "2 reprints, 1 more article of the same outlet"; empty: nothing.

    Args:
        reprints: How many reprints of the text.
        own: How many more articles of the outlet that has the first one.
    """
    parts = [count(reprints, "reprint")] if reprints else []
    if own:
        parts.append(f"{count(own, 'more article')} of the same outlet")
    return ", ".join(parts)
