"""Structured logs: one JSON object a line, with the coordinates of the batch in hand bound once."""

import logging
import sys
import time
from collections.abc import Callable

import stamina.instrumentation
import structlog

from services.runtime.settings import RuntimeSettings

SELDOM_SECONDS = 30.0
"""Pause between two lines of one kind from a library that repeats itself."""


class Seldom(logging.Filter):
    """Lets the first line of each kind of one library through, then one every `SELDOM_SECONDS`.

    A kind is a place in the code. A Kafka client without its broker complains several times a second, for as long as
    it lasts: the first line says what is wrong, and one now and then that it still is. It is a filter for a handler:
    those of a logger do not see what the logger's children log.
    """

    def __init__(self, library: str, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(library)
        self._now = now
        self._last: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to let the line through."""
        if not super().filter(record):  # another library's, or ours
            return True
        kind, now = (record.pathname, record.lineno), self._now()
        last = self._last.get(kind)
        if last is not None and now - last < SELDOM_SECONDS:
            return False
        self._last[kind] = now
        return True


def configure_logs(service: str, settings: RuntimeSettings) -> None:
    """Send structlog and the standard library's loggers to stderr in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    # What comes up in a call of ours is an exception there, and logged by us. But aiokafka reconnects, rejoins and
    # fetches in tasks of its own: that a broker is away while we only wait for messages, nobody but its logger says.
    # Rebalances and the like are INFO.
    if settings.log_level != "DEBUG":
        logging.getLogger("aiokafka").setLevel(max(logging.WARNING, root.level))
        handler.addFilter(Seldom("aiokafka"))
    # `retrying` logs each attempt itself, with the step that it belongs to.
    stamina.instrumentation.set_on_retry_hooks([])
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    structlog.contextvars.bind_contextvars(service=service)
