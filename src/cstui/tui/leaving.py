"""What is read for a screen may come when it was left, or is being taken down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.css.query import NoMatches
from textual.screen import Screen


@contextmanager
def in_peace(screen: Screen[Any]) -> Iterator[None]:
    """Within it, widgets that aren't there any more are no fault where their screen is gone, or the program ends."""
    try:
        yield
    except NoMatches:
        app = screen.app
        if app.is_running and not app._exit and screen in app.screen_stack and screen.query("*"):
            raise
