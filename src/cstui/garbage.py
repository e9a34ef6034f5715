"""When Python looks for garbage: not while libraries are loaded, of which nothing is ever garbage.

Looking takes a fifth of a start with Python's own figures, and what was loaded would be looked at ever again.
"""

from __future__ import annotations

import gc

STARTING, RUNNING = 1_000_000, 10_000
"""New objects after which it is looked for."""


def starting() -> None:
    """The program starts: hardly look."""
    gc.set_threshold(STARTING)


def running() -> None:
    """All is loaded and is left alone; look among what comes from now on."""
    gc.freeze()
    gc.set_threshold(RUNNING)
