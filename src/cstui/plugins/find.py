"""Where plugins are found: installed distributions, and the site's own folders."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import stat
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from cstui import __version__, toml
from cstui.contract.text import Text
from cstui.plugins.faults import SITE, Unsound
from cstui.plugins.modules import within
from cstui.toml import ConfigFault

GROUP = "cstui.areas"
ROOT = Path(__file__).parents[3]
TOML = "area.toml"


@dataclass(frozen=True)
class Found:
    name: str
    version: Callable[[], str]
    load: Callable[[], Any]
    ours: bool = False
    """Part of this distribution: its words are checked by our tests, not at each start."""
    path: str = ""
    """The file with which one of the site's own begins."""


def installed() -> Iterator[Found]:
    """Plugins that installed distributions advertise, ours among them."""
    for point in sorted(importlib.metadata.entry_points(group=GROUP), key=lambda point: point.name):
        dist = point.dist
        ours = dist is not None and dist.name == "cstui"
        version = partial(getattr, dist, "version", "") if not ours else lambda: __version__
        yield Found(point.name, version, point.load if ours else partial(within, point.load), ours)


def dropped_in(folders: Sequence[Path], notes: list[Text]) -> Iterator[Found]:
    """Plugins in the site's folders, in sorted order, from places that nobody else can write to."""
    for folder in folders:
        if fault := unusable(folder):
            notes.append(fault)
            continue
        for path in sorted(folder.iterdir()):
            starts = [path / name for name in ("__init__.py", TOML)] if path.is_dir() else [path]
            start, *other = [*filter(Path.is_file, starts)] or [path]
            if other:
                notes.append(Text("plugin.two_starts", path=str(path)))
            name = path.name if path.is_dir() else path.stem
            if start.suffix != ".py" and start.name != TOML:
                continue
            if name.isidentifier() or (start.name == TOML and "." not in name):  # the check says what is wrong with it
                load = partial(_load_file, name, path, start)
                yield Found(name, partial(_site_version, name), load, path=str(start))
            elif "." not in name:  # visitors.bak is put by, visitors-old is meant
                notes.append(Text("plugin.bad_name", path=str(path)))


def unusable(folder: Path) -> Text | None:
    """Why a folder isn't looked into, if so."""
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return Text("plugin.no_folder", path=str(folder))
    return _exposed(folder)


def _load_file(name: str, path: Path, start: Path) -> Any:
    for one in _all(path, set()):
        if fault := _exposed(one):
            raise Unsound(fault)
    if SITE not in sys.modules:
        sys.modules[SITE] = types.ModuleType(SITE)
        sys.modules[SITE].__path__ = []
    full = f"{SITE}.{name}"
    if start.name == TOML:
        sys.modules[full] = module = _declared(name, full, start)
        return module
    places = [str(path)] if path.is_dir() else None
    spec = importlib.util.spec_from_file_location(full, start, submodule_search_locations=places)
    assert spec is not None and spec.loader is not None
    sys.modules[full] = module = importlib.util.module_from_spec(spec)
    try:
        within(partial(spec.loader.exec_module, module))
    except BaseException:
        del sys.modules[full]
        raise
    setattr(sys.modules[SITE], name, module)
    return module


def _all(path: Path, seen: set[Path]) -> Iterator[Path]:
    """A file or folder with all that lies below it, also by way of links."""
    yield path
    if path.is_dir() and path.resolve() not in seen:
        seen.add(path.resolve())
        for one in path.iterdir():
            yield from _all(one, seen)


def _declared(name: str, full: str, path: Path) -> types.ModuleType:
    """An area without code, as the module that it would be."""
    from cstui.declared import load

    module = types.ModuleType(full)
    try:
        load(path, module, name)
    except ConfigFault as fault:
        raise Unsound(fault.text, (str(path), toml.line_of(fault))) from fault
    return module


def _site_version(name: str) -> str:
    return str(getattr(sys.modules.get(f"{SITE}.{name}"), "__version__", ""))


def _exposed(path: Path) -> Text | None:
    """Why a file or folder isn't to be trusted with our rights, if so. A link is judged by what it leads to."""
    try:
        info = path.stat()
    except FileNotFoundError:  # gone meanwhile, or an editor's mark that a file is open (.#models.py → nowhere)
        hidden = path.name.startswith(".") or not path.is_symlink()
        return None if hidden else Text("plugin.leads_nowhere", path=str(path))
    if info.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Text("plugin.exposed", path=str(path))
    return Text("plugin.foreign", path=str(path)) if info.st_uid not in (0, os.geteuid()) else None


def misplaced(names: set[str], notes: list[Text], root: Path = ROOT) -> None:
    """In a checkout: what a stranger put among the bundled areas, where nothing looks for it."""
    if not (root / "pyproject.toml").is_file() or not names:
        return
    for path in sorted((root / "plugins").iterdir()) if (root / "plugins").is_dir() else ():
        if path.stem not in names and not path.name.startswith((".", "__")):
            notes.append(Text("plugin.misplaced", path=str(path)))


def unknown_disabled(disabled: frozenset[str], names: set[str], notes: list[Text]) -> None:
    """A misspelt name would leave the plugin on."""
    known = {*names, *map(area_id, names)}
    for name in sorted(disabled - known):
        near = get_close_matches(name, sorted(known), 1)
        text_id = "plugin.unknown_disabled" if near else "plugin.unknown_disabled_alone"
        notes.append(Text(text_id, plugin=name, near=near[0] if near else ""))


def area_id(plugin: str) -> str:
    """The id a plugin's area is likely to have."""
    return plugin.removeprefix("cstui_")
