"""Logging as it was before a test configured it: the configuration is the process's own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Put handlers, levels and structlog's configuration back at the end of the block."""
    root, client, access = (logging.getLogger(name) for name in (None, "aiokafka", "uvicorn.access"))
    handlers, levels = list(root.handlers), [logger.level for logger in (root, client, access)]
    try:
        yield
    finally:
        root.handlers[:] = handlers
        for logger, level in zip((root, client, access), levels, strict=True):
            logger.setLevel(level)
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
