"""What has to happen day by day: the tick, the backup; and whether the clock can be believed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cstui.cli.doctor.finding import Finding

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.host import Host

LATE = {"tick": timedelta(hours=26), "backup": timedelta(days=3)}
"""After this time without one somebody should look: a day with two hours' grace; a week-end without the machine."""


async def look(call: Call, host: Host) -> AsyncIterator[Finding]:
    """When `tick` and `backup` ran last, and the clock beside the journal's."""
    from cstui.act import CLOCK_SLACK
    from cstui.contract.context import SYSTEM
    from cstui.store.state import recall

    say, now = call.talk.say, host.clock()
    ends = (await host.store.query("SELECT min(at) AS first, max(at) AS last FROM house_entry"))[0]
    begun = datetime.fromisoformat(ends["first"]) if ends["first"] else now
    for name, limit in LATE.items():
        if name == "backup" and host.settings.store_file is None:
            yield Finding(name, say("cli.doctor.backup_elsewhere"))
            continue
        ran = await host.call(recall(SYSTEM.login, name, {}))
        at = datetime.fromisoformat(ran["at"]) if ran else begun
        late = now - at > limit
        told = say(f"cli.doctor.{name}_{'ran' if ran else 'never'}", when=at, value=ran.get("file", ""))
        if late and ran:
            told += " " + say("cli.doctor.timer")
        figures = {key: ran[key] for key in ("at", "file", "entries") if key in ran}  # not how many voted
        yield Finding(name, told, late, figures)
    last = datetime.fromisoformat(ends["last"]) if ends["last"] else now
    back = await host.store.query(
        "SELECT count(*) AS n, max(seq) AS seq FROM house_body WHERE body LIKE '%\"clock_back\"%'"
    )
    times, seq = int(back[0]["n"]), back[0]["seq"]
    if last - now > CLOCK_SLACK:
        yield Finding("clock", say("cli.doctor.clock_behind", since=last), True)
    elif times:
        yield Finding(
            "clock", say("cli.doctor.clock_went_back", n=times, seq=seq), figures={"times": times, "seq": seq}
        )
    else:
        yield Finding("clock", say("cli.doctor.clock_good"))
