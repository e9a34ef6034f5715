"""export of a register: every row that is asked for, in a file a spreadsheet reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.cli.look import find_register, rows_of
from cstui.contract.errors import BadInput, StoreFault
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host


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
