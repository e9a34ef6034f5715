"""Who has a dashboard open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from cstui.cli.doctor.finding import Finding

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.host import Host


async def look(call: Call, host: Host) -> AsyncIterator[Finding]:
    from cstui.store.sessions import connected

    say = call.talk.say
    found = await host.call(connected(host.clock()))
    for one in found:
        figures = {"login": one.login, "since": one.since, "seen": one.seen, "from": one.place, "pid": one.pid}
        said = "session_from" if one.place else "session"
        told = say(
            f"cli.doctor.{said}", name=one.name, login=one.login, since=one.since, seen=one.seen, place=one.place
        )
        yield Finding("connected", told, figures=figures)
    if not found:
        yield Finding("connected", say("cli.doctor.nobody"))
