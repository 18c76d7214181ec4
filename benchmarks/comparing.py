"""Comparing claims: pairs per core-second, and what preparing a claim takes.

    python -m benchmarks.comparing --input articles.jsonl.gz

Takes the claims of articles as extraction finds them, and compares pairs drawn at random. Counts processor time.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence

from benchmarks.machine import machine_line
from benchmarks.texts import add_input, read_rows
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.proposition import read_proposition
from services.extract.extraction import extract
from services.ingest.build import FROM_FILE, first_revision
from services.ingest.submission import parse_submission
from services.runtime.clock import SystemClock

ROWS = 100
PAIRS = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_input(parser, ROWS)
    chosen = parser.parse_args(arguments)
    now = SystemClock().now()
    claims = [
        claim
        for row in read_rows(chosen.input, chosen.rows)
        for claim in extract(
            first_revision(parse_submission({"text": row.text}), fetched_at=now, source=FROM_FILE)
        ).claims
    ]
    read_proposition(claims[0])
    print(machine_line())
    start = time.process_time()
    prepared = [read_proposition(claim) for claim in claims]
    took = time.process_time() - start
    print(f"prepare: {len(claims):,} claims, {len(claims) / took:,.0f} per core-second")
    draw = random.Random(0)
    pairs = [(draw.choice(prepared), draw.choice(prepared)) for _ in range(PAIRS)]
    start = time.process_time()
    for pair in pairs:
        tuple(find_vetoes(*pair))
    print(f"vetoes: {PAIRS / (time.process_time() - start):,.0f} pairs per core-second")
    print(machine_line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
