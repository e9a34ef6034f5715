"""Files that the dashboard writes: new ones beside config.toml, which only their owner reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.tui.keyed import Keyed


def write(page: Keyed, stem: str, ending: str, made: bytes) -> None:
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
