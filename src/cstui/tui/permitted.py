"""Why whoever sits here may not do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstui.contract.text import Text
from cstui.permitted import who_may

if TYPE_CHECKING:
    from cstui.contract.action import Action
    from cstui.tui.app import Dashboard


def forbidden(app: Dashboard, permission: str) -> Text | None:
    """Why whoever sits here may not do what needs this permission, or None."""
    assert app.host
    if app.actor is None or app.actor.may(permission):
        return None
    return who_may(permission, app.host.settings.roles, app.holders)


def unable(app: Dashboard, action: Action) -> Text | None:
    """Why an action can't be done by whoever sits here, on whatever row, or None."""
    assert app.host
    store = app.host.store
    return forbidden(app, action.needs) or (Text(store.read_only, value=store.place) if store.read_only else None)
