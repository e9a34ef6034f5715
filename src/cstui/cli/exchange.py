"""import and export of registers. Import is the action's own bulk act, with a dry run that is the same act."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.cli.look import find_register, rows_of
from cstui.cli.talk import Talk, faults_in
from cstui.contract.errors import BadInput, StoreFault
from cstui.contract.text import Text
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


def export(call: Call) -> int:
    """`cstui export AREA.REGISTER FILE|-`: every row that --where and --search leave."""

    async def act(host: Host, actor: Actor) -> int:
        from cstui.sheet import format_of, write

        register = find_register(host, call.given["AREA.REGISTER"])
        name = call.given["FILE"]
        kind = call.given.get("format") or ("json" if call.talk.json else "xlsx" if name == "-" else format_of(name))
        format_of("." + kind) if kind not in ("csv", "xlsx", "json") else None
        if name == "-" and kind == "xlsx" and sys.stdout.isatty():
            raise BadInput("cli.export.terminal", value="-")
        ctx = await host.context(actor)
        rows, _ = await rows_of(host, ctx, register, call, None)
        area = register.id.split(".")[0]
        names = [column.name for column in register.columns]
        labels = [host.words.label(area, column, call.talk.lang) for column in names]
        table = [[_cell(call, row.values.get(column), ctx, area) for column in names] for row in rows]
        made = write(names, labels, table, kind, call.talk.say(f"{area}.register.{register.id.split('.')[1]}"))
        if name == "-":
            sys.stdout.buffer.write(made)
            sys.stdout.buffer.flush()
            return 0
        path = call.file(name)
        save(path, made)
        done = call.talk.say("cli.export.done", count=len(rows), file=str(path))
        if call.talk.json:
            call.talk.document({"register": register.id, "file": str(path), "rows": len(rows)})
        else:
            call.talk.data(done)
        return 0

    return call.on_host(act)


def _cell(call: Call, value: Any, ctx: Any, area: str) -> Any:
    """Moments in the site's zone; texts and choices by their words; the rest as it is."""
    from datetime import datetime
    from enum import Enum

    if isinstance(value, datetime):
        return value.astimezone(ctx.zone).replace(tzinfo=None)
    if isinstance(value, Text | Enum) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return call.talk.value(value, ctx.zone, area)
    return value


def save(path: Path, made: bytes) -> None:
    """Write a new file that only its owner reads: never over another, never through a link.

    Raises BadInput, StoreFault.
    """
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
            file.write(made)
    except FileExistsError as error:
        raise BadInput("cli.export.exists", value=str(path)) from error
    except OSError as error:
        raise StoreFault("cli.export.not_written", value=str(path), reason=error.strerror or "") from error
