"""The command line, built from the areas' declarations. A contract: words, exit codes and shapes stay.

0 done · 1 refused by a rule · 2 bad input or usage · 3 not permitted · 4 store or config · 5 busy or changed
meanwhile · 6 verification failed · 70 a fault of the program (in the log) · 128+n ended by signal n.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cstui import __version__, garbage

__all__ = ["main"]

PIPE_CLOSED = 128 + 13
INTERRUPTED = 128 + 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the answer is its exit code. Nothing is raised but by the interpreter itself."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words in (["--version"], ["-V"]):
        print(f"cstui {__version__}")
        return 0
    os.umask(os.umask(0o022) | 0o022)  # what others could write to isn't trusted: Python's caches of a site's plugins
    garbage.starting()
    if argv is None and any(word == "--as" or word.startswith("--as=") for word in words):
        from cstui.identity import forget

        forget(os.environ)  # before a library reads it
    from cstui.cli.call import run

    try:
        code = run(words)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read us has gone: no more output, not even by the interpreter at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
