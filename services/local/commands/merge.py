"""`newsweave merge`."""

from services.dedupe.settings import DedupeSettings
from services.local.commands.cluster import offline_embedder
from services.local.commands.offline_options import BadRows, InArgument, OutOption, SkipBadOption
from services.local.commands.options import progress_console
from services.local.offline import count_rows, row_writer
from services.local.offline_merging import decide_pairs, read_pairs
from services.local.progress import progress

EXAMPLES = (
    "newsweave merge pairs.jsonl.gz --out decisions.jsonl",
    """echo '{"a": "The ferry sank on Monday.", "b": "The ferry did not sink."}' | newsweave merge - --out -""",
    "newsweave merge pairs.jsonl --out - | jq -r 'select(.decision == \"contradict\") | .reasons[]'",
)


def merge(source: InArgument, *, out: OutOption, skip_bad: SkipBadOption = False) -> None:
    """Decide for pairs of sentences whether both state the same, offline: no stack, no broker.

    Reads rows {"id", "a", "b"}; writes {"id", "decision", "reasons"} for each, in the same order. The two sentences
    are read as undated articles of two outlets that tell one event, and merged as the service merges those.

    \b
    merge       all claims of one of them are merged with claims of the other
    contradict  their event tells a contradiction between them
    different   neither

    The reasons are the contradictions as they are explained, and the claims that both make.
    """  # noqa: D301 - the mark keeps the lines of the help apart
    console = progress_console()
    bad = BadRows(console, skip=skip_bad)
    embedder = offline_embedder(DedupeSettings())
    with row_writer(out, source) as write, progress(console, "Comparing", total=count_rows(source)) as bar:
        for row, decided in decide_pairs(read_pairs(source, bad.add), embedder):
            write({"id": row.identity, "decision": decided.decision.value, "reasons": decided.reasons})
            bar.advance()
    bad.tell()
