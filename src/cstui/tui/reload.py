"""The site's plugins read again while one works: the site is opened anew beside the former one, and the pages stay.

One plugin that fails is set aside as at any start; its fault is told on a card. Where the site can't be opened at all,
the former one goes on.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cstui import inputs
from cstui.contract.errors import Fault
from cstui.contract.text import Text, Verbatim
from cstui.host import Host
from cstui.people import holders
from cstui.plugins import forget, reason_of
from cstui.tui.page import Page
from cstui.tui.screens.faults import Faults
from cstui.tui.screens.form import Form
from cstui.tui.screens.importing import RUNNING, Import

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

log = logging.getLogger(__name__)
PAUSE = 0.02
"""Seconds between two looks whether the dashboard is at rest."""


async def reload(app: Dashboard, held: AsyncExitStack) -> AsyncExitStack:
    """Open the site with the plugins as they are now; answers what holds it open. `held` holds the former one.

    Until the dashboard is at rest the former site is worked with; what was asked of it is answered by it.
    """
    tell(app, Text("tui.reload.reading"), "dim")
    back, fresh = forget(), AsyncExitStack()
    try:
        host = await app.open_site(fresh)
    except Exception as error:
        back()
        if not isinstance(error, Fault):
            log.exception("the site couldn't be opened anew")
        reason = app.say(error.text if isinstance(error, Fault) else reason_of(error))
        tell(app, Text("tui.reload.former", reason=Verbatim(reason)), "critical")
        return held
    if not await _at_rest(app):
        await fresh.aclose()
        return held
    await _take(app, host)
    await held.aclose()
    inputs.forget()
    return fresh


def tell(app: Dashboard, text: Text, style: str) -> None:
    """Say it on the page, also where a form is open above it."""
    page = next(screen for screen in reversed(app.screen_stack) if isinstance(screen, Page))
    page.status(text, style)


async def _at_rest(app: Dashboard) -> bool:
    """Wait until nothing is being done or asked, and no box but a form is open; False if one leaves meanwhile."""
    while not app.leaving:
        await app.lock.free.wait()
        busy = bool(app.handing_in) or app.lock.on or any(map(_busy, app.screen_stack))
        if not busy and not app.asking and isinstance(app.screen, Page | Form):
            return True
        await asyncio.sleep(PAUSE)
    return False


def _busy(screen: Any) -> bool:
    return bool(getattr(screen, "busy", False)) or (isinstance(screen, Import) and screen.state in RUNNING)


async def _take(app: Dashboard, host: Host) -> None:
    """Work with this host from now on: each page shows what it showed, and a form has what was typed."""
    assert app.host
    host.clock = app.host.clock
    form = app.screen if isinstance(app.screen, Form) else None
    typed = form.typed_over() if form else {}
    if form:
        await app.pop_screen()
    gone = [at for at, screen in enumerate(app.screen_stack) if _gone(screen, host)]
    while gone and len(app.screen_stack) > gone[0]:
        await app.pop_screen()
    actor = await host.call(host.actor(app.login))
    held_by = await host.call(holders(host.clock().astimezone(host.zone).date()))
    await host.call(host.store.changed())
    while app.asking:
        await asyncio.sleep(PAUSE)
    # from here to the last page nothing is awaited: no page paints what it knows of the former declarations
    app.host, app.words, app.actor, app.holders = host, host.words, actor, held_by
    last = app.last.action.id if app.last else ""
    app.last = replace(app.last, action=host.actions[last]) if app.last and last in host.actions else None
    for page in app.screen_stack:
        if isinstance(page, Page):
            page.renew()
    await app.follow()
    if form and not gone:
        _open_again(app, form, typed)
    _tell_outcome(app, host)


def _gone(screen: Any, host: Host) -> bool:
    """Whether it shows something that is declared no more."""
    shown: dict[str, Any] = {"register_id": host.registers, "chart_id": host.charts, "view_id": host.views}
    return any(getattr(screen, name, None) not in (None, *known) for name, known in shown.items())


def _open_again(app: Dashboard, form: Form, typed: dict[str, str]) -> None:
    """The form anew, from the declaration as it is now, with what was typed. Where it has none any more, a draft stays.

    What others did to the record since the former form was opened is told as it would have been.
    """
    action, page = app.host and app.host.actions.get(form.action.id), app.screen
    fields: Any = getattr(action and action.input, "model_fields", {})
    if action and isinstance(page, Page) and fields.keys() - form.given.keys():
        again = Form(action, form.target, form.given, typed)
        again.override, again.seen = form.override, form.version
        page.fill_in(again)


def _tell_outcome(app: Dashboard, host: Host) -> None:
    own = [f"{plugin.name} {plugin.version}".rstrip() for plugin in host.loaded.plugins if plugin.path]
    if host.loaded.notes:
        tell(app, host.loaded.notes[0], "warning")
    elif own:
        tell(app, Text("tui.reload.done", names=app.say("value.join").join(own)), "good")
    else:
        tell(app, Text("tui.reload.none"), "")
    if host.quarantine:
        app.push_screen(Faults())
