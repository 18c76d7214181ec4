"""Logs: one object a line, and a library that repeats itself is heard but not flooding."""

import json
import logging

import pytest
import structlog

from services.runtime.logs import SELDOM_SECONDS, Seldom, configure_logs
from services.runtime.settings import RuntimeSettings
from tests.support.logs import logging_as_before


def record(logger: str, line: int) -> logging.LogRecord:
    return logging.LogRecord(logger, logging.ERROR, "client.py", line, "cannot connect to %s", ("x",), None)


def test_a_repeated_line_of_a_library_passes_once_in_a_while_and_other_lines_always() -> None:
    now = 0.0
    seldom = Seldom("aiokafka", lambda: now)
    assert seldom.filter(record("aiokafka.client", 1))
    assert not seldom.filter(record("aiokafka.client", 1))
    assert seldom.filter(record("aiokafka.client", 2))
    assert all(seldom.filter(record("services.runtime", 1)) for _ in range(3))
    now = SELDOM_SECONDS
    assert seldom.filter(record("aiokafka.client", 1))
    assert not seldom.filter(record("aiokafka.client", 1))


def test_lines_are_json_with_service_and_coordinates_and_the_kafka_client_is_heard(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logging_as_before():
        configure_logs("extract", RuntimeSettings())
        with structlog.contextvars.bound_contextvars(batch="0:1-2"):
            structlog.get_logger().warning("dead letter", reason="garbage")
        for _ in range(5):
            logging.getLogger("aiokafka.client").error("Unable connect to node with id %s", 1)
            logging.getLogger("aiokafka.client").info("routine")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == ["dead letter", "Unable connect to node with id 1"]
    assert {"service": "extract", "batch": "0:1-2", "level": "warning", "reason": "garbage"}.items() <= lines[0].items()
    assert lines[1]["logger"] == "aiokafka.client"
