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
    "newsweave_ingest_removed_characters_total", "Characters of page residue left out of accepted articles.", ["reason"]
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
