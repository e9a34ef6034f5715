"""export of a register: every row that is asked for, or an empty form to fill in, in a file a spreadsheet reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import IO, TYPE_CHECKING, Any, cast

from cstui.cells import clean
from cstui.cli.look import find_register, revealed, where
from cstui.cli.progress import Progress
from cstui.contract.errors import BadInput, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor, Context
    from cstui.contract.declare import Register
    from cstui.host import Host


def export(call: Call) -> int:
    """`cstui export AREA.REGISTER FILE|-`: every row that --where and --search leave, or with --template a form.

    Secret columns are masked, unless `--reveal --purpose TEXT` asks for them.
    """

    async def act(host: Host, actor: Actor) -> int:
        from cstui import registers

        register = find_register(host, call.given["AREA.REGISTER"])
        name, kind, template = call.given["FILE"], _kind(call), "template" in call.given
        if template and (given := [one for one in ("where", "search", "reveal") if one in call.given]):
            raise BadInput("cli.export.form_is_empty", field=given[0], value="--template")
        if template and kind == "json":
            raise BadInput("cli.export.form_format", field="format", value=kind)
        ctx = await host.context(actor)
        asked = " ".join([*call.given.get("where", []), call.given.get("search", "")]).strip()
        count = await registers.count(host, ctx, register.id, **_asked(call, host, register))
        if await revealed(call, host, actor, register, count=count, asked=asked):
            ctx = replace(ctx, revealed=frozenset({register.id}))
        async with host.store.snapshot():  # no row twice, or not at all, because somebody changes it meanwhile
            if name == "-":
                await _fill(call, host, ctx, register, _standard_output(kind), kind)
                sys.stdout.flush()
                return 0
            path = call.file(name)
            with new_file(path) as out:
                count = await _fill(call, host, ctx, register, out, kind)
        if call.talk.json:
            call.talk.document({"register": register.id, "file": str(path), "rows": count})
        elif template:
            call.talk.data(call.talk.say("cli.export.form_done", file=str(path)))
        else:
            call.talk.data(call.talk.say("cli.export.done", count=count, file=str(path)))
        return 0

    return call.on_host(act)


def _kind(call: Call) -> str:
    """The file's format: as asked for, else by the name's ending."""
    from cstui.sheet import FORMATS, format_of

    name = call.given["FILE"]
    kind: str = call.given.get("format") or (
        "json" if call.talk.json and name == "-" else "xlsx" if name == "-" else format_of(name)
    )
    if kind not in FORMATS:
        format_of("." + kind)
    if name == "-" and kind == "xlsx" and sys.stdout.isatty():
        raise BadInput("cli.export.terminal", value="-")
    return kind


async def _fill(call: Call, host: Host, ctx: Context, register: Register, out: IO[bytes], kind: str) -> int:
    """Write the form, or the rows; the answer is how many."""
    from cstui import registers
    from cstui.sheet.listing import Listing
    from cstui.sheet.writing import writer

    registers.register_of(host, ctx, register.id)
    if "template" in call.given:
        from cstui.sheet.template import write_template

        await write_template(host, ctx, register, call.talk.lang, out, kind)
        return 0
    area, _, name = register.id.partition(".")
    listing = Listing(host, ctx, register, call.talk.lang, kind)
    asked = _asked(call, host, register)
    title = call.talk.say(f"{area}.register.{name}")
    count = 0
    with Progress(call.talk) as told:
        total = await registers.count(host, ctx, register.id, **asked) if told.shown else None
        with writer(out, listing.names, listing.headers, kind, title) as put:
            async for row in listing.rows(**asked):
                put(row)
                count += 1
                told(count, total)
    return count


def _asked(call: Call, host: Host, register: Register) -> dict[str, Any]:
    """What --where and --search leave."""
    return {"search": call.given.get("search", ""), "conditions": where(host, register, call)}


def _standard_output(kind: str) -> IO[bytes]:
    return cast(IO[bytes], _Terminal()) if sys.stdout.isatty() else sys.stdout.buffer


class _Terminal:
    """Standard output where it is a terminal: nothing of what is written acts on it."""

    def write(self, made: bytes) -> int:
        print(clean(made.decode("utf-8-sig"), lines=True), end="")
        return len(made)


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner reads: never over another, never through a link, there only when it is whole.

    Raises BadInput, StoreFault.
    """
    part = path.with_name(f".{path.name[:80]}.{token_hex(4)}.part")
    try:
        if os.path.lexists(path):
            raise FileExistsError
        with open(_created(part), "wb") as out:
            try:
                yield out
            except BaseException:
                part.unlink()
                raise
        try:
            os.close(_created(path))  # takes the name, so that nothing that came there meanwhile is replaced
            os.replace(part, path)
        except OSError:
            part.unlink()
            raise
    except FileExistsError as error:
        raise BadInput("cli.export.exists", value=str(path)) from error
    except OSError as error:
        raise StoreFault("cli.export.not_written", value=str(path), reason=error.strerror or "") from error


def _created(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)


def save(path: Path, made: bytes) -> None:
    """Write a small file as `new_file` does. Raises BadInput, StoreFault."""
    with new_file(path) as out:
        out.write(made)
