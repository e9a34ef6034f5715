"""The digest: critical matters and open questions as plain text, for a command that the site has chosen.

The command runs without a shell, with a time limit; what it writes is only told, cleaned, where it fails. What was
sent on a day is kept beside the journal after it was sent: a tick that is killed meanwhile sends again, rather than
not at all.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from cstui.cells import clean
from cstui.contract.context import SYSTEM
from cstui.contract.errors import StoreFault
from cstui.contract.text import Text, Verbatim
from cstui.review.collect import Matter, Review
from cstui.review.models import Question
from cstui.store.models import State

if TYPE_CHECKING:
    from cstui.host import Host

NAME = "digest"
LIMIT = timedelta(seconds=30)
"""How long the command may take."""
SHOWN = 200
"""Characters told of what a failing command wrote."""


async def send(host: Host, today: Review) -> int:
    """Give what is critical to the command, if there is one; how many matters were sent.

    Nothing is sent where nothing is critical, nor again on the same day unless something became critical since.
    Raises StoreFault where the command fails.
    """
    command = host.settings.digest.command
    critical = [matter for matter in today.matters if matter.item.severity == "critical"]
    ids = {matter.item.id for matter in critical}
    if not command or not ids:
        return 0
    sent = await host.call(_sent(today))
    if ids <= sent:
        return 0
    await _run(host, command, await host.call(text_of(host, today, critical)))
    kept = json.dumps({"day": today.day.isoformat(), "ids": sorted(ids | sent)})
    await host.call(_keep(host, kept))
    return len(critical)


async def _sent(today: Review) -> set[str]:
    """What was sent today."""
    row = await State.filter(login=SYSTEM.login, name=NAME).first()
    kept = json.loads(row.value) if row else {}
    return set(kept["ids"]) if kept.get("day") == today.day.isoformat() else set()


async def _keep(host: Host, value: str) -> None:
    async with host.store.transaction():
        await State.update_or_create({"value": value}, login=SYSTEM.login, name=NAME)


async def text_of(host: Host, today: Review, critical: Sequence[Matter]) -> str:
    """The digest in the site's language; no line holds anything that acts on a terminal."""

    def say(text: Text) -> str:
        return clean(host.words.say(text, host.language, host.zone))

    lines = [say(Text("review.digest.title", site=host.settings.site, day=today.day, count=len(critical))), ""]
    for matter in critical:
        item = matter.item
        told = Text("review.digest.line", area=Text(f"{item.area}.title"), title=item.title)
        more = [say(item.state)] if item.state else []
        more += [say(matter.became)] if matter.became else []
        lines.append("  ".join([say(told), *([clean(item.person)] if item.person else []), *more]))
    asked = await Question.filter(answered_at=None, closed_at=None).select_related("person").order_by("at", "id")
    lines += [""] if asked else []
    lines += [
        say(Text("review.digest.question", name=one.by_name, person=one.person.name, at=one.at, question=one.question))
        for one in asked
    ]
    return "\n".join([*lines, ""])


async def _run(host: Host, command: Sequence[str], text: str) -> None:
    with tempfile.TemporaryFile() as wrote:
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=wrote,
                cwd=host.settings.path.parent,
                start_new_session=True,
            )
        except OSError as error:
            raise _fault(command, Verbatim(error.strerror or str(error))) from error
        try:
            await asyncio.wait_for(process.communicate(text.encode()), LIMIT.total_seconds())
        except TimeoutError as error:
            raise _fault(command, Text("review.digest.too_slow", limit=LIMIT)) from error
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        if process.returncode:
            said = _last_line(wrote)
            raise _fault(command, Text("review.digest.ended", code=process.returncode, said=said or "—"))


def _fault(command: Sequence[str], reason: Text) -> StoreFault:
    return StoreFault("review.digest.failed", field="digest.command", value=command[0], reason=reason)


def _last_line(wrote: IO[bytes]) -> str:
    """The last line that the command wrote to its standard error."""
    wrote.seek(max(0, wrote.seek(0, os.SEEK_END) - 4096))
    lines = wrote.read().decode("utf-8", "replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return clean(said)[:SHOWN]
