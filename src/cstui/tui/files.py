"""What leaves the dashboard: new files beside config.toml, which only their owner reads; and by the clipboard."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.cells import clean
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.tui.acting import Acting
    from cstui.tui.keyed import Keyed

LONGEST = 70_000
"""Bytes that terminals take by OSC 52 without cutting them."""


def write(page: Acting, stem: str, ending: str, made: bytes) -> None:
    """Write a new file, never over another (a number is added), and say on the page where it is, or why not."""
    for number in range(1, 1000):
        path = Path(page.app.config.parent, f"{stem}{f'-{number}' if number > 1 else ''}.{ending}")
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
                file.write(made)
        except FileExistsError:
            continue
        except OSError as error:
            page.status(Text("tui.not_written", path=str(path), reason=error.strerror or ""), "critical")
            return
        page.status(Text("tui.written", path=str(path)), "good")
        return


def copy(page: Keyed) -> None:
    """Hand what the page tells to the terminal's clipboard (OSC 52), which may be far from here, and say so.

    Whether the terminal takes it nobody tells.
    """
    text = clean(page.copied(), lines=True).strip("\n")
    if not text:
        page.status(Text("tui.nothing_to_copy"), "warning")
    elif len(text.encode()) > LONGEST:
        page.status(Text("tui.too_long", key=page.key_of("write")), "warning")
    else:
        page.app.copy_to_clipboard(text)
        first, *more = text.splitlines()
        word = "copied_tmux" if "TMUX" in os.environ else "copied" if more else "copied_line"
        page.status(Text(f"tui.{word}", n=len(more) + 1, text=first), "good")
