"""The queue as this login last saw it, on the screen until the present one is read; the ORM isn't waited for.

It is dim, says of when it is, and goes as soon as the queue itself stands. It is kept beside the journal when its login
leaves (`house_state`), and shown to nobody but that login, and only with the same permissions as then.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual import events

from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.tui.lock import NAME as LOCKED
from cstui.tui.paint import Run

if TYPE_CHECKING:
    from cstui.host import Host
    from cstui.quick import Quick
    from cstui.tui.app import Dashboard
    from cstui.tui.screens.today import Today

NAME, LANGUAGE = "glimpse", "language"
MOST = 60
"""Lines that are kept."""
KEPT = "SELECT name, value FROM house_state WHERE login = ? AND name IN (?, ?, ?)"
ROLES = """
SELECT DISTINCT role FROM people_role JOIN people_staff ON people_staff.id = people_role.staff_id
WHERE login = ?1 AND (left_on IS NULL OR left_on >= ?2) AND first_day <= ?2 AND (last_day IS NULL OR last_day >= ?2)
"""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What was seen and when, in which language and zone. `items` are the ids of the matters, in their order."""

    at: datetime
    lang: str
    zone: ZoneInfo
    lines: Sequence[Sequence[Run]]
    items: Sequence[str]


async def keep(today: Today) -> None:
    """Keep the language, if it was switched, and what this page shows, unless a part of it is hidden.

    A store that can't be written is let be.
    """
    from cstui.store import state

    app, host, queue = today.app, today.host, today.queue
    if app.quick.auto and app.lang != app.opened_in and not host.store.read_only:
        with suppress(Fault):
            await state.keep(host.store, app.login, LANGUAGE, app.lang)
    if today.review is None or app.actor is None or not today.list_width or queue.sieve.narrow or host.store.read_only:
        return
    told = [queue.paint(index, today.list_width, False) for index in range(min(len(queue.lines), MOST))]
    value = {
        "at": today.review.at.astimezone(UTC).isoformat(),
        "zone": host.settings.zone,
        "config": app.quick.digest,
        "lang": app.lang,
        "roles": sorted(app.actor.roles),
        "lines": told,
        "items": [matter.item.id for matter in queue.matters],
    }
    with suppress(Fault):
        await state.keep(host.store, app.login, NAME, value)


async def language(app: Dashboard, host: Host) -> str:
    """The language to speak: as configured; where that is "auto", what this login chose, or the terminal's."""
    from cstui.store import state

    return str(await state.recall(app.login, LANGUAGE, host.language)) if app.quick.auto else host.language


def read(quick: Quick, login: str) -> Glimpse | None:
    """What this login saw last, if it may still see it: in the same roles, language and configuration, and not locked.

    None also where the store isn't a file, or tells nothing.
    """
    path = quick.store
    if path is None or not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.1)) as store:
            rows = {name: json.loads(value) for name, value in store.execute(KEPT, (login, NAME, LANGUAGE, LOCKED))}
            kept, lang = rows[NAME], rows.get(LANGUAGE, quick.language) if quick.auto else quick.language
            zone = ZoneInfo(kept["zone"])
            roles = [role for (role,) in store.execute(ROLES, (login, datetime.now(zone).date().isoformat()))]
        if rows.get(LOCKED) or [kept["lang"], kept["config"], kept["roles"]] != [lang, quick.digest, sorted(roles)]:
            return None
        lines = [[(str(text), str(style)) for text, style in line] for line in kept["lines"]]
        return Glimpse(datetime.fromisoformat(kept["at"]), lang, zone, lines, kept["items"])
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return None


def lines(app: Dashboard, seen: Glimpse) -> list[list[Run]]:
    """It as lines, dim, under a line that says of when it is."""
    said = app.words.say(Text("tui.as_of", at=seen.at), seen.lang, seen.zone)
    return [[(f" {said}", "warning")], [], *([("".join(text for text, _ in line), "dim")] for line in seen.lines)]


def hand_on(early: Sequence[events.Key], first: Today, seen: Glimpse) -> None:
    """The keys typed over it are meant for what was seen: they count where the same matters stand there now."""
    if [*seen.items] == [matter.item.id for matter in first.queue.matters]:
        for event in early:
            first.app.post_message(events.Key(event.key, event.character))
    elif early:
        first.status(Text("tui.keys_dropped"), "warning")
