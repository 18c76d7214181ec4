"""Metrics of the api service."""

from prometheus_client import Counter, Gauge, Histogram

VIEWED = Counter(
    "newsweave_api_view_documents_total",
    "Documents that messages brought, by kind (event, article) and outcome (written, outdated: a newer one was there).",
    ["kind", "outcome"],
)
HTTP_SECONDS = Histogram(
    "newsweave_api_http_seconds",
    "Time from a request to the end of its answer, by route and status.",
    ["method", "route", "status"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
TURNED_AWAY = Counter(
    "newsweave_api_requests_turned_away_total",
    "Requests refused before they were worked on, by reason: key (none that holds), scope (the key may not do that), "
    "rate (more than the client may send).",
    ["reason"],
)
STREAMS = Gauge("newsweave_api_streams", "Open streams of updates.")
STREAMS_ENDED = Counter(
    "newsweave_api_streams_ended_total",
    "Streams of updates that ended, by why: left, complete, too_slow and stuck (cut), stopped (the service), store.",
    ["reason"],
)
HISTORY_DROPPED = Counter(
    "newsweave_api_history_dropped_total",
    "What was dropped from the history of events because it was too old, by kind: version (a snapshot), "
    "changes_of_version (the changes that lead to one).",
    ["kind"],
)
WEBHOOK_TRIES = Counter(
    "newsweave_api_webhook_tries_total",
    "Tries to send a delivery of a webhook, by outcome: delivered, failed (it is tried again), dead (given up).",
    ["outcome"],
)
