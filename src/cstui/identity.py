"""Who is this: the operating system's answer, never the environment's. See docs/decisions/identity.md."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Collection, MutableMapping
from pathlib import Path

from cstui.contract.errors import NotPermitted
from cstui.toml import SYSTEM_FILE, ConfigFault, expected, parse, read

KEPT = frozenset({"COLORFGBG", "COLORTERM", "HOME", "LANG", "NO_COLOR", "PATH", "TERM", "TMUX"})
"""Variables that tell of the terminal, the language and the account; with those of the locale and of sshd."""


def forget(environ: MutableMapping[str, str]) -> None:
    """Drop all other variables: whoever comes by a service account sets none that a library obeys.

    What the interpreter itself obeys (PYTHON…) it must be started without: see cli/ssh_key.py.
    """
    for name in [*environ]:
        if name not in KEPT and not name.startswith(("LC_", "SSH_")):
            del environ[name]


def account() -> str:
    """The login of the account that runs the program, by its real uid."""
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise NotPermitted("cli.identity.nobody", value=uid) from None


def login(claimed: str | None, trusted: Collection[str] | None, store: Path | None) -> str:
    """The login that acts: the account's own, or `claimed` (`--as`) where the account may speak for others.

    `trusted` are the service accounts of the system's configuration, None where it names none: then the
    owner of the store and of its folder is its service account, being able to write the file anyway.
    Raises NotPermitted.
    """
    own = account()
    if not claimed or claimed == own:
        return own
    if serves(trusted, store):
        return claimed
    raise NotPermitted("cli.identity.not_as", value=claimed, account=own)


def serves(trusted: Collection[str] | None, store: Path | None) -> bool:
    """Whether the account is a service account (see `login`)."""
    return account() in trusted if trusted is not None else store is not None and _owns(store)


def _owns(store: Path) -> bool:
    try:
        return all(path.stat().st_uid == os.getuid() for path in (store, store.parent))
    except OSError:
        return False


def trusted_accounts(path: Path = SYSTEM_FILE) -> frozenset[str] | None:
    """Service accounts that may act for others (`[trusted] accounts`), or None where the system names none.

    Raises ConfigFault unless root owns the file and nobody else may write it.
    """
    if not path.exists():
        return None
    source, mode = read(path)
    if path.stat().st_uid != 0 or mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise ConfigFault("config.trusted_exposed", value=str(path), file=str(path))
    trusted = parse(path, source).get("trusted")
    if trusted is None:
        return None
    accounts = trusted.get("accounts") if isinstance(trusted, dict) else trusted
    if not isinstance(accounts, list) or not all(isinstance(one, str) for one in accounts):
        raise expected(path, source, "trusted.accounts", "names", accounts)
    return frozenset(accounts)
