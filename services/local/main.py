"""The `newsweave` command."""

import sys
from collections.abc import Sequence

import typer

from services.local.commands import (
    canonical,
    changes,
    check,
    claims,
    cluster,
    demo,
    evaluate,
    events,
    explain,
    export,
    extract,
    feed,
    feeds,
    html,
    keys,
    match,
    mcp,
    merge,
    saved_searches,
    search,
    show,
    submit,
    topics,
    trace,
    up,
    verify,
    view,
    watch,
    webhooks,
)
from services.local.commands.options import progress_console
from services.local.errors import UserError

_HELP = """
Newsweave merges what many outlets report about one event: what is claimed, who said it, who reports it
independently, and where the reports disagree.

\b
Start here:
  newsweave demo          sample articles through the whole pipeline, and one merged event
  newsweave up            the pipeline on this machine, until Ctrl-C
  newsweave submit FILE   articles in (from another terminal)
  newsweave events        what came of them

Results go to standard output, progress and errors to standard error.
Exit codes: 0 done, 1 it failed and the message says why, 2 wrong usage, 130 interrupted.
"""

app = typer.Typer(
    name="newsweave",
    help=_HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def _examples(lines: Sequence[str]) -> str:
    """The end of a command's help. The mark keeps the lines apart."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


for command, examples in (
    (demo.demo, demo.EXAMPLES),
    (up.up, up.EXAMPLES),
    (submit.submit, submit.EXAMPLES),
    (events.events, events.EXAMPLES),
    (search.search, search.EXAMPLES),
    (claims.claims, claims.EXAMPLES),
    (show.show, show.EXAMPLES),
    (changes.changes, changes.EXAMPLES),
    (watch.watch, watch.EXAMPLES),
    (export.export, export.EXAMPLES),
    (topics.topics, topics.EXAMPLES),
    (canonical.canonical, canonical.EXAMPLES),
    (cluster.cluster, cluster.EXAMPLES),
    (html.html, html.EXAMPLES),
    (extract.extract, extract.EXAMPLES),
    (feed.feed, feed.EXAMPLES),
    (view.view, view.EXAMPLES),
    (merge.merge, merge.EXAMPLES),
    (explain.explain, explain.EXAMPLES),
    (match.match, match.EXAMPLES),
    (check.check, check.EXAMPLES),
    (verify.verify, verify.EXAMPLES),
    (mcp.mcp, mcp.EXAMPLES),
    (trace.trace, trace.EXAMPLES),
):
    app.command(epilog=_examples(examples))(command)
app.add_typer(evaluate.app, epilog=_examples(evaluate.EXAMPLES))
app.add_typer(feeds.app, epilog=_examples(feeds.EXAMPLES))
app.add_typer(saved_searches.app, epilog=_examples(saved_searches.EXAMPLES))
app.add_typer(webhooks.app, epilog=_examples(webhooks.EXAMPLES))
app.add_typer(keys.app, epilog=_examples(keys.EXAMPLES))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, by default that of the process. What the user can put right has no traceback."""
    try:
        app(args=arguments)
    except UserError as error:
        progress_console().print(f"newsweave: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.exit(0)
