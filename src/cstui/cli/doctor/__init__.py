"""`cstui doctor`: looks whether all is well, and says what to do where it isn't."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from cstui.cli.doctor.finding import Finding

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.context import Actor
    from cstui.host import Host


def run(call: Call) -> int:
    """Exit 4 where something needs somebody. A store that can't be opened ends it, with its own sentence."""

    async def act(host: Host, actor: Actor) -> int:
        found = [finding async for finding in _looks(call, host, actor)]
        bad = sum(finding.bad for finding in found)
        talk = call.talk
        if talk.json:
            talk.document({"checks": [_as_json(finding) for finding in found], "ok": not bad})
        else:
            talk.table(["", "", ""], [_line(call, finding) for finding in found])
            talk.tell(talk.say("cli.doctor.complaints", n=bad) if bad else talk.say("cli.doctor.good", n=len(found)))
        return 4 if bad else 0

    return call.on_host(act)


async def _looks(call: Call, host: Host, actor: Actor) -> AsyncIterator[Finding]:
    from cstui.cli.doctor import care, connected, growth, program, site, ssh

    for finding in program.look(call):
        yield finding
    async for finding in site.look(call, host, actor):
        yield finding
    async for finding in connected.look(call, host):
        yield finding
    async for finding in growth.look(call, host):
        yield finding
    async for finding in care.look(call, host):
        yield finding
    async for finding in ssh.look(call, host):
        yield finding
    if "deep" in call.given:
        async for finding in site.look_deep(call, host):
            yield finding


def _as_json(finding: Finding) -> dict[str, object]:
    return {"name": finding.name, "seen": finding.seen, "ok": not finding.bad, **finding.figures}


def _line(call: Call, finding: Finding) -> list[str]:
    return ["!" if finding.bad else " ", call.talk.say(f"cli.doctor.{finding.name}"), finding.seen]
