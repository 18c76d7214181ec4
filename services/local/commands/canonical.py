"""`newsweave canonical`."""

import sys
from typing import Annotated

import typer

from services.ingest.addresses.canonical_url import canonical_url
from services.local.offline import read_raw_lines

EXAMPLES = (
    "newsweave canonical addresses.txt",
    "echo 'https://m.courier.example/news/bridge/amp/?utm_source=rss' | newsweave canonical -",
    "jq -r .url articles.jsonl | newsweave canonical - | sort | uniq -d",
)

AddressesArgument = Annotated[
    str, typer.Argument(metavar="FILE|-", help="A text file with an address a line; - for standard input.")
]


def canonical(source: AddressesArgument) -> None:
    """Print the address that identifies an article, for each of its addresses, offline.

    Reads an address a line; prints a line for each, in the same order. Two addresses with one canonical form are one
    article to ingest. A line that is not a web address gives an empty line, and a message on standard error.
    """
    for number, line in enumerate(read_raw_lines(source), start=1):
        address = line.decode("utf-8", "replace").strip()
        found = canonical_url(address)
        if found is None:
            print(f"{source}:{number}: not a web address: {address[:200]!r}", file=sys.stderr)
        sys.stdout.write(f"{found or ''}\n")
    sys.stdout.flush()
