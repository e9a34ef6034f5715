"""Areas from plugins: discover → check → import → register → report. One that fails is set aside, alone."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from cstui.config import Settings
from cstui.contract.declare import Area
from cstui.contract.text import Text
from cstui.plugins.call import Manager, call_each
from cstui.plugins.check import HOST_AREAS, faults_among, faults_of
from cstui.plugins.faults import Place, Unsound, place_of, reason_of, together
from cstui.plugins.find import Found, area_id, dropped_in, installed, misplaced, unknown_disabled
from cstui.plugins.modules import forget

__all__ = [
    "Loaded",
    "Manager",
    "Plugin",
    "Quarantined",
    "Unsound",
    "call_each",
    "forget",
    "load",
    "place_of",
    "put_aside",
    "reason_of",
]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Quarantined:
    """A plugin set aside. `stage` is find, import, check, amend or store; `reason` one line with file and line.

    `place` is where to mend it: line 0 where no one line is at fault, no file where an installed package is.
    """

    plugin: str
    version: str
    stage: str
    reason: Text
    place: Place = ("", 0)

    @property
    def called(self) -> str:
        """Its name, with its version where that is known."""
        return f"{self.plugin} {self.version}".rstrip()


@dataclass(frozen=True)
class Plugin:
    """A plugin in use and the ids of its areas. `path` is the file with which one of the site's own begins.

    `notes` are remarks for its author.
    """

    name: str
    version: str
    areas: tuple[str, ...]
    path: str = ""
    notes: tuple[Text, ...] = ()


@dataclass
class Loaded:
    """What was found. `absent` are the likely ids of areas that are there but not in use."""

    areas: dict[str, Area]
    manager: Manager
    plugins: list[Plugin] = field(default_factory=list)
    quarantine: list[Quarantined] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    disabled: list[str] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    strict: bool = False

    @property
    def own(self) -> frozenset[str]:
        """Areas of the site's own: those that aren't shipped with cstui."""
        return frozenset(area for one in self.plugins if not one.name.startswith("cstui_") for area in one.areas)


def load(settings: Settings, safe: bool = False, environ: Mapping[str, str] = os.environ) -> Loaded:
    """Load the host's areas, then every plugin that isn't disabled (none if `safe`), the site's own as they are now.

    Raises only for faults of the host's own areas, or of any with CSTUI_STRICT=1.
    """
    strict = environ.get("CSTUI_STRICT") == "1"
    loaded = Loaded({}, Manager(), strict=strict)
    for name in HOST_AREAS:
        area = importlib.import_module(f"cstui.{name}").AREA
        if faults := faults_of(area, words=False):
            raise Unsound(together(faults))
        loaded.areas[area.id] = area
    forget()
    found = [*installed(), *dropped_in(settings.plugins.dirs, loaded.notes)]
    misplaced({one.name for one in found}, loaded.notes)
    unknown_disabled(settings.plugins.disabled, {one.name for one in found}, loaded.notes)
    if safe:
        loaded.notes.append(Text("plugin.safe"))
    owners: dict[str, Found] = {}
    for one in found:
        if safe or {one.name, area_id(one.name)} & settings.plugins.disabled:
            loaded.absent.add(area_id(one.name))
            if not safe:
                loaded.disabled.append(one.name)
            continue
        if one.name in owners:
            reason = Text("plugins.fault.plugin_twice")
            loaded.quarantine.append(Quarantined(one.name, "", "find", reason, (one.path, 0)))
        elif _attempt(loaded, one, "import", strict, partial(_take, loaded, one)):
            owners[one.name] = one
    _check_among(loaded, owners, strict)
    _amend(loaded, owners, strict)
    return loaded


def _take(loaded: Loaded, one: Found) -> None:
    plugin = one.load()
    if misfits := [*loaded.manager.misfits(plugin)]:
        raise Unsound(together([fault for fault, _ in misfits]), misfits[0][1])
    loaded.manager.register(plugin, one.name)
    areas = _areas(loaded.manager, plugin)
    faults = [fault for area in areas for fault in faults_of(area, words=not one.ours)]
    ids = [area.id for area in areas if isinstance(area, Area)]
    faults += [
        Text("plugins.fault.area_twice", area=name) for name in ids if name in loaded.areas or ids.count(name) > 1
    ]
    hooks = _implementations(loaded.manager, plugin)
    if not areas and not hooks:
        faults.append(Text("plugins.fault.nothing"))
    if faults:
        raise Unsound(together(faults))
    loaded.areas.update({area.id: area for area in areas})
    loaded.plugins.append(Plugin(one.name, one.version(), tuple(ids), one.path, getattr(plugin, "NOTES", ())))


def put_aside(loaded: Loaded, area: str, reason: Text) -> None:
    """Take the plugin of an area out of use after all: the store has no place for its records."""
    plugin = next(one for one in loaded.plugins if area in one.areas)
    found = Found(plugin.name, lambda: plugin.version, lambda: None, path=plugin.path)
    _set_aside(loaded, found, "store", Unsound(reason))


def _areas(manager: Manager, plugin: Any) -> list[Any]:
    """The areas of a plugin: its AREA and what its hook declares."""
    given: list[Any] = [getattr(plugin, "AREA", None)]
    given += [impl.function() for impl in manager.hook.cstui_area.get_hookimpls() if impl.plugin is plugin]
    areas: list[Any] = []
    for one in given:
        several = one if isinstance(one, list | tuple) else [] if one is None else [one]
        areas += [area for area in several if not any(area is known for known in areas)]
    return areas


def _implementations(manager: Manager, plugin: Any) -> list[Any]:
    callers = manager.get_hookcallers(plugin) or []
    return [impl for caller in callers for impl in caller.get_hookimpls() if impl.plugin is plugin]


def _attempt(loaded: Loaded, one: Found, stage: str, strict: bool, act: Callable[[], None]) -> bool:
    """Do it, or set the plugin aside."""
    try:
        act()
    except (Exception, SystemExit) as error:
        _set_aside(loaded, one, stage, error)
        if strict:
            raise
        return False
    return True


def _set_aside(loaded: Loaded, one: Found, stage: str, error: BaseException) -> None:
    log.warning("plugin %s is set aside (%s)", one.name, stage, exc_info=error)
    version = ""
    with suppress(Exception):
        version = one.version()
    place = place_of(error) if place_of(error)[0] else (one.path, 0)
    loaded.quarantine.append(Quarantined(one.name, version, stage, reason_of(error), place))
    loaded.absent.add(area_id(one.name))
    for plugin in [plugin for plugin in loaded.plugins if plugin.name == one.name]:
        loaded.plugins.remove(plugin)
        for name in plugin.areas:
            del loaded.areas[name]
            loaded.absent.add(name)
    if loaded.manager.has_plugin(one.name):
        loaded.manager.unregister(name=one.name)


def _check_among(loaded: Loaded, owners: Mapping[str, Found], strict: bool) -> None:
    """Set aside who names registers that nobody has, until all that is left holds together."""

    def check(plugin: Plugin) -> None:
        if faults := [fault for name in plugin.areas for fault in faults_among(loaded.areas[name], loaded.areas)]:
            raise Unsound(together(faults))

    while not all(_attempt(loaded, owners[one.name], "check", strict, partial(check, one)) for one in loaded.plugins):
        pass


def _amend(loaded: Loaded, owners: Mapping[str, Found], strict: bool) -> None:
    """Let plugins change each other's areas; one whose change is unsound is set aside with all its changes."""
    impls = [*reversed(loaded.manager.hook.cstui_amend_area.get_hookimpls())]
    while impls:
        amended = dict(loaded.areas)

        def change(impl: Any, amended: dict[str, Area] = amended) -> None:
            for name, area in amended.items():
                changed = impl.function(area)
                if changed is None:
                    continue
                faults = faults_of(changed, words=False)
                if not faults and changed.id != name:
                    faults = [Text("plugins.fault.other_id", area=name)]
                if faults:
                    raise Unsound(together(faults))
                amended[name] = changed

        kept = [
            one for one in impls if _attempt(loaded, owners[one.plugin_name], "amend", strict, partial(change, one))
        ]
        if len(kept) == len(impls):
            loaded.areas = amended
            return
        impls = kept
