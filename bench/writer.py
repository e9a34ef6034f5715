"""One who writes: lends a key and takes it back, again and again; now and then all want the same one.

`python -m bench.writer CONFIG LOGIN NAME PAUSE` says "ready", begins at the first line of its standard input, ends at
the second, and tells what became of it. Called `marker` it puts each line before everybody as a matter.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from cstui import engine
from cstui.contract.context import Actor
from cstui.contract.errors import Refusal
from cstui.host import Host

WANTED = "TOGETHER"
"""The key that all want."""
EACH = 4
"""So often, in loans, one tries to get it."""
KEPT = 0.3
"""Seconds for which one keeps it, so that others are told."""


class Writer:
    """What one did: seconds of each act, loans, and of the key that all want: got, or told who has it."""

    def __init__(self, host: Host, actor: Actor, name: str) -> None:
        self.host, self.actor, self.name = host, actor, name
        self.took: list[float] = []
        self.loans = self.got = 0
        self.told: list[str] = []
        self.errors: list[str] = []

    async def act(self, action: str, raw: dict[str, Any], key: str) -> None:
        began = time.monotonic()
        try:
            await engine.run(self.host, action, raw, self.actor, target=[key])
        finally:
            self.took.append(time.monotonic() - began)

    async def lend(self, key: str, kept: float = 0) -> None:
        """Lend it and take it back after so many seconds. Raises Refusal."""
        until = (self.host.clock() + timedelta(hours=1)).astimezone(self.host.zone)
        loan = {"borrower": self.name, "work_reason": "together", "due_at": f"{until:%Y-%m-%d %H:%M}"}
        await self.act("keys.lend", loan, key)
        self.loans += 1
        await asyncio.sleep(kept)
        await self.act("keys.return", {"condition": "ok"}, key)

    async def want(self) -> None:
        try:
            await self.lend(WANTED, KEPT)
            self.got += 1
        except Refusal as refusal:
            self.told.append(str(refusal.text.args.get("holder", "")))

    async def work(self, pause: float) -> None:
        """Until a line comes in."""
        ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        while not ended.done():
            try:
                await self.lend(f"{WANTED}-{self.name}")
                if self.loans % EACH == 0:
                    await self.want()
            except Exception as error:
                self.errors.append(repr(error))
            await asyncio.wait([ended], timeout=random.uniform(0, 2 * pause))

    async def mark(self) -> None:
        """Each line is put before everybody as a matter, the one before it done; told is when it was stored."""
        today = self.host.clock().astimezone(self.host.zone).date().isoformat()
        before: tuple[int, ...] = ()
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if before:
                await engine.run(self.host, "review.finish", {}, self.actor, target=before)
            before = (await engine.run(self.host, "review.add", {"text": line, "day": today}, self.actor)).rows
            print(time.monotonic(), flush=True)


async def main(config: str, login: str, name: str, pause: str) -> None:
    async with Host.open(Path(config)) as host:
        writer = Writer(host, await host.call(host.actor(login)), name)
        if name != "marker":
            await writer.lend(f"{WANTED}-{name}")  # what a program does once isn't a wait for others
            writer.took.clear()
        print("ready", flush=True)
        if name == "marker":
            await writer.mark()
            return
        sys.stdin.readline()
        await writer.work(float(pause))
        told = vars(writer)
        print(json.dumps({key: told[key] for key in ("took", "loans", "got", "told", "errors")}), flush=True)
        sys.stdin.readline()  # nobody ends, which takes a processor's time, while another still writes


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
