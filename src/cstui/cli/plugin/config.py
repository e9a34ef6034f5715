"""[plugins] of config.toml, as the command line changes it: comments stay, and the file is replaced whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.contract.errors import BadInput, StoreFault

if TYPE_CHECKING:
    from cstui.cli.call import Call

FOLDER = "plugins"
"""Beside config.toml: where a site's own areas live that named no other folder."""


def switch(path: Path, name: str, on: bool) -> bool:
    """Put a name into `disabled`, or take it out. Answers whether anything changed. Raises BadInput, StoreFault."""
    return _edit(path, "disabled", name, not on)


def folder_of_site(call: Call) -> Path:
    """The site's folder of plugins, the first that is named; made and named in config.toml where there is none.

    Raises StoreFault where others can write to it.
    """
    from cstui.plugins.find import unusable

    named = call.settings.plugins.dirs
    folder = named[0] if named else call.config_path.parent / FOLDER
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault("cli.export.not_written", value=str(folder), reason=error.strerror or "") from error
    if fault := unusable(folder):
        raise StoreFault(fault.id, **{"value": str(folder), **fault.args})
    if not named:
        _edit(call.config_path, "dirs", FOLDER, True)
    return folder


def _edit(path: Path, key: str, name: str, there: bool) -> bool:
    """Whether a list of [plugins] changed so that the name stands there, or doesn't."""
    import tomlkit
    from tomlkit.items import Array, Table

    document = tomlkit.parse(path.read_text("utf-8-sig"))
    section = document.setdefault("plugins", tomlkit.table())
    if not isinstance(section, Table):
        raise BadInput("cli.plugin.config_shape", value=str(path))
    names = section.setdefault(key, tomlkit.array())
    if not isinstance(names, Array):
        raise BadInput("cli.plugin.config_shape", value=str(path))
    if (name in names) == there:
        return False
    if there:
        names.append(name)
    else:
        names.remove(name)
    fresh = path.with_name(path.name + ".new")
    try:
        with open(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, path.stat().st_mode & 0o777), "w"
        ) as file:
            file.write(tomlkit.dumps(document))
        os.replace(fresh, path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StoreFault("cli.export.not_written", value=str(path), reason=error.strerror or "") from error
    return True
