"""Why somebody may not do something: in words, with who may and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstui.contract.context import Actor
from cstui.contract.text import Text
from cstui.people import role_name

if TYPE_CHECKING:
    from cstui.contract.declare import Action
    from cstui.tui.app import Dashboard

NAMED = 4
"""People named whom one may ask."""


def forbidden(app: Dashboard, permission: str) -> Text | None:
    """Why whoever sits here may not do what needs this permission, or None.

    Roles that may do everything are named only where there is no other.
    """
    assert app.host
    if app.actor is None or app.actor.may(permission):
        return None
    able = {
        role: "*" in granted
        for role, granted in app.host.settings.roles.items()
        if Actor("", permissions=frozenset(granted)).may(permission)
    }
    roles = [role for role, everything in able.items() if not everything] or list(able)
    if not roles:
        return Text("tui.no_permission", value=permission)
    names = list(dict.fromkeys(name for role in roles for name in app.holders.get(role, ())))[:NAMED]
    told = "others_may" if names else "nobody_may"
    return Text(f"tui.{told}", roles=[role_name(role) for role in roles], names=names)


def unable(app: Dashboard, action: Action) -> Text | None:
    """Why an action can't be done by whoever sits here, on whatever row, or None."""
    assert app.host
    store = app.host.store
    return forbidden(app, action.needs) or (Text(store.read_only, value=store.place) if store.read_only else None)
