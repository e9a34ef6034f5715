"""Why whoever sits here may not do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstui.contract.text import Text
from cstui.permitted import may_override, who_may

if TYPE_CHECKING:
    from cstui.contract.action import Action
    from cstui.tui.app import Dashboard


def forbidden(app: Dashboard, permission: str) -> Text | None:
    """Why whoever sits here may not do what needs this permission, or None."""
    assert app.host
    if app.actor is None or app.actor.may(permission):
        return None
    return who_may(app.actor, permission, app.host.settings.roles, app.holders)


def unable(app: Dashboard, action: Action) -> Text | None:
    """Why an action can't be done by whoever sits here, on whatever row, or None."""
    assert app.host
    store = app.host.store
    return forbidden(app, action.needs) or (Text(store.read_only, value=store.place) if store.read_only else None)


def can_override(app: Dashboard, action: Action) -> bool:
    """Whether whoever sits here may do an action in an emergency, although its permission or role is lacking."""
    assert app.host
    return not app.host.store.read_only and app.actor is not None and may_override(action, app.actor)
