"""Counts in how many articles of a background each word stands: services/api/match/data/terms.json.

python -m lab.match.terms STREAM.jsonl.gz
"""

import argparse
from collections import Counter
from pathlib import Path

import orjson

from services.api.match.profile import profile_of
from services.local.offline import read_lines

DATA = Path(__file__).parents[2] / "services" / "api" / "match" / "data" / "terms.json"
LISTED_FROM = 10
"""Articles that a word stands in at least to be listed."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stream", help="rows with text and title, of no events in particular")
    counts: Counter[str] = Counter()
    documents = 0
    for _, line in read_lines(parser.parse_args().stream):
        row = orjson.loads(line)
        counts.update(profile_of(row.get("title"), row["text"], None).words)
        documents += 1
    listed = {word: count for word, count in sorted(counts.items()) if count >= LISTED_FROM}
    data = {"documents": documents, "listed_from": LISTED_FROM, "counts": listed}
    DATA.write_bytes(orjson.dumps(data) + b"\n")


if __name__ == "__main__":
    main()
