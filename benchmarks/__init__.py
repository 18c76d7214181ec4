"""Figures that the documentation quotes, each printed by one command: `python -m benchmarks.<name> --help`."""

import os

# Before numpy is imported, and as `python -m services.dedupe` does: products shared out between cores that others use
# too took ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
