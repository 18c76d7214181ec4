"""Ties a child process to its parent, then becomes the child's program.

    python -I -S tether.py PARENT_PID PROGRAM [ARGUMENT...]

A program of its own rather than a `preexec_fn`: code between fork and exec may deadlock when the parent has
threads (subprocess documentation, "preexec_fn"). The process id stays the same, so the parent signals the
program itself. On Linux the kernel kills the program when the parent's thread that started it ends, however that
comes about; the signal is SIGKILL because a program that hangs must not outlive the stack either, and none of
ours loses what it acknowledged. Elsewhere there is no such thing: the parent stops its children on every end
that it can see.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main() -> None:
    """Ask for the signal, make sure that the parent still lives, become the program."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
            sys.exit(f"tether: prctl: {os.strerror(ctypes.get_errno())}")
        # Had the parent died before the call above, no signal would ever come.
        if os.getppid() != parent:
            sys.exit("tether: the parent is gone")
    # Python ignores these two from its start, and exec would hand that on.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    try:
        os.execvp(program[0], program)  # noqa: S606 - our own command line, no shell
    except OSError as error:
        sys.exit(f"tether: {program[0]}: {error.strerror}")


if __name__ == "__main__":
    main()
