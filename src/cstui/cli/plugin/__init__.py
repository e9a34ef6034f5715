"""Plugins at the command line: which there are, on and off; and in rooms of their own new, check, test, migrate."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cstui.cli.plugin.config import switch
from cstui.contract.errors import BadInput, Fault

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.plugins import Loaded


def states(call: Call, loaded: Loaded | None = None) -> list[dict[str, Any]]:
    """Every plugin with its version, areas and state, and why it isn't in use, or what its author should know."""
    from cstui import keymap, plugins
    from cstui.bindings import clashes
    from cstui.host import words_of

    loaded = loaded or plugins.load(call.settings)
    call.talk.words = words_of(loaded)
    say = call.talk.say
    for note in loaded.notes:  # what lies in a folder and isn't read
        call.talk.tell(say(note))
    keys = keymap.checked(call.settings, loaded.areas, loaded.absent, loaded.own).keymap
    lost: dict[str, list[str]] = {}
    for one in clashes((a for area in loaded.areas.values() for a in area.actions), keys, loaded.own):
        told = say("cli.plugin.lost", key=one.key, winner=one.winner, loser=one.loser)
        lost.setdefault(one.loser.split(".")[0], []).append(told)
    made = [
        _state(
            plugin.name,
            "active",
            plugin.version,
            plugin.areas,
            "; ".join([*(told for area in plugin.areas for told in lost.get(area, ())), *map(say, plugin.notes)]),
        )
        for plugin in loaded.plugins
    ]
    made += [_state(bad.plugin, "quarantined", bad.version, reason=say(bad.reason)) for bad in loaded.quarantine]
    made += [_state(name, "disabled") for name in loaded.disabled]
    return sorted(made, key=lambda one: str(one["name"]))


def _state(name: str, state: str, version: str = "", areas: Sequence[str] = (), reason: str = "") -> dict[str, Any]:
    return {"name": name, "version": version, "state": state, "areas": sorted(areas), "reason": reason}


def at_site(call: Call) -> Loaded:
    """The plugins, those that don't fit the site's store set aside. One that can't be read says nothing of them."""
    from cstui import opening, plugins
    from cstui.host import database_of

    loaded = plugins.load(call.settings)
    with suppress(Fault):
        asyncio.run(opening.fitting(database_of(call.settings), loaded))
    return loaded


def list_(call: Call) -> int:
    """`cstui plugin list`."""
    found = states(call, at_site(call))
    talk = call.talk
    if talk.json:
        talk.document({"plugins": found})
        return 0
    talk.table(
        [talk.say(f"cli.plugin.{name}") for name in ("name", "version", "state", "areas", "reason")],
        [
            [
                one["name"],
                one["version"],
                talk.say(f"cli.plugin.{one['state']}"),
                ", ".join(one["areas"]),
                one["reason"],
            ]
            for one in found
        ],
    )
    return 0


def enable(call: Call) -> int:
    """`cstui plugin enable NAME`."""
    return _switch(call, True)


def disable(call: Call) -> int:
    """`cstui plugin disable NAME`: from the next start on."""
    return _switch(call, False)


def _switch(call: Call, on: bool) -> int:
    name = call.given["NAME"]
    known(states(call), name)
    changed = switch(call.config_path, name, on)
    said = "same" if not changed else "enabled_now" if on else "disabled_now"
    if call.talk.json:
        call.talk.document({"plugin": name, "enabled": on, "changed": changed})
    else:
        call.talk.data(call.talk.say(f"cli.plugin.{said}", name=name))
    return 0


def known(found: list[dict[str, Any]], name: str) -> None:
    """Raise BadInput where there is no plugin of that name."""
    if all(one["name"] != name for one in found):
        raise BadInput("cli.plugin.unknown", value=name, near=", ".join(str(one["name"]) for one in found))
