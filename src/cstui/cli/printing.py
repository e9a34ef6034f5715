"""print: a paper of an area, as a page to print or as plain text."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host


def print_(call: Call) -> int:
    """`cstui print AREA.PAPER FILE|-`: about the rows that --row, --where and --search name, else all.

    What is secret is left out, unless `--reveal --purpose TEXT` asks for it.
    """

    async def act(host: Host, actor: Actor) -> int:
        from cstui import naming, paper
        from cstui.cli.exporting import save
        from cstui.cli.look import revealed, rows_of

        name = call.given["FILE"]
        kind = "txt" if name == "-" else PurePath(name).suffix.lower().removeprefix(".")
        if kind not in paper.FORMATS:
            raise BadInput("paper.format", field="FILE", value=name)
        ctx = await host.context(actor)
        chosen = paper.paper_of(host, ctx, call.given["AREA.PAPER"].replace("-", "_"))
        register = host.registers[chosen.register]
        if named := call.given.get("row", []):
            pks = [(await naming.find(host, ctx, register.id, one)).pk for one in named]
        else:
            rows, _ = await rows_of(host, ctx, register, call, paper.MOST + 1)
            pks = [row.pk for row in rows]
        what: dict[str, Any] = {"record": pks[0]} if len(pks) == 1 else {"count": len(pks), "asked": chosen.id}
        if await revealed(call, host, actor, register, **what):
            ctx = replace(ctx, revealed=frozenset(f"{register.id}:{pk}" for pk in pks))
        made = await paper.printed(host, ctx, chosen, pks, call.talk.lang, kind)
        if name == "-":
            sys.stdout.buffer.write(made)
            sys.stdout.buffer.flush()
            return 0
        path = call.file(name)
        save(path, made)
        if call.talk.json:
            call.talk.document({"paper": chosen.id, "file": str(path), "rows": len(pks)})
        else:
            call.talk.data(call.talk.say("cli.print.done", file=str(path), count=len(pks)))
        return 0

    return call.on_host(act)
