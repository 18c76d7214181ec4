"""Metrics of extract. Each article is counted once, with its outcome."""

from prometheus_client import Counter, Histogram

ARTICLES = Counter(
    "newsweave_extract_articles_total",
    "Articles read, by outcome: claims (some were found), none, other_language (only English is read), withdrawn.",
    ["outcome"],
)
CLAIMS = Counter("newsweave_extract_claims_total", "Claims found, by kind.", ["kind"])
SECONDS = Histogram(
    "newsweave_extract_batch_seconds",
    "Time to extract one batch.",
    buckets=(0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10),
)
