"""import of a register: the action's own bulk act, with a dry run that is the same act."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.cli.look import find_register
from cstui.cli.talk import Talk, faults_in
from cstui.sheet.model import MAX_BYTES

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.engine import BulkOutcome, Line
    from cstui.host import Host
    from cstui.sheet.columns import Raw

MARKS = ("created", "updated", "unchanged", "refused")
SHOWN = 50


def import_(call: Call) -> int:
    """`cstui import AREA.REGISTER FILE|-`. One bad line stores nothing, unless --skip-bad; exit 2 if there was one."""

    name = call.given["FILE"]
    # Standard input is read before the site is opened: whoever waits for it can be interrupted.
    source: Path | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else call.file(name)

    async def act(host: Host, actor: Actor) -> int:
        from cstui import engine
        from cstui.sheet import read
        from cstui.sheet.columns import Headers, importable

        register = find_register(host, call.given["AREA.REGISTER"])
        action = importable(host.actions, register.id)
        headers = Headers(action, host.words)
        raw = headers.rows(read(source, "stdin" if name == "-" else name, headers.known, call.given.get("sheet", "")))
        dry_run = "dry_run" in call.given
        bulk = await engine.run_bulk(
            host, action.id, raw.rows, actor, dry_run=dry_run, skip_bad="skip_bad" in call.given
        )
        return _report(call, host, bulk, raw, action.area, dry_run)

    return call.on_host(act)


def _report(call: Call, host: Host, bulk: BulkOutcome, raw: Raw, area: str, dry_run: bool) -> int:
    talk = call.talk
    counts = {mark: sum(line.mark == mark for line in bulk.lines) for mark in MARKS}
    bad = counts["refused"] > 0
    stored = bool(bulk.entry)
    for note in raw.notes:
        talk.tell(talk.say(note))
    if talk.json:
        talk.document(
            {
                "register": call.given["AREA.REGISTER"],
                "dry_run": dry_run,
                **counts,
                "stored": stored,
                "entry": bulk.entry,
                "notes": [talk.say(note) for note in raw.notes],
                "lines": [
                    {
                        "line": line.line,
                        "mark": line.mark,
                        **({"fault": talk.fault_dict(line.fault)} if line.fault else {}),
                    }
                    for line in bulk.lines
                ],
            }
        )
        return 2 if bad else 0
    refused = [line for line in bulk.lines if line.mark == "refused"]
    if refused:
        talk.table(
            [
                talk.say("cli.import.line"),
                talk.say("cli.import.column"),
                talk.say("cli.import.value"),
                talk.say("cli.import.why"),
            ],
            [row for line in refused[:SHOWN] for row in _refused(talk, host, line, raw, area)],
            [True],
        )
        if len(refused) > SHOWN:
            talk.data(talk.say("cli.import.further", count=len(refused) - SHOWN))
    talk.data(talk.say("cli.import.counts", **counts))
    ended = "dry_run" if dry_run else "stored" if stored else "nothing_new" if not bad else "nothing"
    talk.tell(talk.say(f"cli.import.{ended}"))
    return 2 if bad else 0


def _refused(talk: Talk, host: Host, line: Line, raw: Raw, area: str) -> Iterator[list[str]]:
    """A row for each fault of a line: line, column, value, why."""
    for fault in faults_in(line.fault) if line.fault else ():
        label = host.words.label(area, fault.field, talk.lang) if fault.field else ""
        yield [str(line.line), raw.columns.get(fault.field, label), talk.shown(fault.value), talk.why(fault)]
