"""Which outlet an article is of, and whether what its page says of its own address counts. Pure."""

from urllib.parse import urlsplit

from services.contracts.article import Publisher
from services.ingest.addresses.canonical_url import canonical_url, outlet_domain, publisher_domain, unwrapped
from services.ingest.pages.page import Page
from services.ingest.submission import Submission, check_url


def own_link(submission: Submission, page: Page) -> str | None:
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
    return link if outlet_domain(link) == publisher_domain(identifying) else None


def _sender_domain(submission: Submission) -> str | None:
    """The registered domain of the address that identifies, else of the publisher, as the sender gives it."""
    if submission.url:
        identifying = canonical_url(submission.url)
        return publisher_domain(identifying) if identifying else None
    domain = submission.publisher.domain if submission.publisher else None
    return outlet_domain(f"https://{domain}/") if domain else None


def _usable_url(url: str | None) -> str | None:
    """A page's canonical link, unless the page wrote nonsense there."""
    try:
        return check_url(url) if url else None
    except ValueError:
        return None


def publisher_of(url: str | None, page: Page | None) -> Publisher:
    """The publisher by the name that the page gives and the domain of the address; its fields are null if unknown."""
    name = page.site_name if page else None
    # trafilatura names the host where a page gives no name of its own.
    hosts = {publisher_domain(address) for address in (url, _usable_url(page.url) if page else None) if address}
    if name and name.casefold() in {(host or "").casefold() for host in hosts}:
        name = None
    return Publisher(name=name, domain=publisher_domain(unwrapped(url)) if url else None)
