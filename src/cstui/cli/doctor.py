"""`cstui doctor`: looks whether all is well, and says what to do where it isn't."""

from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import AsyncIterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from cstui import __version__

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host

LIBRARIES = ("tortoise-orm", "pydantic", "pluggy", "textual", "openpyxl", "aiosqlite", "asyncpg")
WAL_RESET_FIXED = (3, 51, 3)
"""SQLite versions before this one can damage a file that several programs write (rare)."""

Finding = tuple[str, str, bool]
"""What was looked at, what was seen, whether it needs somebody."""


def run(call: Call) -> int:
    """Exit 4 where something needs somebody. A store that can't be opened ends it, with its own sentence."""

    async def act(host: Host, actor: Actor) -> int:
        found = [*_program(call), *[finding async for finding in _site(call, host, actor)]]
        if "deep" in call.given:
            found += await _deep(call, host)
        bad = sum(complaint for _, _, complaint in found)
        talk = call.talk
        if talk.json:
            talk.document(
                {
                    "checks": [{"name": name, "seen": seen, "ok": not complaint} for name, seen, complaint in found],
                    "ok": not bad,
                }
            )
        else:
            talk.table(
                ["", "", ""],
                [["!" if complaint else " ", talk.say(f"cli.doctor.{name}"), seen] for name, seen, complaint in found],
            )
            talk.tell(talk.say("cli.doctor.complaints", n=bad) if bad else talk.say("cli.doctor.good", n=len(found)))
        return 4 if bad else 0

    return call.on_host(act)


def _program(call: Call) -> list[Finding]:
    found: list[Finding] = [("program", __version__, False), ("python", sys.version.split()[0], False)]
    sqlite = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < WAL_RESET_FIXED:
        fixed = ".".join(map(str, WAL_RESET_FIXED))
        found.append(("sqlite", call.talk.say("cli.doctor.wal_reset", version=sqlite, fixed=fixed), False))
    else:
        found.append(("sqlite", sqlite, False))
    for name in LIBRARIES:
        try:
            found.append(("library", f"{name} {version(name)}", False))
        except PackageNotFoundError:
            found.append(("library", f"{name} —", True))
    return found


async def _site(call: Call, host: Host, actor: Actor) -> AsyncIterator[Finding]:
    from cstui import identity
    from cstui.bindings import clashes
    from cstui.store import migrate

    say = call.talk.say
    yield "config", str(call.config_path), False
    for note in host.settings.notes:
        yield "config", say(note), True
    yield "store", host.store.place, False
    if host.store.read_only:
        yield "store", say("cli.doctor.read_only", value=say(host.store.read_only, value=host.store.place)), True
    path = host.settings.store_file
    for file in (path, path.with_name(path.name + "-wal")) if path else ():
        if file.exists() and file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            yield "store", say("cli.doctor.readable", value=str(file)), True
    yield "account", f"{actor.login} {actor.name} ({', '.join(sorted(actor.roles)) or '—'})", False
    trusted = identity.trusted_accounts()
    level = "database_level" if path is None else "service_level" if trusted else "file_level"
    yield "trust", say(f"cli.doctor.{level}"), False
    pending = await migrate.compare(host.store, host.areas)
    yield (
        "migrations",
        say("cli.doctor.pending", value=", ".join(pending)) if pending else say("cli.doctor.up_to_date"),
        bool(pending),
    )
    for bad in host.quarantine:
        yield "plugins", say("plugin.quarantined", plugin=bad.plugin, version=bad.version, reason=bad.reason), True
    if not host.quarantine:
        yield "plugins", say("cli.doctor.no_quarantine"), False
    for clash in clashes(host.actions.values(), host.settings.keymap, host.loaded.own):
        if clash.loser not in host.settings.keymap:  # those of the keymap are among the notes
            yield "keys", say("cli.doctor.clash", key=clash.key, winner=clash.winner, loser=clash.loser), False
    ctx = await host.context(actor)
    differ = differing(host, ctx)
    yield (
        "figures",
        say("cli.doctor.differs", value=", ".join(differ)) if differ else say("cli.doctor.same_figures"),
        False,
    )
    year = ctx.today.year
    published = getattr(ctx.calendar, "is_published", lambda _: True)(year)
    yield (
        "calendar",
        say("cli.doctor.published" if published else "cli.doctor.not_published", value=year),
        not published,
    )


def differing(host: Host, ctx: object) -> list[str]:
    """Figures of config.toml that the store, which is what counts, holds otherwise."""
    from cstui import config

    written = config.figures(host.settings, host.areas, {bad.plugin for bad in host.quarantine})
    found = []
    for rule in host.rules.values():
        in_force = ctx.rule(rule.id)  # type: ignore[attr-defined]
        for param in rule.params:
            figure = written.get(rule.area, {}).get(param.name)
            if figure is not None and figure != in_force.figures[param.name]:
                found.append(f"{rule.area}.{param.name}")
    return found


async def _deep(call: Call, host: Host) -> list[Finding]:
    """Every page, every reference, the whole journal."""
    from cstui.journal.verify import check, snapshot_of_file

    say = call.talk.say
    path = host.settings.store_file
    if path is None:
        return []
    pages = [str(row["integrity_check"]) for row in await host.store.query("PRAGMA integrity_check")]
    broken = await host.store.query("PRAGMA foreign_key_check")
    faults = [page for page in pages if page != "ok"] + [f"{row['table']} {row['rowid']}" for row in broken]
    found: list[Finding] = [
        (
            "store",
            say("cli.doctor.damaged", value="; ".join(faults[:5])) if faults else say("cli.doctor.whole"),
            bool(faults),
        )
    ]
    report = check(snapshot := snapshot_of_file(path))
    since = str(snapshot.entries[0]["at"])[:10] if snapshot.entries else "—"
    key = "consistent" if report.good else report.verdict
    found.append(
        (
            "journal",
            say(
                f"cli.verdict.{key}",
                count=report.count,
                seq=report.seq,
                detail=report.detail,
                since=since,
            ),
            not report.good,
        )
    )
    return found
