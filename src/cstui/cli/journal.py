"""The journal at the command line: its last entries, its checkpoint, whether it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cstui.cli.look import entry_json, entry_text, whole
from cstui.contract.errors import BadInput, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host
    from cstui.journal.chain import Checkpoint
    from cstui.journal.verify import Snapshot


def list_(call: Call) -> int:
    """`cstui journal list [--limit N]`: newest first."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import journal
        from cstui.veil import veiled

        limit = whole(call.given.get("limit", "50"), "limit")
        ctx = await host.context(actor)
        entries = await veiled(host, ctx, await journal.page(host, limit=limit))
        talk = call.talk
        if talk.json:
            talk.document({"entries": [entry_json(entry, talk) for entry in entries]})
            return 0
        talk.table(
            [talk.say(f"cli.journal.{name}") for name in ("seq", "at", "actor", "action", "text")],
            [
                [
                    str(entry.seq),
                    talk.value(entry.at, ctx.zone),
                    entry.name,
                    entry.action,
                    entry_text(entry, talk, ctx.zone),
                ]
                for entry in entries
            ],
            [True],
        )
        return 0

    return call.on_host(act)


def checkpoint(call: Call) -> int:
    """`cstui journal checkpoint`: one line to keep outside the store."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui import journal

        point = await journal.head(host)
        if call.talk.json:
            call.talk.document({"store_id": point.store_id, "count": point.count, "hash": point.hash, "at": point.at})
        else:
            call.talk.data(point.line())
        return 0

    return call.on_host(act)


def verify(call: Call) -> int:
    """`cstui journal verify [--store FILE] [--against CHECKPOINTS]`: exit 6 with the first bad entry."""
    from cstui.contract.errors import NotVerified
    from cstui.journal.verify import check

    points = _checkpoints(call)
    snapshot = _snapshot(call)
    report = check(snapshot, points)
    talk = call.talk
    first = snapshot.walk.began[:10] or "—"
    since = report.anchored.at[:10] if report.anchored else first
    if not report.good:
        said = talk.say(f"cli.verdict.{report.verdict}", seq=report.seq, detail=report.detail, since=since)
    elif report.anchored:
        said = talk.say(
            "cli.verdict.intact", count=report.count, at=report.anchored.at[:16], anchored=report.anchored.count
        )
    else:
        said = talk.say("cli.verdict.consistent", count=report.count, since=since)
    if talk.json:
        talk.document(
            {
                "verdict": report.verdict,
                "count": report.count,
                "seq": report.seq,
                "detail": report.detail,
                "anchored": report.anchored.count if report.anchored else 0,
                "blanked": report.blanked,
                **({} if report.good else {"error": {"code": NotVerified.code, "kind": "NotVerified", "text": said}}),
            }
        )
    elif report.good:
        talk.data(said)
    if not report.good:
        talk.tell("cstui: " + said)
        return NotVerified.code
    return 0


def _snapshot(call: Call) -> Snapshot:
    """Everything of the file named, or of the site's store."""
    import sqlite3

    from cstui.journal.verify import snapshot_of_file, snapshot_of_store

    named = call.given.get("store")
    path = Path(named) if named else call.settings.store_file
    if path is None:
        taken: list[Snapshot] = []

        async def act(host: Host, actor: Actor) -> int:
            taken.append(await snapshot_of_store(host.store))
            return 0

        call.on_host(act)
        return taken[0]
    if not path.is_file():
        raise StoreFault("store.missing", value=str(path))
    try:
        return snapshot_of_file(path)
    except sqlite3.DatabaseError as error:
        raise StoreFault("store.corrupt", value=str(path)) from error


def _checkpoints(call: Call) -> list[Checkpoint]:
    """Those of --against; else of the site's own file of checkpoints, where there is one."""
    from cstui.journal.chain import read_checkpoints

    named = call.given.get("against")
    path = Path(named) if named else None if call.given.get("store") else call.settings.checkpoints
    if path is None or not (named or path.is_file()):
        return []
    try:
        points = read_checkpoints(path.read_text("utf-8", "replace"))
    except OSError as error:
        raise StoreFault("sheet.unreadable", field="against", value=str(path), reason=error.strerror or "") from error
    if named and not points:
        raise BadInput("cli.journal.no_checkpoints", field="against", value=named)
    return points
