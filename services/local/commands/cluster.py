"""`newsweave cluster`."""

import os

from services.dedupe.embedding.cpu_instructions import machine_kind
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import ModelFilesError
from services.dedupe.embedding.port import Embedder
from services.dedupe.settings import DedupeSettings
from services.local.commands.offline_options import BadRows, InArgument, OutOption, SkipBadOption
from services.local.commands.options import progress_console
from services.local.errors import UserError
from services.local.offline import count_rows, read_rows, row_writer
from services.local.offline_cluster import cluster as find_events
from services.local.offline_cluster import offline_shard
from services.local.progress import progress
from services.runtime.clock import SystemClock

EXAMPLES = (
    "newsweave cluster articles.jsonl.gz --out events.jsonl",
    "newsweave cluster articles.jsonl --out - | jq -r .event_id | sort | uniq -c | sort -rn | head",
)


def cluster(source: InArgument, *, out: OutOption, skip_bad: SkipBadOption = False) -> None:
    """Find which articles tell one event, offline: no stack, no broker.

    Reads rows as `newsweave submit` does; writes {"id", "event_id"} for each, in the same order. Articles are
    placed in the order of publication, undated ones last, as in one shard in which no event closes: undated articles
    find their event however old it is. The settings of dedupe choose the embedding model.
    """
    console = progress_console()
    bad = BadRows(console, skip=skip_bad)
    settings = DedupeSettings()
    embedder = offline_embedder(settings)
    shard = offline_shard()
    with row_writer(out, source) as write:
        with progress(console, "Reading", total=count_rows(source)) as bar:
            rows = []
            for row in read_rows(source, SystemClock().now(), bad.add):
                rows.append(row)
                bar.advance()
        with progress(console, "Placing", total=len(rows)) as bar:
            event_ids = find_events([row.article for row in rows], embedder, shard, bar)
        for row, event_id in zip(rows, event_ids, strict=True):
            write({"id": row.identity, "event_id": event_id})
    bad.tell()
    vectors = f"Vectors: {embedder.model_id} on {machine_kind()}"
    console.print(f"{len(set(event_ids)):,} events. {vectors}", highlight=False, soft_wrap=True)


def offline_embedder(settings: DedupeSettings) -> Embedder:
    """The embedder that the settings of dedupe name, on all cores.

    Raises:
        UserError: It cannot be loaded.
    """
    try:
        return load_embedder(
            settings.embedder,
            settings.embedding_model,
            settings.embedding_model_dir,
            threads=os.cpu_count() or settings.embedding_threads,
        )
    except (ModelFilesError, ImportError, OSError, ValueError) as error:
        raise UserError(f"cannot load the embedding model: {error}") from error
