"""The `newsweave` command."""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from services.local.commands.options import progress_console
from services.local.errors import UserError

COMMANDS = (
    "demo",
    "up",
    "submit",
    "events",
    "search",
    "claims",
    "show",
    "changes",
    "watch",
    "export",
    "topics",
    "canonical",
    "cluster",
    "html",
    "extract",
    "feed",
    "view",
    "merge",
    "explain",
    "match",
    "check",
    "verify",
    "mcp",
    "trace",
)
"""Each is a function of its name, in a module of its name, in the order of the help."""
GROUPS = ("evaluate", "feeds", "saved-searches", "webhooks", "keys")
"""Each is an `app` with commands of its own, in a module of its name."""

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


def command_line(names: Sequence[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """The command line with the commands of these names."""
    app = typer.Typer(
        name="newsweave",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        pretty_exceptions_enable=False,
    )
    app.callback(help=_HELP)(_no_options)
    for name in names:
        module = import_module(f"services.local.commands.{name.replace('-', '_')}")
        if name in GROUPS:
            app.add_typer(module.app, epilog=_examples(module.EXAMPLES))
        else:
            app.command(epilog=_examples(module.EXAMPLES))(getattr(module, name))
    return app


def _no_options() -> None:
    """There are none before a command. With it a command line of one command keeps the command's name."""


def _examples(lines: Sequence[str]) -> str:
    """The end of a command's help. The mark keeps the lines apart."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, by default that of the process. What the user can put right has no traceback.

    Of the commands only the one that is called is imported: all of them take seconds.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    called = [name for name in given[:1] if name in COMMANDS or name in GROUPS]
    app = command_line(called or (*COMMANDS, *GROUPS))
    try:
        app(args=given)
    except UserError as error:
        progress_console().print(f"newsweave: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.exit(0)
