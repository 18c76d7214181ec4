"""The command line itself."""

import subprocess
import sys

import pytest

from services.local.main import COMMANDS, GROUPS, main


def test_a_command_brings_no_other_one_along() -> None:
    program = (
        "import sys; from services.local.main import main\n"
        "try: main(['keys', '--help'])\n"
        "finally: print(*(name for name in sys.modules if name.startswith('services.')), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = run.stderr.split()
    assert "services.local.commands.keys" in loaded
    assert not [name for name in loaded if name.startswith(("services.local.commands.evaluate", "services.extract"))]


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    words = capsys.readouterr().out.split()
    assert {*COMMANDS, *GROUPS} <= set(words)


def test_a_command_that_there_is_not_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["shwo"])
    assert end.value.code == 2
    assert "'show'" in capsys.readouterr().err
