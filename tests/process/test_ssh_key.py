"""`cstui ssh-key add`: one line for one key, which runs cstui as one login and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sshd import at_home
from tests.process.conftest import Cli

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG+kSZQGiMcc9GHN8yOcOUNU1KeY/V7Wv9/lUO0Yustk"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "home").mkdir(mode=0o700)
    with at_home(tmp_path / "home"):
        yield tmp_path / "home"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    path = tmp_path / "wang.pub"
    path.write_text(f"{KEY} 王芳@desk 2\n")
    return path


def test_the_line_names_interpreter_site_and_login(cli: Cli, home: Path, public: Path, config_path: Path) -> None:
    assert cli("ssh-key", "add", "wang.fang", str(public)).code == 0
    keys = home / ".ssh/authorized_keys"
    command = f"{sys.executable} -I -m cstui --config {config_path} --as wang.fang"
    assert keys.read_text() == f'restrict,pty,command="{command}" {KEY} 王芳@desk 2\n'
    assert (keys.stat().st_mode & 0o777, keys.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    for login in ("wang.fang", "li.na"):  # the same key again, whoever it is said to be
        assert cli("ssh-key", "add", login, str(public)).code == 2
    keys.write_text(keys.read_text().rstrip("\n"))  # somebody edited it by hand
    public.write_text(f"{KEY[:-4]}AAAA li\r\n")
    assert cli("--json", "ssh-key", "add", "li.na", str(public)).json == {"file": str(keys), "login": "li.na"}
    assert [line.split()[-1] for line in keys.read_text().splitlines()] == ["2", "li"]


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", f'command="sh" {KEY} x', f"no-pty {KEY}", f"{KEY} x\n{KEY} y", f'{KEY} x\ncommand="sh" {KEY} y',
        f'{KEY} "', f"{KEY} \x1b[2J", f"{KEY} a\rb", f"{KEY} a\x00b", f"{KEY} a\u2028b", f"# {KEY}", f"*,{KEY}",
        "ssh-ed25519 AAAA x", "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 x", "ssh-rsa" + KEY[11:], KEY + "%",
        "ssh-ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----", f"cert-authority {KEY}", KEY + " " + "x" * 20_000 + "\nmore",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_key_is_refused(text: str, cli: Cli, home: Path, public: Path) -> None:
    public.write_text(text)
    answer = cli("ssh-key", "add", "wang.fang", str(public))
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert "\x1b" not in answer.err
    assert not (home / ".ssh").exists()


def test_a_pipe_a_folder_and_nothing_are_no_files(cli: Cli, home: Path, public: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "home", "none", "/dev/zero"):
        assert cli("ssh-key", "add", "wang.fang", str(tmp_path / name)).code == 2
    for login in ("", "Wang", "wang fang", 'x" y', "-x", "x\n", "王芳", "root; id"):
        assert cli("ssh-key", "add", login, str(public)).code == 2


def test_what_others_may_write_holds_no_keys(cli: Cli, home: Path, public: Path, tmp_path: Path) -> None:
    def refused() -> int:
        return cli("ssh-key", "add", "wang.fang", str(public)).code

    home.chmod(0o770)
    assert refused() == 2
    home.chmod(0o700)
    (home / ".ssh").mkdir(mode=0o700)
    (home / ".ssh").chmod(0o702)
    assert refused() == 2
    (home / ".ssh").chmod(0o700)
    keys, elsewhere = home / ".ssh/authorized_keys", tmp_path / "elsewhere"
    keys.symlink_to(elsewhere)
    assert refused() == 4 and not elsewhere.exists()
    elsewhere.touch(mode=0o600)
    assert refused() == 4 and not elsewhere.read_text()
    keys.unlink()
    os.mkfifo(keys, 0o600)
    assert refused() == 2
    keys.unlink()
    keys.touch()
    keys.chmod(0o666)
    assert refused() == 2 and not keys.read_text()


def test_a_path_with_a_quotation_mark_and_oneself_are_refused(
    cli: Cli, home: Path, public: Path, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstui import identity
    from cstui.cli import main

    assert cli("ssh-key", "add", identity.account(), str(public)).code == 2
    odd = config_path.parent.rename(config_path.parent.with_name('a"b'))
    assert main(["--config", str(odd / "config.toml"), "ssh-key", "add", "wang.fang", str(public)]) == 2
    assert not (home / ".ssh").exists()


def test_a_python_that_finds_cstui_only_by_a_variable_is_refused(
    cli: Cli, home: Path, public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bare/bin/python"))
    answer = cli("ssh-key", "add", "wang.fang", str(public))
    assert answer.code == 2 and "for everybody" in answer.err
    assert not (home / ".ssh").exists()
