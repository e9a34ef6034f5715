"""A plugin's fault as a card: whose it is, the file and line, what is wrong, and how to mend it."""

from __future__ import annotations

import linecache
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.bindings import RELOAD_KEY
from cstui.cells import clean, pad, width
from cstui.contract.text import Text
from cstui.plugins import Quarantined, place_of, reason_of
from cstui.plugins.faults import Place, short
from cstui.tui.paint import Run, hanging

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard


def set_aside(app: Dashboard, fault: Quarantined, room: int) -> list[Sequence[Run]]:
    """A plugin that couldn't be loaded."""
    stage = fault.stage if _of_site(app, fault.place) else "package"
    mend = Text(f"tui.card.mend_{stage}", plugin=fault.plugin, key=RELOAD_KEY.upper())
    return _card(app, fault.called, "tui.card.set_aside", fault.place, fault.reason, mend, room)


def failed(app: Dashboard, title: str, error: BaseException, room: int) -> list[Sequence[Run]]:
    """A page that an area couldn't make."""
    place = place_of(error)
    mend = Text("tui.card.mend_import" if _of_site(app, place) else "tui.card.mend_page", key=RELOAD_KEY.upper())
    return _card(app, title, "tui.card.failed", place, reason_of(error), mend, room)


def beside(app: Dashboard, path: str) -> str:
    """A path as it is seen from config.toml, where it lies below that folder."""
    home = app.config.absolute().parent
    return str(Path(path).relative_to(home)) if Path(path).is_relative_to(home) else path


def _of_site(app: Dashboard, place: Place) -> bool:
    """Whether it stands in one of the site's own folders."""
    assert app.host
    return any(Path(place[0]).is_relative_to(folder) for folder in app.host.settings.plugins.dirs)


def _card(
    app: Dashboard, title: str, what: str, place: Place, reason: Text, mend: Text, room: int
) -> list[Sequence[Run]]:
    told: list[tuple[str, str, str]] = []
    if place[0]:
        where = Text("tui.card.line", path=beside(app, place[0]), n=place[1])
        told.append(("file", app.say(where) if place[1] else beside(app, place[0]), ""))
    linecache.checkcache(place[0])
    if code := linecache.getline(*place).strip():
        told.append(("", code, "dim"))
    told.append(("fault", app.say(reason).removesuffix(f" ({short(place)})"), "critical"))
    told.append(("mend", app.say(mend), ""))
    labels = {name: app.say(f"tui.card.{name}") if name else "" for name, _, _ in told}
    cells = max(map(width, labels.values())) + 2
    lines: list[Sequence[Run]] = [[(clean(title), "strong"), (f"  {app.say(what)}", "critical")]]
    for name, words, style in told:
        lines += hanging([(pad(labels[name], cells), "dim")], words, style, cells, room)
    return lines
