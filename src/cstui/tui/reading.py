"""Which files the dashboard reads: who comes by a service account sees the exchange folder alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from cstui import identity
from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

MOST_FILES = 1000


def place(app: Dashboard) -> tuple[Path, bool]:
    """The folder to read from, and whether other folders may be named, too."""
    free = app.login == identity.account()
    folder = Path.cwd() if free else app.config.parent / "exchange"
    if not free:
        with suppress(OSError):  # then there is nothing to choose from
            folder.mkdir(mode=0o700, exist_ok=True)
    return folder, free


def named(app: Dashboard, typed: str, field: str) -> Path:
    """The file that is meant by what was typed. Raises BadInput where there is none that may be read."""
    folder, free = place(app)
    path = folder / Path(typed).expanduser() if free else folder / Path(typed).name
    if not path.is_file() or not (free or typed == path.name):
        raise BadInput("input.no_file", field=field, value=typed)
    return path


def entries(folder: Path, free: bool, zone: tzinfo | None, endings: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What lies in a folder, as (name, remark): folders, then files, the last changed first; no hidden ones.

    An unreadable folder is empty.
    """
    made: list[tuple[float, str, str]] = []
    try:
        for path in sorted(folder.iterdir())[:MOST_FILES]:
            if path.name.startswith("."):
                continue
            if path.is_dir():
                if free:
                    made.append((1.0, f"{path.name}/", ""))
            elif not endings or path.suffix.lower() in endings:
                kept = path.stat()
                changed = datetime.fromtimestamp(kept.st_mtime, zone).strftime("%Y-%m-%d %H:%M")
                made.append((-kept.st_mtime, path.name, f"{changed}  {max(1, kept.st_size // 1024):,} kB"))
    except OSError:
        pass
    return [(name, remark) for _, name, remark in sorted(made, key=lambda one: one[0])]


def completions(app: Dashboard, typed: str) -> list[tuple[str, str]]:
    """What a file's field may go on to: (what to type, how it is called)."""
    assert app.host
    folder, free = place(app)
    before, slash, begun = typed.rpartition("/") if free else ("", "", typed)
    found = entries(folder / Path(f"{before}/").expanduser() if slash else folder, free, app.host.zone)
    fits = [(name, remark) for name, remark in found if begun.casefold() in name.casefold()]
    fits.sort(key=lambda one: not one[0].casefold().startswith(begun.casefold()))
    return [(f"{before}{slash}{name}", f"{name}  {remark}".rstrip()) for name, remark in fits]
