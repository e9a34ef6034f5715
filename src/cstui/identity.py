"""Who is this: the operating system's answer, never the environment's. See docs/decisions/identity.md."""

from __future__ import annotations

import os
import pwd
from collections.abc import Collection
from pathlib import Path

from cstui.contract.errors import NotPermitted


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
    if own in trusted if trusted is not None else store is not None and _owns(store):
        return claimed
    raise NotPermitted("cli.identity.not_as", value=claimed, account=own)


def _owns(store: Path) -> bool:
    try:
        return all(path.stat().st_uid == os.getuid() for path in (store, store.parent))
    except OSError:
        return False
