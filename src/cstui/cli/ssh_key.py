"""`cstui ssh-key add LOGIN FILE`: an authorized_keys line that runs cstui as LOGIN and nothing else."""

from __future__ import annotations

import base64
import os
import pwd
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cstui import identity
from cstui.cli.site import checked_login
from cstui.contract.errors import BadInput, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call

KEY = re.compile(
    r"(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d+|sk-[a-z0-9-]+@openssh\.com) ([A-Za-z0-9+/]+={0,2})( [^\"]*)?"
)
LONGEST = 16_384
"""Bytes of a file that may hold a key."""


def add(call: Call) -> int:
    """Add the line to the account's own ~/.ssh/authorized_keys. Raises BadInput, NotPermitted, StoreFault."""
    login = checked_login(call.given["LOGIN"])
    if login == identity.account():  # who is the account itself has its files, too
        raise BadInput("cli.ssh_key.own_login", value=login)
    line = public_key(Path(call.given["FILE"]))
    # The line is of use only where this account may act for others.
    identity.login(login, identity.trusted_accounts(), call.settings.store_file)
    command = f"{_word(_python())} -I -m cstui --config {_word(call.config_path)} --as {login}"
    keys = Path(pwd.getpwuid(os.getuid()).pw_dir, ".ssh", "authorized_keys")
    try:
        _append(keys, f'restrict,pty,command="{command}" {line}', line.split()[1])
    except OSError as error:
        raise StoreFault("cli.ssh_key.not_written", value=str(keys), reason=error.strerror or "") from error
    if call.talk.json:
        call.talk.document({"file": str(keys), "login": login})
    else:
        call.talk.data(call.talk.say("cli.ssh_key.added", file=str(keys), login=login))
    return 0


def public_key(source: Path) -> str:
    """The one line of a file that is a public key, and nothing sshd would take for more. Raises BadInput."""
    if not source.is_file():
        raise BadInput("sheet.no_file", value=str(source))
    try:
        with source.open("rb") as file:
            read = file.read(LONGEST + 1)
    except OSError as error:
        raise BadInput("sheet.unreadable", value=str(source), reason=error.strerror or "") from error
    line = read.decode("utf-8", "replace").strip()
    found = KEY.fullmatch(line)
    if not (found and len(read) <= LONGEST and line.isprintable() and _is_of_kind(*found.group(1, 2))):
        raise BadInput("cli.ssh_key.no_key", value=str(source))
    return line


def _is_of_kind(kind: str, body: str) -> bool:
    """Whether the key itself begins with the name of its kind: sshd passes over any other without a word."""
    try:
        raw = base64.b64decode(body, validate=True)
    except ValueError:
        return False
    return raw.startswith(len(kind).to_bytes(4, "big") + kind.encode()) and len(raw) > len(kind) + 4


def _python() -> Path:
    """The interpreter, for a line that starts it with -I: no variable, no folder of a user brings code into it.

    Raises BadInput where cstui isn't found so, since it was installed for one user or is run from its sources.
    """
    found = subprocess.run([sys.executable, "-I", "-m", "cstui", "--version"], capture_output=True, check=False)
    if found.returncode:
        raise BadInput("cli.ssh_key.not_installed", value=sys.executable)
    return Path(sys.executable)


def _append(keys: Path, line: str, body: str) -> None:
    """Add a line to the file, made where there is none; never through a link. Raises BadInput, OSError."""
    _kept(keys.parent.parent)
    keys.parent.mkdir(mode=0o700, exist_ok=True)
    _kept(keys.parent)
    _kept(keys)
    present = keys.read_text("utf-8", "replace") if keys.exists() else ""
    if body in present.split():
        raise BadInput("cli.ssh_key.there", value=str(keys))
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    with open(os.open(keys, flags, 0o600), "a", encoding="utf-8") as file:
        file.write(("" if not present or present.endswith("\n") else "\n") + line + "\n")


def _kept(path: Path) -> None:
    """sshd passes over keys in what others may write. Raises BadInput."""
    if path.exists():
        told = path.stat()
        plain = stat.S_ISREG(told.st_mode) or stat.S_ISDIR(told.st_mode)
        if not plain or told.st_uid not in (os.getuid(), 0) or told.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise BadInput("cli.ssh_key.exposed", value=str(path))


def _word(path: Path) -> str:
    """A path as a word inside the quoted command of an authorized_keys line. Raises BadInput."""
    text = str(path)
    if not re.fullmatch(r"[\w./~+-]+", text):
        raise BadInput("cli.ssh_key.path", value=text)
    return text
