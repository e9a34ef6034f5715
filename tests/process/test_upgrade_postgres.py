"""An upgrade on PostgreSQL: cut short it leaves the store as it was, and who was connected notices; doctor looks at it."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NOW
from tests.process.conftest import environment
from tests.process.test_upgrade import DYING

from cstui import engine, identity
from cstui.contract.context import SYSTEM
from cstui.contract.errors import StoreFault
from cstui.host import Host


async def test_an_upgrade_on_postgresql(on_postgres: Path) -> None:
    folder = on_postgres.parent
    shutil.copytree(Path(__file__).parents[1] / "dropins", folder / "dropins")
    later = on_postgres.with_name("later.toml")  # of a program that knows an area more
    later.write_text(on_postgres.read_text() + f'\n[plugins]\ndirs = ["{folder / "dropins"}"]\n')
    later.chmod(0o600)
    tables = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'lost_%'"
    async with Host.open(on_postgres, create=True) as host:
        host.clock = lambda: NOW
        await engine.run(host, "people.first_admin", {"login": identity.account()}, SYSTEM)
        await host.call(host.store.changed())
        program = subprocess.Popen(
            [sys.executable, "-c", DYING, str(later)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=environment(), bufsize=1,
        )  # fmt: skip
        assert program.stdin and program.stdout
        program.stdin.write("all is stamped\n")
        assert int(await asyncio.to_thread(program.stdout.readline)) == -signal.SIGKILL
        assert not await host.store.query(tables)
        assert not await host.call(host.store.changed()) and not host.store.read_only
        said, _ = await asyncio.to_thread(program.communicate, "nothing is left to do\n")
        assert (program.returncode, said) == (0, "open\n0\n")
        assert await host.store.query(tables)
        assert await host.call(host.store.changed()) and host.store.read_only == "store.upgraded"
        with pytest.raises(StoreFault):
            await engine.run(host, "site.set_day", {"day": "2026-12-01", "working": "true"}, SYSTEM)

    doctor = subprocess.run(
        [sys.executable, "-m", "cstui", "--config", str(later), "doctor", "--json"], capture_output=True, text=True,
        env=environment(), check=False,
    )  # fmt: skip
    found = {one["name"]: one for one in json.loads(doctor.stdout)["checks"]}
    assert found["size"]["bytes"] > 1_000_000 and found["growth"]["months"][0]["entries"] == 1
    assert found["tables"]["rows"]["house_entry"] == 1 and found["backup"]["ok"] and "disk" not in found
