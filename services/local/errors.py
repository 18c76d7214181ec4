"""What goes wrong for reasons that the person at the keyboard can put right."""


class UserError(Exception):
    """Ends the command with exit code 1. The message says what is wrong and what to do; no traceback."""


class ProcessError(UserError):
    """A child process ended, or was not ready in time. The message names its log and quotes its end."""


class NoBuildError(UserError):
    """No bundled server for this platform, and none of the user's own. The message names the ways on."""


class Interrupted(Exception):  # noqa: N818 - a request, not an error
    """Somebody asked the command to stop (Ctrl-C, SIGTERM) while it was waiting for something."""
