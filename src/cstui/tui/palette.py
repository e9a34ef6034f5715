"""Everything by name: actions here, registers, screens."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cstui.contract.text import Text
from cstui.tui.screens.pick import Choice

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard
    from cstui.tui.page import Page

SCREENS = ("journal", "plugins", "language", "refresh", "sign_off", "help", "quit")


def registers(app: Dashboard) -> list[Choice]:
    """The registers this actor may look at: the regulations' first, then the house's."""
    assert app.host and app.actor
    made = []
    shipped = {area for plugin in app.host.loaded.plugins for area in plugin.areas}
    known = app.host.registers.items()
    for register_id, register in sorted(known, key=lambda pair: pair[0].split(".", 1)[0] not in shipped):
        area, name = register_id.split(".", 1)
        if app.actor.may(register.needs or f"{area}.look"):
            label = f"{app.say(f'{area}.title')}: {app.say(f'{area}.register.{name}')}"
            made.append(Choice(f"register:{register_id}", label, "", register_id))
    return made


def everything(page: Page) -> list[Choice]:
    """What can be done here first, then registers, screens, and actions that need no row."""
    app = page.app
    assert app.host and app.actor
    here = [
        Choice(f"action:{o.action.id}", o.label, o.key, o.reason or o.action.id, bool(o.reason)) for o in page.offers
    ]
    listed = {choice.id for choice in here}
    screens = [
        Choice(f"core:{name}", app.say(f"tui.core.{name}"), page.allocation.key(name), name)
        for name in SCREENS
        if hasattr(page, f"do_{name}")
    ]
    free = []
    for action in app.host.actions.values():
        if action.hidden or action.target != "none" or f"action:{action.id}" in listed:
            continue
        if app.actor.may(action.needs):
            label = f"{app.say(f'{action.area}.title')}: {app.say(f'{action.area}.action.{action.name}')}"
            free.append(Choice(f"action:{action.id}", label, "", action.id))
    return [*here, *registers(app), *_views(app), *free, *screens]


def _views(app: Dashboard) -> list[Choice]:
    """The areas' own views, by area."""
    assert app.host and app.actor
    return [
        Choice(f"view:{area.id}.{name}", f"{app.say(f'{area.id}.title')}: {app.say(f'{area.id}.view.{name}')}")
        for area in app.host.areas.values()
        for name in area.views
        if app.actor.may(f"{area.id}.look")
    ]


def _open_view(page: Page, area_id: str, name: str) -> None:
    """Import a view and show it; what fails there is said on the page that asked."""
    from cstui.tui.view import AreaView

    try:
        module, _, attribute = page.host.areas[area_id].views[name].partition(":")
        view: Any = getattr(import_module(module), attribute)()
        if not isinstance(view, AreaView):
            raise TypeError(f"{attribute} is no AreaView")
    except Exception as error:
        page.status(Text("tui.view.failed", reason=f"{type(error).__name__}: {error}"), "critical")
    else:
        page.app.push_screen(view)


async def follow(page: Page, chosen: str) -> None:
    """Go where a choice points."""
    from cstui.tui.screens.register import Register

    kind, _, name = chosen.partition(":")
    if kind == "register":
        page.app.push_screen(Register(name))
    elif kind == "view":
        _open_view(page, *name.split(".", 1))
    elif kind == "core":
        await page.do_core(name)
    elif any(offer.action.id == name for offer in page.offers):
        await page.perform_offer(name)
    else:
        await page.perform(page.host.actions[name])
