"""A real sshd on loopback with throw-away keys, for an account that only it knows; and clients of it.

It is set up as badly as one can: whatever a client sends of its environment is taken, and what lies in the account's
home is read. So what holds here, holds by the line that `cstui ssh-key add` writes, and by cstui.
"""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pexpect
import pytest

from cstui.cli import main

ACCOUNT, WATCHED = "desk", "watched"
"""Names of one account, this process's own as far as rights go; under the second one sshd looks after its client."""
SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
PidFile none
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
AuthorizedKeysFile .ssh/authorized_keys
AcceptEnv *
PermitUserEnvironment yes
PermitUserRC yes
Subsystem sftp internal-sftp
Match User {watched}
  ClientAliveInterval 1
  ClientAliveCountMax 2
"""


class Sshd:
    """`home` is the account's; `key` the client's, which may do nothing until `allow`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.key = folder, folder / "home", folder / "key"
        self.home.mkdir(mode=0o700)
        for name in ("host", "key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = SETTINGS.format(port=self.port, folder=folder, watched=WATCHED)
        (folder / "sshd_config").write_text(settings)
        own = f"x:{os.getuid()}:{os.getgid()}::{self.home}:/bin/sh"
        (folder / "passwd").write_text(Path("/etc/passwd").read_text() + f"{ACCOUNT}:{own}\n{WATCHED}:{own}\n")
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"],
            env={
                "PATH": os.environ["PATH"],
                "LD_PRELOAD": "libnss_wrapper.so",
                "NSS_WRAPPER_PASSWD": str(folder / "passwd"),
                "NSS_WRAPPER_GROUP": "/etc/group",
            },
            stderr=(folder / "log").open("wb"),
        )
        wait(lambda: b"Server listening" in (folder / "log").read_bytes())

    def allow(self, config: Path, login: str = "admin") -> None:
        """Bind the client's key to a login on a site, by `cstui ssh-key add`, and to nothing else any more."""
        (self.home / ".ssh/authorized_keys").unlink(missing_ok=True)
        with at_home(self.home):
            assert main(["--config", str(config), "ssh-key", "add", login, f"{self.key}.pub"]) == 0

    def words(self, *words: str, account: str = ACCOUNT) -> list[str]:
        """The command line of a client."""
        options = {
            "StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null", "IdentitiesOnly": "yes", "LogLevel": "ERROR",
            "BatchMode": "yes", "ControlPath": "none",
        }  # fmt: skip
        told = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return ["ssh", "-F", "none", "-i", str(self.key), "-p", str(self.port), *told, f"{account}@127.0.0.1", *words]

    def run(self, *words: str, stdin: bytes = b"", options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
        """`ssh OPTIONS host WORDS`, to its end."""
        ssh, *rest = self.words(*words)
        return subprocess.run([ssh, *options, *rest], input=stdin, capture_output=True, timeout=60, check=False)

    def sit(self, account: str = ACCOUNT, options: tuple[str, ...] = ()) -> Any:
        """`ssh -t OPTIONS host`, at a terminal of its own, with Today on it."""
        ssh, *rest = self.words(account=account)
        told, terminal = ["-tt", *options, *rest], os.environ | {"TERM": "xterm-256color"}
        seat = pexpect.spawn(ssh, told, env=terminal, dimensions=(40, 120))
        seat.expect_exact("help")  # in the footer
        return seat

    def cut(self) -> None:
        """Every connection ends at once, as by a broken line."""
        for pid in children(self.process.pid):
            with suppress(OSError):  # it has just ended
                if Path(f"/proc/{pid}/comm").read_text().startswith("sshd"):
                    os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        self.cut()
        self.process.terminate()
        self.process.wait()


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Within it that folder is the home of this process's account."""
    own = pwd.getpwuid(os.getuid()).pw_name
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=own, pw_dir=str(home)))
        yield


def children(of: int) -> list[int]:
    """The processes that a process started, and theirs."""
    parents = dict[int, int]()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [of]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found[1:]


def working_on(config: Path) -> list[int]:
    """The processes of cstui on a site."""
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = told.read_bytes().split(b"\0")
            if b"cstui" in words and str(config).encode() in words:
                found.append(int(told.parent.name))
    return found


def wait(true: Callable[[], object], seconds: float = 30) -> None:
    """Until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
