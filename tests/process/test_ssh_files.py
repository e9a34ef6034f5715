"""Files over SSH: they come and go as they are, whole or not at all; and what a refused word answers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sshd import Sshd, wait, working_on
from tests.process.conftest import Cli

STAFF = "工号,姓名\r\nK1,王芳\r\nK2,\"=1+1, 'x'\"\r\n".encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_comes_and_goes_as_it_is(kind: str, ssh: Sshd, cli: Cli, tmp_path: Path) -> None:
    assert cli("import", "people.staff", "-", stdin=STAFF).code == 0
    there = ssh.run(f"export people.staff - --format {kind}")
    assert there.returncode == 0
    if kind == "csv":  # of a workbook the other half tells: its parts carry checksums
        assert cli("export", "people.staff", str(tmp_path / "here.csv")).code == 0
        assert there.stdout == (tmp_path / "here.csv").read_bytes()
    back = ssh.run("import people.staff - --json", stdin=there.stdout)
    assert back.returncode == 0 and b'"unchanged": 3' in back.stdout, back.stderr


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("import people.staff -", STAFF + b"".join(b"T%d,Name\n" % number for number in range(20_000))),
        ("people set-pin --pin -", b"2468"),  # of 246810
    ],
)
def test_what_has_come_by_half_when_the_line_breaks_is_not_stored(
    words: str, begun: bytes, ssh: Sshd, cli: Cli, config_path: Path
) -> None:
    client = subprocess.Popen(ssh.words(words), stdin=subprocess.PIPE)
    assert client.stdin
    client.stdin.write(begun)
    client.stdin.flush()
    wait(lambda: working_on(config_path))
    client.kill()
    client.wait()
    wait(lambda: not working_on(config_path))
    (entry,) = cli("--json", "journal", "list").json["entries"]
    assert entry["action"] == "people.first_admin"


def test_the_exit_code_is_cstuis(ssh: Sshd, config_path: Path) -> None:
    for words, code in (("list people.nothing", 2), ("backup x", 3), (" --as other review", 3), ("", 2)):
        answer = ssh.run(words) if words else ssh.run()
        assert answer.returncode == code
        assert len(answer.stderr.splitlines()) == 1 and not answer.stdout
    assert not working_on(config_path)
