"""Who has a dashboard open: since when, from where, and when it was heard of last."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.cells import clean, pad, width
from cstui.store.sessions import connected
from cstui.tui.paint import Run
from cstui.tui.screens.reader import Reader


class Connected(Reader):
    def heading(self) -> str:
        return self.app.say("tui.core.connected")

    async def told(self) -> list[Sequence[Run]]:
        say, mine = self.app.say, self.app.presence.session
        open_now = await self.app.call(connected(self.host.clock()))
        names = [clean(one.name or one.login) for one in open_now]
        broad = max(map(width, names), default=0)
        told: list[Sequence[Run]] = [[(say("tui.connected.count", n=len(open_now)), "accent")]]
        for one, name in zip(open_now, names, strict=True):
            line: list[Run] = [
                (f"  {pad(name, broad)}", "strong"),
                (f"  {clean(one.login)}", "dim"),
                (f"  {say('tui.connected.since', since=one.since)}", ""),
                (f"  {say('tui.connected.seen', seen=one.seen)}", "dim"),
            ]
            if one.place:
                line.append((f"  {say('tui.connected.from', place=clean(one.place))}", ""))
            if mine and one.key == mine.key:
                line.append((f"  {say('tui.connected.here')}", "good"))
            told.append(line)
        return [*told, [], [(say("tui.connected.how"), "dim")]]
