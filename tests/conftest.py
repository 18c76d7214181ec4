"""Says at the end of a run which backends it really ran on, and why not on the others.

A test that needs one carries its marker and is skipped where it is missing. NEWSWEAVE_TEST_REQUIRE, markers separated
by commas, names those that must have run: without them the run fails (CI sets it for what it has put in place).

With pytest-xdist the workers count, and the process that started them adds up and reports.
"""

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support.backends import PROCESSES, Backend, backends

REQUIRE = "NEWSWEAVE_TEST_REQUIRE"
OUTCOMES = "newsweave_outcomes"
STARTED = "newsweave_started"
"""What a worker sends: outcomes by marker, and how often it started each server."""


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(BackendReport(), "newsweave-backends")


def _worker_output(config: pytest.Config) -> dict[str, Any] | None:
    """What this process sends home at its end, if it is one of pytest-xdist's workers."""
    return getattr(config, "workeroutput", None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests wait for servers nearly half of their time."""
    return (os.cpu_count() or 1) + 1


class BackendReport:
    """Labels, skips, counts and reports."""

    def __init__(self) -> None:
        self._backends = {backend.marker: backend for backend in backends()}
        self._of_test: dict[str, list[Backend]] = {}
        self._started: Counter[str] = Counter()
        sys.addaudithook(self._watch)

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        # Whoever starts a server in this process, test or fixture, does it through subprocess.
        if event == "subprocess.Popen":
            command = [arguments[1]] if isinstance(arguments[1], str | bytes) else arguments[1]
            # Anywhere in the command: our own stack starts servers through a small program that ties them to it.
            self._started.update({Path(os.fsdecode(part)).name for part in command} & PROCESSES.keys())

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            callspec = getattr(item, "callspec", None)
            if callspec is not None and "apache" in callspec.params.values():
                item.add_marker("apache_kafka")
            needed = [backend for marker, backend in self._backends.items() if item.get_closest_marker(marker)]
            if needed:
                self._of_test[item.nodeid] = needed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        for backend in self._of_test.get(item.nodeid, ()):
            reason = backend.missing()
            if reason is not None:
                pytest.skip(reason)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome == "skipped" or report.failed:
            for backend in self._of_test.get(report.nodeid, ()):
                backend.outcomes[report.outcome] += 1

    def _unmet(self) -> list[str]:
        required = [name.strip() for name in os.environ.get(REQUIRE, "").split(",") if name.strip()]
        unknown = [name for name in required if name not in self._backends]
        if unknown:
            return [f"{REQUIRE} names {', '.join(unknown)}; known are {', '.join(self._backends)}"]
        return [
            f"{self._backends[name].name} is required ({REQUIRE}) and did not run"
            for name in required
            if not self._backends[name].ran
        ]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """A worker has ended (pytest-xdist)."""
        output = getattr(node, "workeroutput", {})
        self._started.update(output.get(STARTED, {}))
        for marker, outcomes in output.get(OUTCOMES, {}).items():
            self._backends[marker].outcomes.update(outcomes)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        output = _worker_output(session.config)
        if output is not None:
            output[OUTCOMES] = {marker: dict(backend.outcomes) for marker, backend in self._backends.items()}
            output[STARTED] = dict(self._started)
        elif self._unmet() and exitstatus == pytest.ExitCode.OK and not session.config.option.collectonly:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("backends")
        for program, name in PROCESSES.items():
            if program in self._started:
                terminalreporter.line(f"{name}: {self._started[program]} processes started")
        for backend in self._backends.values():
            terminalreporter.line(backend.line(), yellow=not backend.ran)
        for line in self._unmet():
            terminalreporter.line(line, red=True)
