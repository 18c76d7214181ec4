"""Metrics of every service. Each message is counted exactly once per stage, with its outcome."""

from prometheus_client import Counter, Gauge, Histogram

MESSAGES = Counter(
    "newsweave_messages_total",
    "Messages taken from a topic, by outcome (handled, dead_letter).",
    ["service", "topic", "outcome"],
)
PUBLISHED = Counter("newsweave_published_total", "Messages acknowledged by the broker.", ["service", "topic"])
BATCH_SECONDS = Histogram(
    "newsweave_batch_seconds",
    "Time from handing a decoded batch over to its commit.",
    ["service", "topic"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
LAG = Gauge("newsweave_lag_messages", "Messages not yet taken.", ["service", "topic", "partition"])
RETRIES = Counter("newsweave_retries_total", "Steps tried again after a transient failure.", ["service", "step"])
STORE_FULL_SECONDS = Counter(
    "newsweave_store_full_seconds_total",
    "Seconds that a step has waited because the store takes no writes.",
    ["service", "step"],
)
CONNECTIONS_CLOSED = Counter(
    "newsweave_http_connections_closed_total",
    "HTTP connections closed by us, by reason: late (no whole head in time), too_many (in all, or of one address), "
    "ahead (too much sent before an answer).",
    ["reason"],
)
REASSIGNMENTS = Counter("newsweave_assignments_total", "Times partitions were taken over.", ["service", "topic"])
ASKED_SECONDS = Histogram(
    "newsweave_asked_seconds",
    "Time to answer a request for what the service otherwise does from Kafka, refusals too, by what was asked.",
    ["what"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
