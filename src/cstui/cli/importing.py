"""import of a register: the action's own bulk act, with a dry run that is the same act."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.cli.look import find_register
from cstui.cli.progress import Stoppable, interrupted
from cstui.cli.talk import Talk, faults_in
from cstui.contract.errors import BadInput, Fault
from cstui.sheet.model import MAX_BYTES

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.engine import BulkOutcome, Line
    from cstui.host import Host
    from cstui.sheet.columns import Headers, Raw

MARKS = ("created", "updated", "unchanged", "refused")
SHOWN = 50


def import_(call: Call) -> int:
    """`cstui import AREA.REGISTER FILE|-`. One bad line stores nothing, unless --skip-bad; exit 2 if there was one."""

    name = call.given["FILE"]
    said = _mapping(call.given.get("map", []))
    # Standard input is read before the site is opened: whoever waits for it can be interrupted.
    source: Path | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else call.file(name)
    call.all_came()

    async def act(host: Host, actor: Actor) -> int:
        from cstui import engine
        from cstui.sheet import read
        from cstui.sheet.columns import Headers, importable
        from cstui.site import mapped_headers

        register = find_register(host, call.given["AREA.REGISTER"])
        action = importable(host.actions, register.id)
        headers = Headers(action, host.words, register, await mapped_headers(register.id), said)
        dry_run, skip_bad = "dry_run" in call.given, "skip_bad" in call.given
        try:
            with Stoppable(call.talk) as progress:
                try:
                    file = "stdin" if name == "-" else name
                    sheet = read(source, file, headers.known, call.given.get("sheet", ""), progress)
                except Fault:
                    progress(0)  # Ctrl-C ends the process that reads as well
                    raise
                with sheet:
                    raw = headers.rows(sheet)
                    async with host.trial() if dry_run else nullcontext(host) as acting:
                        bulk = await engine.run_bulk(
                            acting, action.id, raw.rows, actor, dry_run=dry_run, skip_bad=skip_bad, progress=progress
                        )
        except engine.Stopped:
            return interrupted(call.talk)
        code = _report(call, host, bulk, raw, action.area)
        if bulk.entry and headers.news:
            await _remember(call, host, actor, headers)
        return code

    return call.on_host(act)


def _mapping(given: Sequence[str]) -> dict[str, str]:
    """--map "HEADER=FIELD" …: header → field, or "". Raises BadInput."""
    said = {}
    for one in given:
        header, equals, field = one.rpartition("=")
        if not equals or not header.strip():
            raise BadInput("cli.import.map", field="map", value=one, example="钥匙号码=tag_no")
        said[header.strip()] = field.strip()
    return said


async def _remember(call: Call, host: Host, actor: Actor, headers: Headers) -> None:
    """What was said about headers holds for the next import by anybody."""
    from cstui import engine

    raw = {"register_id": call.given["AREA.REGISTER"], "headers": headers.news}
    try:
        outcome = await engine.run(host, "site.map_headers", raw, actor)
    except Fault as fault:  # what was imported stands
        call.talk.tell(call.talk.say(fault.text))
    else:
        if outcome.text:
            call.talk.tell(call.talk.say(outcome.text))


def _report(call: Call, host: Host, bulk: BulkOutcome, raw: Raw, area: str) -> int:
    talk = call.talk
    counts = {mark: bulk.count(mark) for mark in MARKS}
    dry_run, stored, bad = "dry_run" in call.given, bool(bulk.entry), counts["refused"] > 0
    for note in raw.notes:
        talk.tell(talk.say(note))
    if talk.json:
        talk.document(
            {
                "register": call.given["AREA.REGISTER"],
                "sheet": raw.sheet,
                "dry_run": dry_run,
                **counts,
                "stored": stored,
                "entry": bulk.entry,
                "notes": [talk.say(note) for note in raw.notes],
                "lines": [_line(talk, line, raw) for line in bulk.lines],
            }
        )
        return 2 if bad else 0
    if bad:
        names = ["sheet"] * bool(raw.sheet) + ["line", "column", "value", "why"]
        rows = [row for line in bulk.refused[:SHOWN] for row in _refused(talk, host, line, raw, area)]
        talk.table([talk.say(f"cli.import.{name}") for name in names], rows, [name == "line" for name in names])
        if counts["refused"] > SHOWN:
            talk.data(talk.say("cli.import.further", count=counts["refused"] - SHOWN, kept=len(bulk.refused)))
    talk.data(talk.say("cli.import.counts", **counts))
    ended = "dry_run" if dry_run else "stored" if stored else "nothing_new" if not bad else "nothing"
    if bad and not stored and "skip_bad" in call.given and not dry_run:
        ended = "nothing_good"
    talk.tell(talk.say(f"cli.import.{ended}"))
    return 2 if bad else 0


def _line(talk: Talk, line: Line, raw: Raw) -> dict[str, Any]:
    """A line as JSON; of a refused one the faults, with the headers of their columns."""
    made: dict[str, Any] = {"line": line.line, "mark": line.mark}
    if line.fault:
        made["fault"] = talk.fault_dict(line.fault)
        made["columns"] = {
            one.field: raw.columns[one.field] for one in faults_in(line.fault) if one.field in raw.columns
        }
    return made


def _refused(talk: Talk, host: Host, line: Line, raw: Raw, area: str) -> Iterator[list[str]]:
    """A row for each fault of a line: sheet (of several), line, column, value, why."""
    for fault in line.faults:
        label = host.words.label(area, fault.field, talk.lang) if fault.field else ""
        column = raw.columns.get(fault.field, label)
        yield [raw.sheet] * bool(raw.sheet) + [str(line.line), column, talk.shown(fault.value), talk.why(fault)]
