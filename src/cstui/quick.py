"""What a configuration says that is needed before the rest of it is checked: checking takes a tenth of a second."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cstui.words import choose_language

STORE = "sqlite:///cstui.db"
"""Where the store is, unless the configuration says it."""


@dataclass(frozen=True, slots=True)
class Quick:
    """`store` is None where it isn't a file, or the configuration can't be read; `digest` is of the whole of it.

    `language` is to be taken, or by `auto` only where nobody chose another.
    """

    language: str
    auto: bool
    store: Path | None
    digest: str
    theme: str = "auto"


def look(path: Path, environ: Mapping[str, str]) -> Quick:
    """Look at a configuration. Never fails: its faults are told when it is checked."""
    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode("utf-8-sig"))
    except (OSError, ValueError):
        return Quick(choose_language("auto", environ), True, None, "")
    database = data.get("database", {})
    address = database.get("url", STORE) if isinstance(database, dict) else ""
    asked, theme = str(data.get("language", "auto")), str(data.get("theme", "auto"))
    spoken, digest = choose_language(asked, environ), sha256(raw).hexdigest()
    return Quick(spoken, asked == "auto", file_of(address, path), digest, theme)


def file_of(address: object, config: Path) -> Path | None:
    """The file that a store's address means, or None."""
    kind, _, rest = str(address).partition(":///")
    return Path(config.absolute().parent, rest) if kind == "sqlite" else None
