"""Why articles are in their events: as their changes told it, else as a snapshot has it."""

from services.api.models import MembershipView
from services.api.view_store import ViewStore
from services.contracts.event import Event, EventArticle


async def membership_of(store: ViewStore, article_id: str, event_id: str | None) -> MembershipView | None:
    """Why the article is in that event; None where it is in none, or moves between two. Raises TransientError."""
    if event_id is None:
        return None
    told = (await store.lists.articles(event_id, [article_id])).get(article_id)
    summary = None if told is None else await store.summary(event_id)
    if told is not None and summary is not None:
        mark = (await store.lists.marks([event_id]))[event_id]
        return _view(told, event_id, mark.version, summary.headline)
    stored = await store.event(event_id)
    if stored is None:
        return None
    event = Event.model_validate_json(stored.document)
    listed = next((one for one in event.articles if one.article_id == article_id), None)
    return None if listed is None else _view(listed, event_id, event.version, event.headline)


async def with_memberships(store: ViewStore, event: Event, article_ids: list[str]) -> Event:
    """The event, with all that is known of why these articles are in it. Raises TransientError."""
    told = await store.lists.articles(event.event_id, article_ids)
    if not told:
        return event
    articles = (
        one.model_copy(update={"membership": told[one.article_id].membership}) if one.article_id in told else one
        for one in event.articles
    )
    return event.model_copy(update={"articles": tuple(articles)})


def _view(article: EventArticle, event_id: str, version: int, headline: str) -> MembershipView:
    return MembershipView(
        article_id=article.article_id,
        event_id=event_id,
        event_version=version,
        headline=headline,
        role=article.role,
        membership=article.membership,
    )
