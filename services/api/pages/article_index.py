"""The articles of an event as its page refers to them: by number, by outlet, by address. Pure."""

from collections.abc import Iterable, Iterator

from services.api.pages import phrases
from services.api.pages.links import link_to_words
from services.contracts.article import Publisher, TextKind
from services.contracts.event import EventArticle


class ArticleIndex:
    """Looks articles up by id. An article that is not listed is still named, by its publisher."""

    def __init__(self, articles: Iterable[EventArticle] = ()) -> None:
        """Number `articles` in the order given."""
        self._articles = {article.article_id: article for article in articles}
        self._numbers = {article_id: number for number, article_id in enumerate(self._articles, start=1)}

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._articles

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def number(self, article_id: str) -> int | None:
        """Its number on the page; None where it is not listed."""
        return self._numbers.get(article_id)

    def outlet(self, article_id: str, publisher: Publisher | None = None) -> str:
        """Its outlet's name; "article 3" where it has none, so that a reader can look it up.

        Args:
            article_id: The article.
            publisher: Who published it, if it may not be listed.
        """
        article = self._articles.get(article_id)
        name = phrases.outlet(article.publisher if article else publisher or Publisher())
        number = self.number(article_id)
        return f"article {number}" if name == phrases.UNKNOWN_OUTLET and number else name

    def is_opinion(self, article_id: str) -> bool:
        """Whether it is known to be an opinion piece."""
        article = self._articles.get(article_id)
        return article is not None and article.text_kind is TextKind.OPINION

    def link(self, article_id: str, words: str) -> str | None:
        """The outlet's page at these words; None where the article is not listed or has no address."""
        article = self._articles.get(article_id)
        return link_to_words(article.url, words) if article else None
