"""Lists the articles of an event as its view shows them, and when each independent one was published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.base import share_field_sets
from services.contracts.event import ArticleRole, EventArticle, Membership, NearestEvent, TimelineEntry
from services.dedupe.clustering.event_clock import reliable_publication_time
from services.dedupe.clustering.records import EventRecord
from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.members import Member
from services.dedupe.merging.nearest_events import choose_nearest_event, find_own_event_ids, remove_own_nearest_event
from services.dedupe.merging.origins.event_origins import EventOrigins
from services.dedupe.same_objects import begins_with_same_objects


@dataclass(frozen=True, slots=True)
class _ListedArticle:
    """An article as it is listed, and what it is listed from."""

    member: Member
    origin_id: str
    role: ArticleRole
    own_event_ids: frozenset[str]
    article: EventArticle
    entry: TimelineEntry | None

    def is_listed_from(self, member: Member, origin_id: str, role: ArticleRole, own_event_ids: frozenset[str]) -> bool:
        """Whether nothing that it is listed from has changed."""
        return self.member is member and (self.origin_id, self.role, self.own_event_ids) == (
            origin_id,
            role,
            own_event_ids,
        )


class EventArticles:
    """The articles of one event; the same objects as before where nothing of them changed."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._listed: dict[str, _ListedArticle] = {}
        self._in_order = KeptOrder[EventArticle]()
        self._nearest: dict[str, Membership] = {}
        """Why articles are in the event that came near another one."""
        self._timed: Sequence[Member] = ()
        self._timeline: tuple[TimelineEntry, ...] = ()
        self._founder_id = ""
        self._own_event_ids: frozenset[str] = frozenset()

    def update_articles(
        self,
        event_record: EventRecord,
        members: Mapping[str, Member],
        origins: EventOrigins,
        changed_ids: Collection[str],
    ) -> tuple[EventArticle, ...]:
        """List all articles.

        Args:
            event_record: The event.
            members: Its articles by id.
            origins: Their origins.
            changed_ids: Articles that are gone, or others than before, or may have another origin or part in it.
        """
        own_event_ids = find_own_event_ids(event_record)
        if (self._founder_id, self._own_event_ids) != (event_record.founder_id, own_event_ids):
            self._founder_id, self._own_event_ids = event_record.founder_id, own_event_ids
            changed_ids = {*self._listed, *members}
        for article_id in changed_ids:
            before = self._listed.pop(article_id, None)
            if before is not None:
                self._in_order.remove(before.member.order, before.article)
                self._nearest.pop(article_id, None)
            if article_id in members:
                self._add_article(members[article_id], origins, before)
        return tuple(self._in_order.values)

    def choose_nearest_event(self) -> NearestEvent | None:
        """The other event that came nearest to any of the articles."""
        return choose_nearest_event(self._nearest.values())

    def build_timeline(self, members: Sequence[Member]) -> tuple[TimelineEntry, ...]:
        """When each of these was published, without undated ones and those dated after their arrival."""
        if not begins_with_same_objects(members, self._timed):
            self._timed, self._timeline = (), ()
        new = members[len(self._timed) :]
        listed = (self._listed[member.article.article_id].entry for member in new)
        self._timed = tuple(members)
        self._timeline += tuple(entry for entry in listed if entry is not None)
        return self._timeline

    def _add_article(self, member: Member, origins: EventOrigins, before: _ListedArticle | None) -> None:
        article_id = member.article.article_id
        role = ArticleRole.MEMBER if article_id in origins.first_article_ids else ArticleRole.REPRINT
        if article_id == self._founder_id:
            role = ArticleRole.FOUNDER
        source = member, origins.origin_ids[article_id], role, self._own_event_ids
        is_unchanged = before is not None and before.is_listed_from(*source)
        listed = before if before is not None and is_unchanged else _list_article(*source)
        self._listed[article_id] = listed
        self._in_order.add(member.order, listed.article)
        if listed.article.membership.nearest is not None:
            self._nearest[article_id] = listed.article.membership


def _list_article(member: Member, origin_id: str, role: ArticleRole, own_event_ids: frozenset[str]) -> _ListedArticle:
    article = member.article
    at = reliable_publication_time(article)
    listed = _ListedArticle(
        member,
        origin_id,
        role,
        own_event_ids,
        article=EventArticle(
            article_id=article.article_id,
            revision=article.revision,
            url=article.url,
            publisher=article.publisher,
            title=article.title,
            published_at=article.published_at,
            published_precision=article.published_precision,
            status=article.status,
            text_kind=article.text_kind.kind if article.text_kind else None,
            wire_credit=article.wire_credit,
            wire_contributed=article.wire_contributed,
            origin_id=origin_id,
            role=role,
            membership=remove_own_nearest_event(member.membership, own_event_ids),
        ),
        entry=TimelineEntry(at=at, article_id=article.article_id, what=article.title)
        if at is not None and article.title
        else None,
    )
    share_field_sets(listed.article)
    if listed.entry is not None:
        share_field_sets(listed.entry)
    return listed
