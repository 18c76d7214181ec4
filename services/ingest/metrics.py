"""Metrics of ingest. Each submitted article is counted once, with its outcome."""

from prometheus_client import Counter

ARTICLES = Counter(
    "newsweave_ingest_articles_total",
    "Articles submitted, by outcome: accepted (acknowledged by the broker), refused (the request had a fault), "
    "failed (broker or store did not answer).",
    ["outcome"],
)
TURNED_AWAY = Counter(
    "newsweave_ingest_requests_turned_away_total",
    "Requests refused for how they came, by reason: slow (body), memory (for bodies), places (for requests).",
    ["reason"],
)
REMOVED_CHARACTERS = Counter(
    "newsweave_ingest_removed_characters_total", "Characters of page residue left out of accepted articles.", ["reason"]
)
