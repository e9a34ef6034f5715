"""What keeps a site well over the years: its log, its timers, and what `doctor` finds before somebody suffers from it."""

from __future__ import annotations

import json
import logging
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from tests.process.conftest import ROOT, Cli

from cstui.cli import log
from cstui.cli.doctor import ssh
from cstui.cli.doctor.growth import file_system
from cstui.journal.verify import check, snapshot_of_file


def test_the_log_ends_at_two_files_whoever_writes_and_loses_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LIMIT", 20_000)
    call: Any = SimpleNamespace(config_path=tmp_path / "config.toml", command="x" * 40)

    def write(who: int) -> None:  # each opens the file anew, as a program of its own does
        for number in range(60):
            log.write(call, f"{who}.{number}", None)

    writers = [Thread(target=write, args=(who,)) for who in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    kept = [tmp_path / "cstui.log.1", tmp_path / "cstui.log"]
    assert sorted(tmp_path.iterdir()) == sorted(kept)
    said = [json.loads(line)["said"] for file in kept for line in file.read_text().splitlines()]
    assert sorted(said) == sorted(f"{who}.{number}" for who in range(4) for number in range(60))
    for file in kept:
        assert file.stat().st_size < 21_000 and file.stat().st_mode & 0o777 == 0o600
    for _ in range(500):
        log.write(call, "again", None)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 42_000


def test_the_log_keeps_neither_passwords_nor_what_was_entered(tmp_path: Path) -> None:
    call: Any = SimpleNamespace(config_path=tmp_path / "config.toml", command="list")
    url = "postgres://cstui:s3c@s3cret@db.example/cstui"
    log.write(call, f"no answer from {url}", ValueError(f"{url}\nDETAIL: Key (phone)=(13800001111) already exists."))
    log.LogFile(call).emit(logging.LogRecord("plugin", logging.ERROR, "", 0, "%d \x1b[2J", ("no number",), None))
    text = (tmp_path / "cstui.log").read_text()
    assert "s3cret" not in text and "13800001111" not in text and "\x1b" not in text
    first, second = map(json.loads, text.splitlines())
    assert first["error"] == "ValueError: postgres://cstui:****@db.example/cstui"
    assert first["said"] == "no answer from postgres://cstui:****@db.example/cstui"
    assert second["said"] == "%d \x1b[2J"


def test_a_log_that_cannot_lie_beside_the_store_lies_with_its_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "cstui.log").symlink_to("/etc/passwd")
    call: Any = SimpleNamespace(config_path=tmp_path / "config.toml", command="list")
    assert log.write(call, "x", None) == tmp_path / "state" / "cstui" / "cstui.log"


Checks = dict[str, list[dict[str, Any]]]


def checks(cli: Cli) -> tuple[int, Checks]:
    """The exit code of `doctor --json`, and what it found by name."""
    answer = cli("doctor", "--json")
    found: Checks = {}
    for one in answer.json["checks"]:
        found.setdefault(one["name"], []).append(one)
    return answer.code, found


def test_doctor_tells_how_the_store_grows_and_what_may_go(cli: Cli, config_path: Path) -> None:
    folder = config_path.parent
    for number in range(3):
        assert cli("people", "enrol", "--number", f"K{number}", "--name", "王芳").code == 0
    assert cli("tick").code == cli("backup", str(folder / "copy.db")).code == 0
    code, found = checks(cli)
    assert code == 0
    (size,) = found["size"]
    assert size["bytes"] == (folder / "cstui.db").stat().st_size
    assert found["tables"][0]["rows"]["house_entry"] == sum(one["entries"] for one in found["growth"][0]["months"]) == 4
    assert found["backup"][0]["file"] == str(folder / "copy.db") and found["backup"][0]["entries"] == 4
    assert found["backup"][0].keys() == {"name", "seen", "ok", "at", "file", "entries"}  # no running count of a ballot
    assert "copies" not in found
    for name in ("9", "10"):  # in this order
        (folder / f"cstui.db.before-0.1.0-{name}").write_bytes(b"x" * 500)
    (folder / ".trial-abc").mkdir()
    (folder / ".trial-abc" / "cstui.db").write_bytes(b"x" * 500)
    assert [one["bytes"] for one in checks(cli)[1]["copies"]] == [1000]  # a dry run may be at work
    two_days_ago = time.time() - 2 * 86400
    for name in (".trial-abc", "cstui.db.before-0.1.0-9"):
        os.utime(folder / name, (two_days_ago, two_days_ago))
    code, found = checks(cli)
    assert code == 4
    assert [(one["ok"], one["bytes"]) for one in found["copies"]] == [(True, 1000), (False, 500)]
    assert "Keep the newest, cstui.db.before-0.1.0-10;" in found["copies"][0]["seen"]


def test_doctor_misses_a_tick_a_backup_and_a_clock_that_went_back(cli: Cli, config_path: Path) -> None:
    assert cli("tick").code == cli("backup", str(config_path.with_name("copy.db"))).code == 0
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store, store:
        for name, days in (("tick", 2), ("backup", 4)):
            at = (datetime.now(UTC) - timedelta(days=days)).isoformat()
            store.execute("UPDATE house_state SET value = ? WHERE name = ?", (json.dumps({"at": at}), name))
        later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        for (name,) in store.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name = 'house_entry' AND type = 'trigger'"
        ).fetchall():
            store.execute(f'DROP TRIGGER "{name}"')
        store.execute("UPDATE house_entry SET at = ?", (later,))
    code, found = checks(cli)
    assert code == 4
    assert [found[name][0]["ok"] for name in ("tick", "backup", "clock")] == [False, False, False]


AUTHORIZED = """\
# who may come in
restrict,pty,command="/opt/cstui/bin/python -I -m cstui --config /srv/cstui/config.toml --as admin" ssh-ed25519 AAAA1 a
pty,command="/opt/cstui/bin/python -I -m cstui --config /srv/cstui/config.toml --as admin" ssh-ed25519 AAAA2 b
restrict,pty,command="cstui --as stranger" ssh-ed25519 AAAA3 c
ssh-ed25519 AAAA4 operator command="cstui --as admin"
"""


def test_doctor_reads_how_people_come_in(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = pwd.getpwuid(os.getuid())
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=own.pw_name, pw_dir=str(tmp_path / "home")))
    sshd = tmp_path / "sshd_config"
    monkeypatch.setattr(ssh, "SSHD", sshd)
    assert "ssh" not in checks(cli)[1]
    keys = tmp_path / "home" / ".ssh" / "authorized_keys"
    keys.parent.mkdir(parents=True)
    keys.write_text(AUTHORIZED)
    code, found = checks(cli)
    assert code == 4
    assert [one["line"] for one in found["ssh"] if not one["ok"]] == [3, 4, 5]
    assert [one["logins"] for one in found["ssh"] if "logins" in one] == [["stranger"]]
    keys.write_text("\n".join(AUTHORIZED.splitlines()[:2]))
    sshd.write_text("PermitRootLogin no\n")
    assert [one["ok"] for one in checks(cli)[1]["ssh"]] == [True, False]
    (tmp_path / "sshd_config.d").mkdir()
    (tmp_path / "sshd_config.d" / "cstui.conf").write_text("Match User cstui\n  ClientAliveInterval 15\n")
    assert [one["ok"] for one in checks(cli)[1]["ssh"]] == [True]


def test_a_file_system_of_another_machine_is_known(tmp_path: Path) -> None:
    far = str(tmp_path / "甲 b").replace(" ", "\\040")
    mounts = (
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        f"40 22 0:44 / {far} rw,relatime shared:9 - nfs4 server:/srv rw\n"
    )
    assert file_system(tmp_path / "甲 b" / "cstui.db", mounts) == "nfs4"
    assert file_system(tmp_path / "cstui.db", mounts) == "ext4"
    assert file_system(tmp_path, Path("/proc/self/mountinfo").read_text())


TIMERS = ROOT / "docs" / "timers"


class Machine:
    """A folder that stands for an operator's machine: what lies in docs/timers, its paths led there."""

    def __init__(self, root: Path) -> None:
        self.paths = {
            "/opt/cstui/bin/cstui": root / "bin" / "cstui",
            "/usr/local/bin/cstui-backup": root / "bin" / "cstui-backup",
            "/srv/cstui": root / "srv",
            "/var/backups/cstui": root / "backups",
        }
        self.site, self.backups = self.paths["/srv/cstui"], self.paths["/var/backups/cstui"]
        for folder in (root / "bin", self.site, self.backups, root / "units"):
            folder.mkdir(mode=0o700, parents=True)
        program = self.paths["/opt/cstui/bin/cstui"]
        path = os.pathsep.join(map(str, (ROOT / "src", ROOT / "plugins")))
        program.write_text(f'#!/bin/sh\nPYTHONPATH={path} exec {sys.executable} -m cstui "$@"\n')
        (root / "bin" / "cstui-backup").write_text(self.led((TIMERS / "cstui-backup").read_text()))
        for file in (root / "bin").iterdir():
            file.chmod(0o755)
        self.units = root / "units"
        for unit in TIMERS.glob("cstui-*.*"):
            (self.units / unit.name).write_text(self.led(unit.read_text()))

    def led(self, text: str) -> str:
        for path, place in self.paths.items():
            text = text.replace(path, str(place))
        return text

    def sh(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a line as systemd or cron would: with next to nothing in the environment, as the site's own account."""
        return subprocess.run(
            ["/bin/sh", "-c", line], capture_output=True, text=True, check=False, cwd="/",
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.site), "LANG": "C.UTF-8"},
        )  # fmt: skip


def test_the_timers_of_the_guide_run_as_they_are_written(template: Path, tmp_path: Path) -> None:
    machine = Machine(tmp_path / "machine")
    for name in ("config.toml", "cstui.db"):
        shutil.copy(template.with_name(name), machine.site)
    units = sorted(machine.units.iterdir())
    assert len(units) == 4
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", *units], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    runs = {
        unit.stem: re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.M)[0]
        for unit in units
        if "service" in unit.name
    }
    assert machine.sh(runs["cstui-tick"]).returncode == 0  # by an account that is on no staff list
    for day in range(10, 31):
        (machine.backups / f"cstui-2026-10-{day}-0230.db").touch()
    (machine.backups / "other.db").touch()
    (machine.site / "checkpoints.txt").write_text("one\n")
    made = machine.sh(runs["cstui-backup"])
    assert (made.returncode, made.stderr) == (0, "")
    copies = sorted(file.name for file in machine.backups.glob("cstui-*.db"))
    assert len(copies) == 14 and copies[0] == "cstui-2026-10-18-0230.db"
    newest = machine.backups / copies[-1]
    assert check(snapshot_of_file(newest)).good and newest.stat().st_mode & 0o777 == 0o600
    assert {"config.toml", "checkpoints.txt", "other.db"} <= {file.name for file in machine.backups.iterdir()}
    cron = machine.led((TIMERS / "cstui.cron").read_text()).splitlines()
    tick, backup = (line.split("cstui ", 1)[1] for line in cron if line[:1] not in "#M")
    assert runs["cstui-tick"] in tick and runs["cstui-backup"] in backup
    # what fails is told, and takes no copy away
    (machine.site / "cstui.db").unlink()
    assert machine.sh(runs["cstui-backup"]).returncode == 4
    assert "there is no store" in machine.sh(tick).stdout
    assert len(list(machine.backups.glob("cstui-*.db"))) == 14
