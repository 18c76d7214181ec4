"""What every command costs before it does anything."""

import subprocess
import sys

HEAVY = ("spacy", "torch", "openvino", "dateparser")
"""Libraries that take a second or more to import."""


def test_a_command_that_parses_and_embeds_nothing_imports_nothing_heavy() -> None:
    script = f"import services.local.main, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
