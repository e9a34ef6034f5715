"""The help of one field of a form: what it is for, what it takes, and the rules that the act stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cstui.cells import clean
from cstui.tui.detail import rule_lines
from cstui.tui.fields import expected, options
from cstui.tui.paint import Run
from cstui.tui.screens.box import Box

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from cstui.contract.action import Action
    from cstui.sheet.fields import InputField
    from cstui.tui.app import Dashboard


async def explained(app: Dashboard, action: Action, field: InputField, info: FieldInfo) -> list[Sequence[Run]]:
    """What a field is for and takes, what the act does, and its rules with the figures in force: its own first."""
    assert app.host and app.actor
    ctx = await app.host.context(app.actor)
    must = app.say(f"tui.form.{'required' if field.required else 'optional'}")
    told: list[Sequence[Run]] = [[(app.label(action.area, field.name), "accent"), (f"   {must}", "dim")]]
    meaning = app.words.meaning(action.id, field.name, app.lang)
    told += [[(meaning, "strong")]] if meaning else []
    told += [[(line, "")] for line in expected(app, action, field, info)]
    told += [[(f"  {clean(label)}", "")] for _, label in options(app, action.area, field) if label]
    told += [[], [(app.say(f"{action.area}.action.{action.name}"), "accent")]]
    about = f"{action.area}.action.{action.name}.help"
    if app.words.find(about, app.lang):
        told.append([(app.say(about), "")])
    named = [one for one in re.findall(r"[a-z]\w*-\d+", meaning) if one in app.host.rules]
    for rule_id in dict.fromkeys([*named, *action.rules]):
        told += [[], *rule_lines(app, ctx, rule_id)]
    return told


class FieldHelp(Box):
    """Any key but an arrow goes back to the form."""

    def __init__(self, action: Action, field: InputField, info: FieldInfo) -> None:
        super().__init__()
        self.about = (action, field, info)

    async def told(self) -> list[Sequence[Run]]:
        return await self.app.call(explained(self.app, *self.about))
