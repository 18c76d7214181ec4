"""Metrics of the dedupe service."""

from prometheus_client import Counter, Gauge, Histogram

EMBEDDED = Counter("newsweave_embedded_articles_total", "Articles that got their vectors.")
EMBED_SECONDS = Histogram(
    "newsweave_embed_batch_seconds", "Time to embed one batch.", buckets=(0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10)
)
PLACED = Counter("newsweave_placed_articles_total", "Articles placed, by what placing them did.", ["outcome"])
LIVE_ARTICLES = Gauge("newsweave_live_articles", "Articles that new ones are compared with.", ["shard"])
RESTORE_SECONDS = Histogram(
    "newsweave_restore_seconds", "Time to load a shard from Redis.", buckets=(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60)
)
EVENT_BUILD_SECONDS = Histogram(
    "newsweave_event_build_seconds",
    "Processor time to build the view of one event.",
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30),
)
UNPUBLISHED_EVENTS = Gauge(
    "newsweave_unpublished_events", "Events that changed and are built later, so that big ones do not stall others."
)
BUILT_VIEWS = Counter("newsweave_built_views_total", "Views of events that were built.")
EVENTS_IN_MEMORY = Gauge(
    "newsweave_events_in_memory", "Events that the merge stage holds; others are read when they change."
)
ARTICLES_IN_MEMORY = Gauge("newsweave_event_articles_in_memory", "Articles of these events.")
OUTBOX_MESSAGES = Gauge("newsweave_outbox_messages", "Messages that were last saved to be published.")
