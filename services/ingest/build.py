"""From a submission to an article. Pure: what it depends on comes in as arguments."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.contracts.article import (
    Article,
    ArticleInput,
    ArticleStatus,
    DateSource,
    HeadField,
    InputKind,
    Precision,
    Publisher,
    Rights,
    content_hash,
    is_believed,
    published_note,
)
from services.ingest.addresses.canonical_url import canonical_url
from services.ingest.addresses.url_date import url_day
from services.ingest.errors import InvalidSubmission, LeftOut
from services.ingest.identity import article_id
from services.ingest.outlet import own_link, publisher_of
from services.ingest.pages.html_text import read_page
from services.ingest.pages.page import Page
from services.ingest.submission import MAX_TEXT_BYTES, MAX_TEXT_LINES, Submission
from services.ingest.text.characters import is_blank
from services.ingest.text.cleaning import clean
from services.ingest.text.corrections import find_correction
from services.ingest.text.kinds import kind_of_text
from services.ingest.text.language import detect_language
from services.ingest.text.pasted_head import read_head
from services.ingest.text.wire_credit import WireCredit, wire_credit
from services.ingest.timestamps import Timestamp

PUSHED = ArticleInput(kind=InputKind.PUSH)
FROM_FILE = ArticleInput(kind=InputKind.FILE)


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
    page: Page | None
    read_from_text: tuple[str, ...] = ()


def first_revision(
    submission: Submission,
    *,
    fetched_at: datetime,
    source: ArticleInput = PUSHED,
    page: Page | None = None,
    rights: Rights | None = None,
) -> Article:
    """The article that a submission comes to, as if nothing were known of it: all the work but counting revisions.

    Args:
        submission: one row.
        fetched_at: when it came (aware). An earlier `fetched_at` of the row is believed, a later one is not.
        source: the way it came in.
        page: what `submission.html` reads as, if it was read before. Default: read here, without a limit on time.
        rights: what its site said when it was fetched; what the page itself says goes before it.

    Raises:
        InvalidSubmission: no text is left, or the page holds no article.
        LeftOut: its embargo has not ended.
    """
    _check_embargo(submission, fetched_at)
    came_at = arrival(submission, fetched_at)
    content = _content(submission, came_at, page)
    cleaned = clean(content.text)
    if is_blank(cleaned.text):
        raise InvalidSubmission.of("text" if submission.text is not None else "html", "holds no readable text")
    canonical, wire, page = content.canonical_url, submission.wire, content.page
    status, status_reason = _status(submission, page, content.title, cleaned.text)
    credit = _credit(submission, content)
    return Article(
        article_id=article_id(
            canonical, content.publisher, content.title, cleaned.text, guid=wire.guid if wire else None
        ),
        revision=(wire.version if wire else None) or 1,
        url=content.url,
        canonical_url=canonical,
        publisher=content.publisher,
        title=content.title,
        text=cleaned.text,
        language=submission.language or detect_language(cleaned.text),
        authors=content.authors,
        **_published_fields(content, came_at),
        modified_at=page.modified.at if page and page.modified and page.modified.at <= came_at else None,
        fetched_at=came_at,
        content_hash=content_hash(content.title, cleaned.text),
        input=source,
        removed_blocks=cleaned.removed,
        # Credits stand in lines that cleaning takes away (`content.text` has them).
        wire_credit=credit.agency if credit else None,
        wire_contributed=credit is not None and credit.contributed,
        status=status,
        status_reason=status_reason,
        # So do walls.
        text_kind=kind_of_text(
            content.title, cleaned.text, content.url, uncleaned=content.text, stated=page.kind if page else None
        ),
        read_from_text=content.read_from_text,
        wire=wire,
        rights=_rights(rights, page.rights if page else None),
    )


def _published_fields(content: _Content, came_at: datetime) -> dict[str, Any]:
    """The fields on the time of publication: null with a note, where the one that was given is not believed."""
    published = content.published
    if published is None:
        return {}
    if not is_believed(published.at, came_at):
        return {"published_note": published_note(published.at, came_at), "published_given": published.at}
    return {
        "published_at": published.at,
        "published_precision": published.precision,
        "published_offset": published.offset,
        "published_source": content.published_source,
    }


def _status(
    submission: Submission, page: Page | None, title: str | None, text: str
) -> tuple[ArticleStatus, str | None]:
    """The sender's word, else what page or text say of a correction; and what was corrected."""
    correction = (page.correction if page else None) or find_correction(title, text)
    if submission.status is ArticleStatus.USABLE and correction:
        return ArticleStatus.CORRECTED, correction
    return submission.status, correction if submission.status is ArticleStatus.CORRECTED else None


def _rights(of_site: Rights | None, of_page: Rights | None) -> Rights | None:
    """Both together: the page's own word goes before its site's, as the protocols say."""
    if of_site is None or of_page is None:
        return of_page or of_site
    return of_site.model_copy(update=of_page.model_dump(exclude_none=True))


def arrival(submission: Submission, fetched_at: datetime) -> datetime:
    """When the article came in (UTC); arguments as of `first_revision`."""
    came_at = fetched_at.astimezone(UTC)
    return min(submission.fetched_at.at, came_at) if submission.fetched_at else came_at


def _credit(submission: Submission, content: _Content) -> WireCredit | None:
    """The agency that the sender credits, by its usual name; else the one that the text does."""
    if submission.credit:
        return wire_credit("", (submission.credit,)) or WireCredit(submission.credit)
    return wire_credit(content.text, content.authors)


def _check_embargo(submission: Submission, now: datetime) -> None:
    """By ingest's clock: what the sender says of the time of arrival ends no embargo.

    Raises:
        LeftOut: it has not ended.
    """
    ends = submission.embargoed_until
    if ends is not None and ends.at > now:
        raise LeftOut.of("embargoed_until", f"embargoed until {ends.at.isoformat()}: send it again then")


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


def _content(submission: Submission, came_at: datetime, page: Page | None) -> _Content:
    """The submission's own fields first; what it leaves open from its page."""
    if submission.html is not None:
        page = article_page(page or read_page(submission.html, today=came_at.date()))
    text = page.text if page else submission.text
    assert text is not None  # a submission has text or html
    link = own_link(submission, page) if page else None
    url = submission.url or link
    published, source = _published(submission, page, url, came_at)
    identifying = link or url
    content = _Content(
        text=text,
        title=submission.title or (page.title if page else None),
        url=url,
        canonical_url=canonical_url(identifying) if identifying else None,
        publisher=submission.publisher or publisher_of(url, page),
        published=published,
        published_source=source,
        authors=submission.authors or (page.authors if page else ()),
        page=page,
    )
    return _with_head(content, came_at) if submission.pasted and page is None else content


def _with_head(content: _Content, came_at: datetime) -> _Content:
    """With what nobody gave and the first lines of the text say, and which fields those are."""
    head = read_head(content.text, clean(content.text), came_at=came_at)
    read_fields: dict[str, Any] = {}
    fields: list[HeadField] = []
    if content.title is None and head.title:
        read_fields["title"] = head.title
        fields.append(HeadField.TITLE)
    if not content.authors and head.authors:
        read_fields["authors"] = head.authors
        fields.append(HeadField.AUTHORS)
    if head.published and content.published_source is not DateSource.PUBLISHER:
        read_fields |= {"published": head.published, "published_source": DateSource.PUBLISHER}
        fields.append(HeadField.PUBLISHED_AT)
    if content.publisher.key is None and head.publisher:
        read_fields["publisher"] = Publisher(name=head.publisher)
        fields.append(HeadField.PUBLISHER)
    return replace(content, **read_fields, read_from_text=tuple(field.value for field in fields))


def _published(
    submission: Submission, page: Page | None, url: str | None, came_at: datetime
) -> tuple[Timestamp | None, DateSource | None]:
    """The time that the submission gives, else its page, else the day in its address; and which of them.

    What was under embargo was published when that ended.
    """
    if submission.published_at:
        times = [submission.published_at, *filter(None, [submission.embargoed_until])]
        return max(times, key=lambda time: time.at), DateSource.PUBLISHER
    if page and page.published:
        return page.published, DateSource.PUBLISHER
    # A day more than that of arrival: an outlet's day may begin before UTC's.
    day = url_day(url, latest=(came_at + timedelta(days=1)).date()) if url else None
    return (_day(day), DateSource.ADDRESS) if day else (None, None)


def _day(day: date) -> Timestamp:
    return Timestamp(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)
