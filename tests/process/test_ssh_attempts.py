"""What a client may try: none of it says who one is, which store is opened, or what code runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import site
from sshd import Sshd, children, wait, working_on
from tests.process.conftest import Cli
from tests.tui.conftest import toured

EVIL = "import pathlib; pathlib.Path({canary!r}).touch()\n"


@pytest.fixture
def canary(ssh: Sshd, tmp_path: Path, template: Path) -> Path:
    """A file that is there once anything of the account's home, or of what a client names, was run.

    Scripts, modules and another site lie in the home, where a session begins.
    """
    canary = tmp_path / "canary"
    for name in ("sitecustomize.py", "usercustomize.py", "cstui.py", "textual.py", "start.py"):
        (ssh.home / name).write_text(EVIL.format(canary=str(canary)))
    for name in ("run", ".ssh/rc"):
        (ssh.home / name).write_text(f"#!/bin/sh\ntouch {canary}\n")
        (ssh.home / name).chmod(0o700)
    (ssh.home / ".ssh/environment").write_text(f"PYTHONPATH={ssh.home}\nPYTHONSTARTUP={ssh.home}/start.py\n")
    for folder in (ssh.home, ssh.home / ".config/cstui"):
        shutil.copy(template.with_name("cstui.db"), site(folder).with_name("cstui.db"))
    return canary


@pytest.fixture
def hostile(ssh: Sshd) -> tuple[str, ...]:
    """A client's options that send every variable one could think of."""
    home = ssh.home
    variables = {
        **dict.fromkeys(("USER", "LOGNAME", "SUDO_USER", "CSTUI_USER", "CSTUI_AS", "CSTUI_LOGIN"), "other"),
        **dict.fromkeys(("HOME", "PWD", "TMPDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), f"{home}/.config"),
        **dict.fromkeys(("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONPLATLIBDIR", "TERMINFO", "LOCPATH"), home),
        **dict.fromkeys(("EDITOR", "VISUAL", "PAGER", "SHELL", "BROWSER", "SSH_ASKPASS", "LESSOPEN"), f"{home}/run"),
        **dict.fromkeys(("PYTHONSTARTUP", "ENV", "BASH_ENV"), f"{home}/start.py"),
        **dict.fromkeys(("PYTHONINSPECT", "PYTHONDEBUG", "PYTHONVERBOSE", "CSTUI_STRICT", "TEXTUAL_DEBUG"), "1"),
        **dict.fromkeys(("CSTUI_CONFIG", "CSTUI_DB", "DATABASE_URL"), f"{home}/config.toml"),
        "PYTHONBREAKPOINT": "start.run", "PYTHONWARNINGS": "error", "SUDO_UID": "12345", "OPENSSL_CONF": f"{home}/run",
        "TEXTUAL": "devtools,debug", "TEXTUAL_DRIVER": "start:Driver", "TEXTUAL_LOG": f"{home}/log",
        "TEXTUAL_PRESS": "S,enter", "TEXTUAL_SCREENSHOT": "0", "COLUMNS": "1", "LINES": "1", "TZ": "Pacific/Apia",
        "LC_ALL": "no_SUCH.set", "LANG": "zh_CN.GBK",
    }  # fmt: skip
    return ("-o", "SetEnv=" + " ".join(f"{name}={value}" for name, value in variables.items()))


def test_neither_environment_nor_home_decides_anything(
    ssh: Sshd, hostile: tuple[str, ...], canary: Path, cli: Cli, config_path: Path
) -> None:
    done = ssh.run("people enrol --number K1 --name Wang", options=hostile)
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 0), done.stderr
    (entry, *_) = cli("--json", "journal", "list").json["entries"]
    assert (entry["action"], entry["actor"]) == ("people.enrol", "admin")

    toured(config_path, "admin")
    seat = ssh.sit(options=hostile)
    (working,) = working_on(config_path)
    told = Path(f"/proc/{working}/environ").read_text()
    assert "TEXTUAL_PRESS=S,enter" in told and f"PYTHONPATH={ssh.home}" in told  # they did arrive
    for key in ("\x1a", "\x1c", "!", "|", "\x10", "\x0f"):
        seat.send(key)
    seat.send(":shell")
    seat.expect_exact("shell")
    assert not children(working)
    seat.send("\x1b\x1b\x11")
    seat.wait()
    wait(lambda: not working_on(config_path), 5)
    assert not canary.exists() and not (ssh.home / "log").exists()
    assert cli("--json", "journal", "list").json["entries"][0]["action"] == "people.enrol"


@pytest.mark.parametrize(
    "words", ["\n$(touch {canary})", "; touch {canary}", "'touch {canary}'\\\x01\x7f", "x" * 100_000]
)
def test_no_word_reaches_a_shell(words: str, ssh: Sshd, canary: Path) -> None:
    answer = ssh.run("list people.staff " + words.format(canary=canary))
    assert (answer.returncode, answer.stdout, len(answer.stderr.splitlines())) == (2, b"", 1)
    assert not canary.exists()


def test_nothing_but_cstui_is_reached(ssh: Sshd, canary: Path, config_path: Path) -> None:
    assert ssh.run("sftp", options=("-s",)).returncode == 2
    assert ssh.run(options=("-N", "-W", f"127.0.0.1:{ssh.port}")).returncode == 255
    assert ssh.run(options=("-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1")).returncode == 255
    assert not canary.exists() and not working_on(config_path)
