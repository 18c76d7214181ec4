"""`newsweave view`."""

from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.offline_options import BadRows, InArgument, OutOption, SkipBadOption
from services.local.commands.options import progress_console
from services.local.offline import count_rows, row_writer
from services.local.offline_cluster import cluster, offline_shard
from services.local.offline_view import grouped, view_rows
from services.local.progress import progress
from services.local.spilled_rows import spilled_rows
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave view articles.jsonl.gz --out events.jsonl",
    "newsweave view articles.jsonl --out - | jq -c 'select(.contradictions != [])'",
    "newsweave view articles.jsonl --out - | jq -c '.claims[] | select(.origins > 1) | [.origins, .speaker, .text]'",
)


def view(source: InArgument, *, out: OutOption, skip_bad: SkipBadOption = False) -> None:
    """Merge what articles say of each event, offline: no stack, no broker.

    Reads rows as `newsweave submit` does, each with `text`. The field `event`, a string or a number, names
    the event of a row; where no row has it, events are found as `newsweave cluster` finds them. Name the event of every
    row, or of none.

    \b
    Writes a row an event, in the order of their first rows:
      event           as named, else the id that was found
      headline        title of the most representative article
      claims          each proposition once: {"text", "speaker", "kind", "origins", "supports"}
      supports        who says it where: {"article", "start", "end", "text", "form"}
      contradictions  {"kind", "explanation", "sides"}; a side is a list of {"article", "start", "end", "text"}
      denials         who denies or disputes what: {"source", "origins", "passages"}; passages is a list like a side
      figures         what is counted, with every value given and what the values amount to

    `article` is the `id` of the row. `start` and `end` count characters of its `text` as given. `origins` counts
    independent newsrooms: reprints are one.

    Rows wait in a temporary file (TMPDIR says where). Memory holds the largest event; where events have to be found,
    also all articles while that is done.
    """  # noqa: D301 - the mark keeps the lines of the help apart
    console = progress_console()
    bad = BadRows(console, skip=skip_bad)
    embedder = offline_embedder(DedupeSettings())
    with row_writer(out, source) as write, spilled_rows(source, SystemClock().now()) as rows:
        with progress(console, "Reading", total=count_rows(source)) as bar:
            rows.take_in(bad.add, bar.advance)
        entries = rows.entries
        events = [entry.event for entry in entries]
        if not rows.name_events:
            with progress(console, "Placing", total=len(entries)) as bar:
                events = cluster([row.article for row in rows.read(entries)], embedder, offline_shard(), bar)
        with progress(console, "Merging", total=len(entries)) as bar:
            for event, positions in grouped(events):
                write(view_rows(event, list(rows.read([entries[at] for at in positions])), embedder))
                bar.advance(len(positions))
    bad.tell()
