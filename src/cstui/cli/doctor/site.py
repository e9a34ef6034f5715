"""A site: configuration, store, rights, migrations, plugins, figures, calendar; `--deep` all pages and entries."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from cstui import identity
from cstui.cli.doctor.finding import Finding

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host


async def look(call: Call, host: Host, actor: Actor) -> AsyncIterator[Finding]:
    """What can be seen at a glance."""
    from cstui.bindings import clashes
    from cstui.store import migrate

    say = call.talk.say
    yield Finding("config", str(call.config_path))
    for note in host.settings.notes:
        yield Finding("config", say(note), True)
    yield Finding("store", host.store.place)
    if reason := host.store.read_only:
        yield Finding("store", say("cli.doctor.read_only", value=say(reason, value=host.store.place)), True)
    path = host.settings.store_file
    for file in (path, path.with_name(path.name + "-wal")) if path else ():
        if file.exists() and file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            yield Finding("store", say("cli.doctor.readable", value=str(file)), True)
    if path and path.parent.stat().st_mode & stat.S_IWOTH:
        yield Finding("store", say("cli.doctor.open_folder", value=str(path.parent)), True)
    yield Finding("account", f"{actor.login} {actor.name} ({', '.join(sorted(actor.roles)) or '—'})")
    yield Finding("trust", say(f"cli.doctor.{await _level(host, path)}", account=identity.account()))
    pending = await migrate.compare(host.store, host.areas)
    yield (
        Finding("migrations", say("cli.doctor.pending", value=", ".join(pending)), True)
        if pending
        else Finding("migrations", say("cli.doctor.up_to_date"))
    )
    for bad in host.quarantine:
        yield Finding("plugins", say("plugin.quarantined", plugin=bad.called, reason=bad.reason), True)
    for note in host.loaded.notes:
        yield Finding("plugins", say(note), True)
    if not host.quarantine:
        yield Finding("plugins", say("cli.doctor.no_quarantine"))
    for clash in clashes(host.actions.values(), host.settings.keymap, host.loaded.own):
        if clash.loser not in host.settings.keymap:  # those of the keymap are among the notes
            yield Finding("keys", say("cli.doctor.clash", key=clash.key, winner=clash.winner, loser=clash.loser))
    ctx = await host.context(actor)
    differ = differing(host, ctx)
    yield Finding(
        "figures", say("cli.doctor.differs", value=", ".join(differ)) if differ else say("cli.doctor.same_figures")
    )
    year = ctx.today.year
    published = getattr(ctx.calendar, "is_published", lambda _: True)(year)
    told = say("cli.doctor.published" if published else "cli.doctor.not_published", value=year)
    yield Finding("calendar", told, not published)


async def _level(host: Host, path: Path | None) -> str:
    """How far rights are enforced, and not only shown afterwards when somebody went past them."""
    if path is None:
        return "database_level"
    if identity.trusted_accounts():
        return "service_level"
    nobody = (await host.actor(identity.account())).staff_id is None
    return "own_level" if nobody and not path.stat().st_mode & 0o077 else "file_level"


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


async def look_deep(call: Call, host: Host) -> AsyncIterator[Finding]:
    """Every page, every reference, the whole journal."""
    from cstui.journal.verify import check, snapshot_of_file

    say = call.talk.say
    path = host.settings.store_file
    if path is None:
        return
    pages = [str(row["integrity_check"]) for row in await host.store.query("PRAGMA integrity_check")]
    broken = await host.store.query("PRAGMA foreign_key_check")
    faults = [page for page in pages if page != "ok"] + [f"{row['table']} {row['rowid']}" for row in broken]
    told = say("cli.doctor.damaged", value="; ".join(faults[:5])) if faults else say("cli.doctor.whole")
    yield Finding("store", told, bool(faults))
    report = check(snapshot := snapshot_of_file(path))
    since = snapshot.walk.began[:10] or "—"
    key = "consistent" if report.good else report.verdict
    told = say(f"cli.verdict.{key}", count=report.count, seq=report.seq, detail=report.detail, since=since)
    yield Finding("journal", told, not report.good)
