"""From a submission to an article. Pure: what it depends on comes in as arguments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from services.contracts.article import (
    Article,
    ArticleInput,
    DateSource,
    InputKind,
    Precision,
    Publisher,
    content_hash,
    published_note,
)
from services.ingest.addresses.canonical_url import canonical_url, publisher_domain
from services.ingest.addresses.url_date import url_day
from services.ingest.errors import InvalidSubmission
from services.ingest.identity import article_id
from services.ingest.pages.html_text import Page, read_page
from services.ingest.record import Revision
from services.ingest.submission import MAX_TEXT_BYTES, MAX_TEXT_LINES, Submission, check_url
from services.ingest.text.characters import is_blank
from services.ingest.text.cleaning import clean
from services.ingest.text.kinds import kind_of_text
from services.ingest.text.language import detect_language
from services.ingest.text.wire_credit import wire_credit
from services.ingest.timestamps import Timestamp


@dataclass(frozen=True)
class _Content:
    """What a submission says, from its fields or from its page."""

    text: str
    title: str | None
    url: str | None
    canonical_url: str | None
    publisher: Publisher
    published: Timestamp | None
    published_source: DateSource | None
    authors: tuple[str, ...]


def first_revision(
    submission: Submission, *, fetched_at: datetime, kind: InputKind = InputKind.PUSH, page: Page | None = None
) -> Article:
    """The article that a submission comes to, as if nothing were known of it: all the work but counting revisions.

    Args:
        submission: one row.
        fetched_at: when it came (aware). An earlier `fetched_at` of the row is believed, a later one is not.
        kind: the way it came in.
        page: what `submission.html` reads as, if it was read before. Default: read here, without a limit on time.

    Raises:
        InvalidSubmission: no text is left, or the page holds no article.
    """
    came_at = arrival(submission, fetched_at)
    content = _content(submission, came_at, page)
    cleaned = clean(content.text)
    if is_blank(cleaned.text):
        raise InvalidSubmission.of("text" if submission.text is not None else "html", "holds no readable text")
    canonical, published = content.canonical_url, content.published
    return Article(
        article_id=article_id(canonical, content.publisher, content.title, cleaned.text),
        revision=1,
        url=content.url,
        canonical_url=canonical,
        publisher=content.publisher,
        title=content.title,
        text=cleaned.text,
        language=submission.language or detect_language(cleaned.text),
        authors=content.authors,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        published_offset=published.offset if published else None,
        published_source=content.published_source,
        published_note=published_note(published.at, came_at) if published else None,
        fetched_at=came_at,
        content_hash=content_hash(content.title, cleaned.text),
        input=ArticleInput(kind=kind),
        removed_blocks=cleaned.removed,
        # Credits stand in lines that cleaning takes away.
        wire_credit=wire_credit(content.text, content.authors),
        status=submission.status,
        text_kind=kind_of_text(content.title, cleaned.text, content.url),
    )


def arrival(submission: Submission, fetched_at: datetime) -> datetime:
    """When the article came in (UTC); arguments as of `first_revision`."""
    came_at = fetched_at.astimezone(UTC)
    return min(submission.fetched_at.at, came_at) if submission.fetched_at else came_at


def article_page(page: Page | None) -> Page:
    """What was read from a page, if it can be an article.

    Raises:
        InvalidSubmission: there is none, or it is too long.
    """
    if page is None:
        raise InvalidSubmission.of("html", "no article was found in the page; send its text instead")
    if len(page.text.encode()) > MAX_TEXT_BYTES:
        raise InvalidSubmission.of("html", f"its article is longer than {MAX_TEXT_BYTES:,} bytes")
    if page.text.count("\n") >= MAX_TEXT_LINES:
        raise InvalidSubmission.of("html", f"its article has more than {MAX_TEXT_LINES:,} lines")
    return page


def revise(article: Article, previous: Revision | None) -> Article:
    """Number the revision: the previous number when content and status are the same, else the next; 1 without one.

    A repetition keeps the time of the first arrival too, so that it is published as the very same message.
    """
    if previous is None:
        return article
    if previous.says(article.content_hash, article.status):
        note = published_note(article.published_at, previous.fetched_at)
        same = {"revision": previous.revision, "fetched_at": previous.fetched_at, "published_note": note}
        return article.model_copy(update=same)
    return article.model_copy(update={"revision": previous.revision + 1})


def record_of(article: Article) -> Revision:
    """What to remember of a published article."""
    return Revision(
        revision=article.revision,
        content_hash=article.content_hash,
        status=article.status,
        fetched_at=article.fetched_at,
    )


def _content(submission: Submission, came_at: datetime, page: Page | None) -> _Content:
    """The submission's own fields first; what it leaves open from its page."""
    if submission.html is not None:
        page = article_page(page or read_page(submission.html, today=came_at.date()))
    text = page.text if page else submission.text
    assert text is not None  # a submission has text or html
    link = _own_link(submission, page) if page else None
    url = submission.url or link
    published, source = _published(submission, page, url, came_at)
    identifying = link or url
    return _Content(
        text=text,
        title=submission.title or (page.title if page else None),
        url=url,
        canonical_url=canonical_url(identifying) if identifying else None,
        publisher=submission.publisher or _publisher(url, page),
        published=published,
        published_source=source,
        authors=submission.authors or (page.authors if page else ()),
    )


def _published(
    submission: Submission, page: Page | None, url: str | None, came_at: datetime
) -> tuple[Timestamp | None, DateSource | None]:
    """The time that the submission gives, else its page, else the day in its address; and which of them."""
    if submission.published_at:
        return submission.published_at, DateSource.PUBLISHER
    if page and page.published_on:
        return _day(page.published_on), DateSource.PUBLISHER
    # A day more than that of arrival: an outlet's day may begin before UTC's.
    day = url_day(url, latest=(came_at + timedelta(days=1)).date()) if url else None
    return (_day(day), DateSource.ADDRESS) if day else (None, None)


def _day(day: date) -> Timestamp:
    return Timestamp(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)


def _own_link(submission: Submission, page: Page) -> str | None:
    """The page's canonical link, if it names a page on the registered domain that the sender gives.

    What a page says of itself proves nothing: without that, any page could take the place of another outlet's article.
    """
    link = _usable_url(page.url)
    if link is None or not urlsplit(link).path.strip("/"):  # many a site gives its front page on all pages
        return None
    # The form that identifies is compared, not the link: taking that form decodes what may hide another host.
    identifying = canonical_url(link)
    if identifying is None or publisher_domain(identifying) != _sender_domain(submission):
        return None
    return link if publisher_domain(link) == publisher_domain(identifying) else None


def _sender_domain(submission: Submission) -> str | None:
    """The registered domain of the address, else of the publisher, as the sender gives it."""
    if submission.url:
        return publisher_domain(submission.url)
    domain = submission.publisher.domain if submission.publisher else None
    return publisher_domain(f"https://{domain}/") if domain else None


def _usable_url(url: str | None) -> str | None:
    """A page's canonical link, unless the page wrote nonsense there."""
    try:
        return check_url(url) if url else None
    except ValueError:
        return None


def _publisher(url: str | None, page: Page | None) -> Publisher:
    name = page.site_name if page else None
    # trafilatura names the host where a page gives no name of its own.
    hosts = {publisher_domain(one) for one in (url, _usable_url(page.url) if page else None) if one}
    if name and name.casefold() in {(host or "").casefold() for host in hosts}:
        name = None
    return Publisher(name=name, domain=publisher_domain(url) if url else None)
