"""`newsweave extract`."""

from services.local.commands.offline_options import BadRows, InArgument, OutOption, SkipBadOption
from services.local.commands.options import progress_console
from services.local.offline import count_rows, read_rows, row_writer
from services.local.offline_extract import extract_claims
from services.local.progress import progress
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave extract articles.jsonl.gz --out claims.jsonl",
    "newsweave extract articles.jsonl --out - | jq -r '.claims[].text'",
)


def extract(source: InArgument, *, out: OutOption, skip_bad: SkipBadOption = False) -> None:
    """Find who said what, offline: no stack, no broker.

    Reads rows as `newsweave submit` does, each with `text`; writes {"id", "claims"} for each, in the same order.
    `start` and `end` count characters of the `text` as given.
    """
    console = progress_console()
    bad = BadRows(console, skip=skip_bad)
    with row_writer(out, source) as write, progress(console, "Extracting", total=count_rows(source)) as bar:
        for row in read_rows(source, SystemClock().now(), bad.add):
            if row.submission.text is None:
                bad.add(f"{source}:{row.line}: html: give text; offsets into a page would mean nothing")
                continue
            write({"id": row.identity, "claims": extract_claims(row.article, row.submission.text)})
            bar.advance()
    bad.tell()
