"""Parse the file at standard input; rows go to the spool, their number and at last the answer to standard output."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
import time
from typing import Any

from cstui.contract.errors import BadInput
from cstui.contract.text import pack
from cstui.sheet.child.kinds import page_of
from cstui.sheet.child.table import Table
from cstui.sheet.limits import MAX_TEXT, MEMORY
from cstui.sheet.spool import packed

_EVERY = 0.25
"""Seconds between two words to whoever waits."""


def main() -> None:
    with contextlib.suppress(ValueError, OSError):  # a system may not know this limit, or have a lower one
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked = json.loads(sys.argv[1])
    try:
        answer = parse(**asked)
    except BadInput as fault:
        args = {name: value for name, value in fault.text.args.items() if value not in ("", None)}
        answer = {"fault": fault.text.id, "args": pack(args)}
    except MemoryError:
        answer = {"fault": "sheet.gave_up", "args": {}}
    except OSError as error:
        answer = {"fault": "sheet.unreadable", "args": {"reason": error.strerror or type(error).__name__}}
    except Exception as error:  # a broken file raises anything: KeyError, zlib.error, ValueError …
        answer = {"fault": "sheet.broken_book", "args": {"reason": type(error).__name__}}
    print(json.dumps(answer), flush=True)


def parse(spool: int, name: str, known: list[str], sheet: str) -> dict[str, Any]:
    """Write the rows to the file descriptor `spool`; answers what a `Sheet` has beside them. Raises BadInput."""
    count = size = 0
    told = time.monotonic()

    def alive() -> None:
        nonlocal told
        if (now := time.monotonic()) > told + _EVERY:
            told = now
            print(count, flush=True)

    page = page_of(sys.stdin.buffer, name, sheet, alive)
    table = Table(page, known)
    with os.fdopen(spool, "wb", buffering=256 * 1024) as out:
        for number, cells in table.rows():
            line = packed(number, cells)
            out.write(line)
            count += 1
            size += len(line)
            if size > MAX_TEXT:
                raise BadInput("sheet.too_much_text")
            if not count % 100:
                alive()
    return {
        "name": page.name,
        "headers": table.headers,
        "count": count,
        "kind": page.kind,
        "encoding": page.encoding,
        "header_line": table.header_line,
        "epoch": page.epoch.isoformat() if page.epoch else "",
        "notes": pack([*page.notes, *table.notes()]),
        "sheets": page.sheets,
    }


if __name__ == "__main__":
    main()
