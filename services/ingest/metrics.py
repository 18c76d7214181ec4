"""Metrics of ingest. Each submitted article is counted once, with its outcome."""

from prometheus_client import Counter, Gauge, Histogram

ARTICLES = Counter(
    "newsweave_ingest_articles_total",
    "Articles submitted, by outcome: accepted (acknowledged by the broker), refused (the request had a fault), "
    "failed (broker or store did not answer), abandoned (the client left before they were built).",
    ["outcome"],
)
TURNED_AWAY = Counter(
    "newsweave_ingest_requests_turned_away_total",
    "Requests refused for how they came, by reason: slow (body), memory (for bodies), places (for requests), "
    "pages (places and memory for those with pages), key (none that holds), rate (more than its sender may send).",
    ["reason"],
)
REMOVED_CHARACTERS = Counter(
    "newsweave_ingest_removed_characters_total", "Characters of boilerplate left out of accepted articles.", ["reason"]
)
PAGES = Counter(
    "newsweave_ingest_pages_total",
    "Pages given to a worker, by outcome: read, empty (no article was found), timed_out, out_of_memory, failed (the "
    "parser failed or crashed), abandoned (the client left, or the request was refused for another page).",
    ["outcome"],
)
PAGE_SECONDS = Histogram(
    "newsweave_ingest_page_seconds",
    "Time that a worker had a page, however that ended.",
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
BUSY_PAGE_WORKERS = Gauge("newsweave_ingest_busy_page_workers", "Workers that have a page now.")
FETCHES = Counter(
    "newsweave_ingest_fetches_total",
    "Fetches from the web, by outcome (services/ingest/fetching/fetched.py names and explains them).",
    ["outcome"],
)
FETCH_SECONDS = Histogram(
    "newsweave_ingest_fetch_seconds",
    "Time that a fetch took with its redirects, waiting for the host's turn not counted.",
    buckets=(0.03, 0.1, 0.3, 1, 3, 10, 30, 100),
)
FETCHED_BYTES = Counter("newsweave_ingest_fetched_bytes_total", "Bytes of bodies received from the web, as sent.")
FEED_POLLS = Counter(
    "newsweave_ingest_feed_polls_total",
    "Polls of feeds, by outcome: those of fetches, and undated, capped, no_items, not_a_feed, unsafe_feed, "
    "pages_failed, not_published (broker or store did not answer), lost_lease, failed (an error of ours).",
    ["outcome"],
)
FEED_SITEMAPS = Counter(
    "newsweave_ingest_feed_sitemaps_total",
    "Sitemaps that an index names and that were asked for, by outcome.",
    ["outcome"],
)
FEED_ITEMS = Counter(
    "newsweave_ingest_feed_items_total",
    "New items of feeds, by what became of them: published, retried (the page did not come; it is tried again), "
    "given_up (the page will not come, or holds no article), too_old (older than the feed's entry wants).",
    ["outcome"],
)
HUB_REQUESTS = Counter(
    "newsweave_ingest_hub_requests_total",
    "Requests to WebSub hubs, by mode (subscribe, unsubscribe) and outcome: those of fetches (accepted is success) and "
    "unverified (the hub has not verified within ten minutes).",
    ["mode", "outcome"],
)
HUB_CALLS = Counter(
    "newsweave_ingest_hub_calls_total",
    "Requests of WebSub hubs to us, by outcome: verified, denied, not_asked (404), pushed, bad_signature (ignored), "
    "not_subscribed (410), too_large (413), rate (429).",
    ["outcome"],
)
FEEDS = Gauge("newsweave_ingest_feeds", "Feeds in the file of feeds, by how they stand.", ["status"])
FEED_POLLS_IN_HAND = Gauge("newsweave_ingest_feed_polls_in_hand", "Feeds that are polled now.")
FEEDS_FILE_IS_BAD = Gauge("newsweave_ingest_feeds_file_is_bad", "1 while the file of feeds cannot be used.")
