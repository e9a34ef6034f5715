"""The user's own keys: `[keymap]` of config.toml against what there is to give a key to.

A mistake here is named and passed over: nobody is kept from the dashboard by a key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.bindings import CORE, NAMES, clashes, key_named
from cstui.config import CATALOGUE
from cstui.contract.text import Text
from cstui.toml import where

if TYPE_CHECKING:
    from cstui.config import Settings
    from cstui.contract.declare import Area


def checked(
    settings: Settings, areas: Mapping[str, Area], absent: Collection[str] = (), site: Collection[str] = ()
) -> Settings:
    """The settings with a keymap of known names and keys only; `notes` tell what is wrong with the rest.

    `absent` are ids of areas not in use: keys for their actions are passed over silently. `site` are the areas of
    the site's own, which are asked last.
    """
    actions = [action for area in areas.values() for action in area.actions if not action.hidden]
    known = [*CORE, *(action.id for action in actions)]
    kept: dict[str, tuple[str, ...]] = {}

    def note(text_id: str, field: str, **args: str) -> None:
        place = where(Path(settings.path.name), settings.source, f"keymap.{field}")
        near = args.get("near")
        settings.notes.append(Text(text_id if near != "" else f"{text_id}_alone", where=place, field=field, **args))

    for name, written in settings.keymap.items():
        if name not in known:
            area = name.partition(".")[0]
            if area in areas or area not in {*absent, *CATALOGUE}:
                note("config.keymap_name", name, near="".join(get_close_matches(name, known, 1)))
            continue
        kept[name] = tuple(key for key in map(key_named, written) if key)
        for one in written:
            if not key_named(one):
                note("config.keymap_key", name, value=one, near="".join(get_close_matches(one.lower(), NAMES, 1)))
    for clash in clashes(actions, kept, site):
        if clash.loser in kept:
            text_id = "config.keymap_kept" if clash.winner == "move" else "config.keymap_clash"
            note(text_id, clash.loser, key=clash.key, winner=clash.winner)
    return settings.model_copy(update={"keymap": kept})
