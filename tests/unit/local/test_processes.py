"""Child processes: what they leave behind, and that it is never themselves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from services.local.processes import Child, Command, describe_exit, log_end, put_aside, stop_together
from services.local.waiting import wait_until
from tests.support.stack import is_gone

PRINTS_AND_WAITS = "import signal, sys; print('started', flush=True); signal.pause()"
DEAF = (
    "import signal, sys\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print('started', flush=True)\n"
    "while True: signal.pause()\n"
)


def child(tmp_path: Path, program: str, *, name: str = "child", stop_seconds: float = 5.0) -> Child:
    return Child(
        Command(
            name=name,
            argv=[sys.executable, "-c", program],
            log=tmp_path / "logs" / f"{name}.log",
            stop_seconds=stop_seconds,
        )
    )


def says(child: Child, word: str) -> bool:
    return wait_until(lambda: word in child.command.log.read_text(), within_seconds=20)


def test_what_a_child_prints_is_in_its_log(tmp_path: Path) -> None:
    running = child(tmp_path, "import sys; print('to out'); print('to err', file=sys.stderr)")
    assert wait_until(lambda: running.exit_code == 0, within_seconds=20)
    assert {"to out", "to err"} <= set(running.command.log.read_text().splitlines())


def test_a_child_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    running = child(tmp_path, PRINTS_AND_WAITS)
    assert says(running, "started")
    running.stop()
    assert running.exit_code == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    running = child(tmp_path, DEAF, stop_seconds=0.2)
    assert says(running, "started")
    running.stop()
    assert running.exit_code == -signal.SIGKILL


def test_stopping_an_ended_child_does_nothing(tmp_path: Path) -> None:
    running = child(tmp_path, "raise SystemExit(3)")
    assert wait_until(lambda: running.exit_code is not None, within_seconds=20)
    running.stop()
    assert running.exit_code == 3


def test_children_that_stop_together_are_all_gone(tmp_path: Path) -> None:
    together = [child(tmp_path, PRINTS_AND_WAITS, name=f"child-{number}") for number in range(2)]
    for one in together:
        assert says(one, "started")
    stop_together(together)
    assert [one.exit_code for one in together] == [-signal.SIGTERM] * 2


def test_a_missing_program_shows_in_the_log(tmp_path: Path) -> None:
    log = tmp_path / "none.log"
    running = Child(Command(name="none", argv=[str(tmp_path / "no-such-program")], log=log))
    assert wait_until(lambda: running.exit_code is not None, within_seconds=20)
    assert running.exit_code == 1
    assert "no-such-program: No such file or directory" in log.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel does this on Linux only")
def test_a_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    parent_program = (
        "import signal, sys\n"
        "from pathlib import Path\n"
        "from services.local.processes import Child, Command\n"
        f"child = Child(Command(name='deaf', argv=[sys.executable, '-c', {DEAF!r}], log=Path(sys.argv[1])))\n"
        "print(child.pid, flush=True)\n"
        "signal.pause()\n"
    )
    log = tmp_path / "deaf.log"
    with subprocess.Popen(
        [sys.executable, "-c", parent_program, str(log)], stdout=subprocess.PIPE, text=True, env=with_our_code()
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert wait_until(lambda: "started" in log.read_text(), within_seconds=20)
        assert not is_gone(pid)
        parent.kill()
    assert wait_until(lambda: is_gone(pid), within_seconds=10)


def with_our_code() -> dict[str, str]:
    root = Path(__file__).parents[3]
    return {**os.environ, "PYTHONPATH": str(root)}


def test_a_failure_names_the_log_and_quotes_its_end(tmp_path: Path) -> None:
    running = child(tmp_path, "print('\\n'.join(f'line {n}' for n in range(100))); raise SystemExit(2)")
    assert wait_until(lambda: running.exit_code is not None, within_seconds=20)
    failure = str(running.failure(describe_exit(2)))
    assert failure.startswith("child ended with exit code 2.")
    assert str(running.command.log) in failure
    assert failure.endswith("line 99")
    assert "line 50\n" not in failure


def test_an_exit_by_signal_is_told_by_its_name() -> None:
    assert describe_exit(-9) == "was ended by SIGKILL"
    assert describe_exit(0) == "ended with exit code 0"


def test_a_missing_and_an_empty_log_are_told_apart(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    assert "left no log" in log_end(log)
    log.touch()
    assert "is empty" in log_end(log)


def test_the_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    put_aside(log)
    log.write_text("first run")
    put_aside(log)
    assert not log.exists()
    assert (tmp_path / "x.log.1").read_text() == "first run"
