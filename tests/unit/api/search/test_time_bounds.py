"""Searches that take too long."""

import sqlite3

import pytest

from services.api.errors import Refused
from services.api.search.time_bounds import time_bounded

WITHOUT_END = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_search_that_takes_too_long_is_ended_and_the_next_one_is_answered() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("BEGIN")
    with pytest.raises(Refused, match="ended after") as caught, time_bounded(connection, 0.01):
        connection.execute(WITHOUT_END).fetchone()
    connection.execute("COMMIT")
    assert caught.value.status == 503
    with time_bounded(connection, 60):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_other_errors_of_a_search_stay_what_they_are() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="no such table"), time_bounded(connection, 60):
        connection.execute("SELECT * FROM missing")
