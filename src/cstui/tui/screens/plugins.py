"""The areas in use, those that are disabled, and those set aside, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.tui.card import beside, set_aside
from cstui.tui.paint import Run
from cstui.tui.screens.reader import Reader


class Plugins(Reader):
    CORE = ("reload", "menu", "palette", "help", "back")

    def heading(self) -> str:
        return self.app.say("tui.core.plugins")

    async def told(self) -> list[Sequence[Run]]:
        say, loaded = self.app.say, self.host.loaded
        told: list[Sequence[Run]] = [[(say("tui.plugins.host"), "accent")]]
        shipped = {area for plugin in loaded.plugins for area in plugin.areas}
        own = [area for area in self.host.areas if area not in shipped]
        told += [[(f"  {say(f'{area}.title')}", ""), (f"  {area}", "dim")] for area in own]
        told += [[], [(say("tui.plugins.loaded"), "accent")]]
        for plugin in loaded.plugins:
            names = say("value.join").join(say(f"{area}.title") for area in plugin.areas)
            told.append(
                [(f"  {names}", ""), (f"  {plugin.name} {plugin.version}  {beside(self.app, plugin.path)}", "dim")]
            )
        if loaded.disabled:
            told += [[], [(say("tui.plugins.disabled"), "accent")], [(f"  {', '.join(loaded.disabled)}", "dim")]]
        if loaded.quarantine:
            told += [[], [(say("tui.plugins.quarantine"), "critical")]]
            for fault in loaded.quarantine:
                told += [*set_aside(self.app, fault, self.size.width - 2), []]
        told += [[(say(note), "dim")] for note in (*self.host.settings.notes, *loaded.notes, *loaded.manager.notes)]
        return told
