"""The dashboard as a program: from the terminal to its exit code."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cstui.cells import clean
from cstui.tui.app import Dashboard


def run_dashboard(config: Path, who: Callable[[Path | None], str], safe: bool = False) -> int:
    """Open the dashboard for whoever it is, and end the program with its exit code.

    4 and a sentence where the site can't be opened. Where there is no terminal it answers 2.
    """
    app = Dashboard(config, who, safe)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(app.say("tui.no_terminal"), file=sys.stderr)
        return 2
    code = app.run(mouse="SSH_CONNECTION" not in os.environ)
    logging.shutdown()
    with suppress(OSError):  # the terminal may be gone
        if app.fault:
            print(clean(app.fault, lines=True), file=sys.stderr)
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(app.return_code or code or 0)  # all is closed; taking the libraries apart would take another 0.2 s
