"""The rules of all areas: in words, with the figures in force today and where each stands."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.tui.detail import rule_lines
from cstui.tui.paint import Run
from cstui.tui.screens.reader import Reader


class Rules(Reader):
    CORE = ("palette", "help", "back")

    def heading(self) -> str:
        return self.app.say("tui.core.rules")

    async def told(self) -> list[Sequence[Run]]:
        assert self.app.actor
        ctx = await self.app.call(self.host.context(self.app.actor))
        told: list[Sequence[Run]] = []
        area = ""
        for rule in self.host.rules.values():
            if rule.area != area:
                area = rule.area
                told += [[(self.app.say(f"{area}.title"), "accent")], []]
            told += [*rule_lines(self.app, ctx, rule.id), []]
        return told
