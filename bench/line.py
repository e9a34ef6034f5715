"""The dashboard over ssh on a thin line, against the line's own floor: an echo of as many bytes.

A real sshd and a real client; between them a relay delays what passes and lets through only so much in a second (the
kernel's netem isn't there everywhere).
"""

from __future__ import annotations

import asyncio
import getpass
import os
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Thread

from bench.dashboard import QUIT, USABLE
from bench.fingers import CALM, DOWN, ESCAPE, STRETCH, UP
from bench.measure import CSTUI, HOME, Row, child, costs, pairs
from bench.terminal import Terminal, started

RATE, DELAY = 64_000 / 8, 0.1
"""Bytes in a second, and seconds on the way: each way the same."""
PACKET, HEADER = 1448, 52
"""Bytes of a full packet, and what TCP and IP put before each."""
MOVES = 24
SOON, LATER = 0.07, 0.6
"""Seconds of silence after which nothing more of a move follows; and nothing more of what is read for the row."""
IDLE = 125.0
"""Seconds without a key: two minutes end in it."""
ECHO = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
while asked := os.read(0, 64):
    os.write(1, b"x" * int(asked))
"""
"""Answers a number with as many bytes."""
SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
AuthorizedKeysFile {folder}/keys
"""


class Line:
    """A port behind which another one lies at the end of a thin line; `down` counts the bytes that came back."""

    def __init__(self, far: int) -> None:
        self.far, self.near, self.down = far, free_port(), 0
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(asyncio.start_server(self._taken, "127.0.0.1", self.near), self._loop).result()

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.far)
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer, back=True))

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, back: bool = False) -> None:
        free = 0.0
        while data := await source.read(PACKET):
            self.down += len(data) * back
            free = max(free, self._loop.time()) + (len(data) + HEADER) / RATE
            self._loop.call_at(free + DELAY, sink.write, data)
        self._loop.call_at(free + DELAY, sink.close)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def sshd(folder: Path, commands: Sequence[str]) -> Iterator[int]:
    """A server on loopback where the client's key number N starts `commands[N]`; answers its port."""
    port = free_port()
    keys = []
    for name in ("host", *map(str, range(len(commands)))):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    for number, command in enumerate(commands):
        keys.append(f'restrict,pty,command="{command}" {(folder / f"{number}.pub").read_text()}')
    (folder / "keys").write_text("".join(keys))
    (folder / "sshd_config").write_text(SETTINGS.format(port=port, folder=folder))
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    words = ["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "sshd_config")]
    with subprocess.Popen(words, stderr=subprocess.PIPE) as server:
        assert server.stderr
        server.stderr.readline()
        try:
            yield port
        finally:
            server.terminate()


def client(folder: Path, key: int, port: int) -> list[str]:
    """The command line of `ssh -t` with that key."""
    options = ("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "IdentitiesOnly=yes", "LogLevel=ERROR")
    told = [part for option in options for part in ("-o", option)]
    return ["ssh", "-F", "none", "-tt", "-i", str(folder / str(key)), "-p", str(port), *told,
            f"{getpass.getuser()}@127.0.0.1"]  # fmt: skip


def compared(what: str, ours: Terminal, echo: Terminal, quiet: float, goal: float | None) -> Row:
    """Row by row, and after each the echo of as many bytes."""
    sizes: list[int] = []

    def moved(number: int) -> float:
        ours.settle(LATER)
        answer = ours.press(UP if number // STRETCH % 2 else DOWN, quiet)
        sizes.append(answer.size)
        return answer.seconds * 1000

    def echoed(_: int) -> float:
        echo.settle(quiet)
        return echo.press(b"%d\n" % sizes[-1], quiet).seconds * 1000

    left, right = pairs(moved, echoed, MOVES)
    against = f"an echo of as many bytes ({median(sizes):.0f}) over the same line"
    return costs(f"{what}, over 64 kbit/s and 200 ms there and back", against, "ms", left, right, goal)


def measure(folder: Path) -> list[Row]:
    site = folder / "site"
    child((*CSTUI, "demo", "--to", str(site)), folder)
    path = os.pathsep.join((str(HOME / "src"), str(HOME / "plugins")))
    ours_command = f"cd {site} && PYTHONPATH={path} {shlex.join(CSTUI)}"
    (folder / "echo.py").write_text(ECHO)
    with sshd(folder, (ours_command, f"{sys.executable} {folder / 'echo.py'}")) as port:
        line = Line(port)
        with (
            started(client(folder, 0, line.near), folder) as ours,
            started(client(folder, 1, line.near), folder) as echo,
        ):
            ours.wait(USABLE)
            ours.settle()
            ours.press(ESCAPE, CALM)  # the tour of the first day
            rows = [
                compared("row move in Today", ours, echo, SOON, 1.3),
                compared("row move in Today until its detail and history stand", ours, echo, LATER, None),
            ]
            ours.settle(LATER)
            before = line.down
            time.sleep(IDLE)
            sent = float(line.down - before)
            ours.end(QUIT, CALM)
    return [
        *rows,
        Row("idle over ssh, sent in 125 s (the clock of two minutes)", "nothing", "bytes", sent, 0.0, 0.0, 1),
    ]
