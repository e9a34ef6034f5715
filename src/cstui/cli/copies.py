"""Copies of the store: taken while others write, and put back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.cli.site import operate, remember
from cstui.contract.errors import BadInput, Fault, Stale, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host


def backup(call: Call) -> int:
    """`cstui backup FILE`: a copy taken while others may write, checked, with the journal's head.

    Two copies show which anonymous rows came between them: it says so.
    """

    async def act(host: Host, actor: Actor) -> int:
        from cstui.contract.context import SYSTEM
        from cstui.store.anonymous import anonymous_rows
        from cstui.store.backup import copy_file
        from cstui.store.state import recall

        operate(call, actor, "site.backup")
        source = _file_of(host)
        target = Path(call.given["FILE"])
        copy_file(source, target)
        from cstui.journal.verify import snapshot_of_file

        walk = snapshot_of_file(target).walk
        head = walk.hash_of(walk.count) if walk.count else "—"
        last = await recall(SYSTEM.login, "backup", {})
        rows = await anonymous_rows(host.areas.values())
        came = sum(max(0, count - last.get("anonymous", rows).get(table, 0)) for table, count in rows.items())
        await remember(host, "backup", file=str(target.absolute()), entries=walk.count, anonymous=rows)
        if call.talk.json:
            call.talk.document({"file": str(target), "entries": walk.count, "head": head, "anonymous": came})
        else:
            call.talk.data(call.talk.say("cli.site.backed_up", file=str(target), count=walk.count, head=head[:16]))
        if came:
            call.talk.tell(call.talk.say("cli.site.anonymous_between", n=came, file=last["file"]))
        return 0

    return call.on_host(act)


def _file_of(host: Host) -> Path:
    path = host.settings.store_file
    if path is None:
        raise BadInput("cli.site.only_sqlite", value="PostgreSQL")
    return path


def restore(call: Call) -> int:
    """`cstui restore FILE`: checked whole before the swap; says what only the former store holds."""
    from cstui.journal.verify import snapshot_of_file
    from cstui.plugins import load
    from cstui.store.backup import restore_file

    source, target = Path(call.given["FILE"]), call.settings.store_file
    if target is None:
        raise BadInput("cli.site.only_sqlite", value="PostgreSQL")
    if not source.is_file():
        raise BadInput("sheet.no_file", value=str(source))
    if target.exists():
        _permitted(call)
    else:
        call.login_on(None)  # whoever may write the folder may put a file there
    import sqlite3

    try:
        copy = snapshot_of_file(source)
    except sqlite3.DatabaseError as error:
        raise StoreFault("store.not_ours", value=str(source)) from error
    verdict = _sound(call, copy)
    lost = 0
    if target.exists():
        try:
            present = snapshot_of_file(target)
        except sqlite3.DatabaseError:
            pass  # a damaged store is what restoring is for
        else:
            if present.store_id != copy.store_id:
                raise StoreFault("cli.site.restore_other", value=str(source), other=copy.store_id[:8])
            lost = max(0, present.walk.count - copy.walk.count)
    kept = restore_file(source, target, load(call.settings, safe=call.safe).areas)
    _note_restore(call, source=str(source.absolute()), kept=str(kept or ""), lost=lost)
    if call.talk.json:
        told = {"store": str(target), "kept": str(kept) if kept else None, "lost": lost, "verdict": verdict}
        call.talk.document(told)
        return 0
    done = "restored" if kept else "put_in_place"
    call.talk.data(call.talk.say(f"cli.site.{done}", file=str(source), kept=str(kept)))
    if lost:
        call.talk.tell(call.talk.say("cli.site.restore_loses", count=lost))
    return 0


def _note_restore(call: Call, **told: Any) -> None:
    """The restored store's journal says so, too; where it can't be written yet, only its owner is told."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import engine
        from cstui.contract.context import SYSTEM

        await engine.run(host, "site.note_restore", {**told, "by_login": actor.login}, SYSTEM)
        return 0

    try:
        call.on_host(act)
    except Fault as fault:  # the copy is in its place all the same
        call.talk.tell(call.talk.say(fault.text))


def _sound(call: Call, copy: Any) -> str:
    from cstui.contract.errors import NotVerified
    from cstui.journal.verify import check

    report = check(copy)
    if not report.good:
        raise NotVerified(f"cli.verdict.{report.verdict}", seq=report.seq, detail=report.detail, since="—")
    return report.verdict


def _permitted(call: Call) -> None:
    """Whoever may restore, by the store that is there; its owner, where it can't be opened any more.

    Raises Stale, which names them, while others have a dashboard open.
    """

    async def act(host: Host, actor: Actor) -> int:
        from cstui.store.sessions import connected

        operate(call, actor, "site.restore")
        if others := await host.call(connected(host.clock())):
            who = dict.fromkeys(f"{one.name} ({one.login})" for one in others)
            raise Stale("cli.site.restore_connected", who=[*who])
        return 0

    try:
        call.on_host(act)
    except StoreFault:
        from cstui import identity

        if call.login != identity.account():
            raise
