"""Several processes on one store: nobody fails, nothing is lost, one winner; and a kill leaves a whole store."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from conftest import lost_site

from cstui.journal.verify import check, snapshot_of_file

WRITER = """
import asyncio, json, sys
from pathlib import Path
from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.contract.errors import Fault
from cstui.host import Host

async def main(config, name, count):
    done = won = 0
    errors = []
    async with Host.open(Path(config)) as host:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(count):
            try:
                await engine.run(host, "lost.find", {"tag": f"{name}-{number}", "name": "umbrella"}, SYSTEM)
                done += 1
            except Exception as error:
                errors.append(repr(error))
            if number == count // 2:
                try:
                    await engine.run(host, "lost.give", {"owner": name}, SYSTEM, target=["RACE"])
                    won += 1
                except Fault as fault:
                    assert fault.rule == "lost-02", repr(fault)
            if count > 1000:
                print(number, flush=True)
    print(json.dumps({"done": done, "won": won, "errors": errors}), flush=True)

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def writer(config: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(config), name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start(config: Path) -> None:
    """Bring the store up to date and put the one thing there that all will want."""
    script = WRITER.replace('f"{name}-{number}"', '"RACE"').replace("number == count // 2", "False")
    made = subprocess.run(
        [sys.executable, "-c", script, str(config), "start", "1"], input="\n", capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr


def test_eight_processes_write_one_store_and_one_of_them_wins(tmp_path: Path, lost_template: Path) -> None:
    config = lost_site(tmp_path, lost_template)
    start(config)
    writers = [writer(config, f"w{number}", 12) for number in range(8)]
    for one in writers:
        assert one.stdout and one.stdout.readline() == "ready\n"
    answers = []
    for one in writers:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    for one in writers:
        out, err = one.communicate(timeout=120)
        assert one.returncode == 0, err
        answers.append(json.loads(out.splitlines()[-1]))
    assert [answer["errors"] for answer in answers] == [[]] * 8
    assert sum(answer["done"] for answer in answers) == 96
    assert sum(answer["won"] for answer in answers) == 1
    assert check(snapshot_of_file(config.with_name("cstui.db"))).verdict == "intact"
    assert len(tags(config)) == 97


def tags(config: Path) -> list[str]:
    with closing(sqlite3.connect(config.with_name("cstui.db"))) as store:
        return [tag for (tag,) in store.execute("SELECT tag FROM lost_item")]


def test_a_killed_writer_leaves_a_whole_store(tmp_path: Path, lost_template: Path) -> None:
    config = lost_site(tmp_path, lost_template)
    start(config)
    for round_number in range(3):
        victim = writer(config, f"k{round_number}", 5000)
        assert victim.stdin and victim.stdout and victim.stdout.readline() == "ready\n"
        victim.stdin.write("\n")
        victim.stdin.flush()
        acknowledged = 0
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            acknowledged = int(victim.stdout.readline()) + 1
        os.kill(victim.pid, signal.SIGKILL)
        victim.communicate()
        assert check(snapshot_of_file(config.with_name("cstui.db"))).verdict == "intact"
        stored = sum(tag.startswith(f"k{round_number}-") for tag in tags(config))
        assert stored >= acknowledged, "an acknowledged act is durable"
