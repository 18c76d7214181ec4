"""Pages, fetched as their sites allow: robots.txt first, then the rights that they reserve."""

from dataclasses import dataclass, field, replace

from services.contracts.article import Rights
from services.ingest.fetching.ended import FetchEnded
from services.ingest.fetching.fetched import NO_VALIDATORS, Fetched, Outcome, Validators
from services.ingest.fetching.fetcher import Fetcher
from services.ingest.fetching.heads import Head
from services.ingest.fetching.rights import TdmRule, read_tdmrep, reserved, rights_of, tdm_rights
from services.ingest.fetching.robots import EVERYTHING_ALLOWED, RobotsRules, read_robots
from services.ingest.fetching.settings import FetchSettings
from services.ingest.fetching.site_files import Loaded, SiteFiles
from services.runtime.outbound.web_address import WebAddress

PAGE_TYPES = ("application/xhtml+xml", "text/html")
MAX_FILE_BYTES = 512 * 1024
"""What is read of a robots.txt or tdmrep.json; RFC 9309 asks for 500 KiB at least."""
MAX_REMEMBERED_BYTES = 8 * 1024 * 1024
"""Bytes of such files remembered, each kind; read they take up to eight times as much."""
_NO_FILE = frozenset(
    (
        Outcome.EMPTY,
        Outcome.NOT_FOUND,
        Outcome.GONE,
        Outcome.FORBIDDEN,
        Outcome.CLIENT_ERROR,
        Outcome.TOO_MANY_REDIRECTS,
    )
)
"""RFC 9309, 2.3.1.3: a robots.txt that is unavailable allows all. Any other failure allows nothing for a while."""


@dataclass(frozen=True)
class _Robots:
    """The rules, or why they are not known."""

    rules: RobotsRules
    failure: Fetched | None = None


class PageFetcher:
    """Fetches pages. Sites' own files are remembered; all that is said of `Fetcher` holds."""

    def __init__(self, fetcher: Fetcher, settings: FetchSettings) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._robots = SiteFiles(self._load_robots, max_bytes=MAX_REMEMBERED_BYTES)
        self._tdm = SiteFiles(self._load_tdm, max_bytes=MAX_REMEMBERED_BYTES)

    async def fetch(self, url: str, *, validators: Validators = NO_VALIDATORS) -> Fetched:
        """Fetch a page, if its site lets us; `Fetched.rights` says what the site reserves.

        Args:
            url: the page's address.
            validators: of the last fetch.

        Returns:
            How it ended: `disallowed` and `rights_reserved` come from here, and where a robots.txt does not come, the
            page ends as that did.
        """
        policy = _PagePolicy(self)
        fetched = await self._fetcher.fetch(url, validators=validators, accept=PAGE_TYPES, policy=policy)
        return replace(fetched, rights=policy.rights)

    async def robots(self, address: WebAddress) -> RobotsRules:
        """The rules of an address's site.

        Raises:
            FetchEnded: they are not known.
        """
        robots = await self._robots.get(address.origin)
        if robots.failure is not None:
            raise FetchEnded(robots.failure.outcome, f"robots.txt of {address.origin}: {robots.failure.reason}")
        return robots.rules

    async def site_rights(self, address: WebAddress, rules: RobotsRules) -> Rights | None:
        """What the site's own files say of an address; None if the settings say not to ask."""
        if self._settings.fetch_rights == "ignore":
            return None
        tdm = tdm_rights(await self._tdm.get(address.origin), address.target)
        return Rights(
            tdm_reservation=tdm.tdm_reservation,
            tdm_policy=tdm.tdm_policy,
            content_usage=rules.content_usage(address.target),
            licence=rules.licence,
        )

    def check_rights(self, rights: Rights | None) -> None:
        """Raise FetchEnded if rights are reserved and the settings say to obey."""
        if self._settings.fetch_rights == "obey" and rights is not None and (why := reserved(rights)):
            raise FetchEnded(Outcome.RIGHTS_RESERVED, why)

    def pause_seconds(self, rules: RobotsRules) -> float:
        """The pause that the rules ask for, as far as we follow."""
        return min(rules.crawl_delay_seconds, self._settings.fetch_crawl_delay_max_seconds)

    async def _load_robots(self, origin: str) -> Loaded[_Robots]:
        fetched = await self._fetcher.fetch(f"{origin}/robots.txt", max_bytes=MAX_FILE_BYTES, truncate=True)
        if fetched.outcome is Outcome.FETCHED:
            robots = _Robots(read_robots(fetched.content))
            return Loaded(robots, self._settings.fetch_robots_seconds, len(fetched.content))
        if fetched.outcome in _NO_FILE:
            return Loaded(_Robots(EVERYTHING_ALLOWED), self._settings.fetch_robots_seconds)
        wait = max(self._settings.fetch_robots_retry_seconds, fetched.retry_after_seconds or 0.0)
        return Loaded(_Robots(EVERYTHING_ALLOWED, fetched), min(wait, self._settings.fetch_robots_seconds))

    async def _load_tdm(self, origin: str) -> Loaded[tuple[TdmRule, ...]]:
        """Whatever does not come says nothing, as the protocol has it."""
        fetched = await self._fetcher.fetch(f"{origin}/.well-known/tdmrep.json", max_bytes=MAX_FILE_BYTES)
        is_known = fetched.outcome is Outcome.FETCHED or fetched.outcome in _NO_FILE
        seconds = self._settings.fetch_robots_seconds if is_known else self._settings.fetch_robots_retry_seconds
        return Loaded(read_tdmrep(fetched.content), seconds, len(fetched.content))


@dataclass
class _PagePolicy:
    """Asks a page's site before each request, and looks at the head of each answer."""

    pages: PageFetcher
    rights: Rights | None = None
    _site_rights: dict[WebAddress, Rights | None] = field(default_factory=dict)

    async def before(self, address: WebAddress) -> float:
        """See `RequestPolicy`."""
        rules = await self.pages.robots(address)
        if not rules.allows(address):
            raise FetchEnded(Outcome.DISALLOWED, f"robots.txt of {address.origin}")
        self.rights = self._site_rights[address] = await self.pages.site_rights(address, rules)
        self.pages.check_rights(self.rights)
        return self.pages.pause_seconds(rules)

    def after(self, address: WebAddress, head: Head) -> None:
        """See `RequestPolicy`."""
        site = self._site_rights[address]
        if site is not None:
            self.rights = rights_of(site, head.headers)
            if head.failure is None:  # it is a page, no redirect and no error
                self.pages.check_rights(self.rights)
