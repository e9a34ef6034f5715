"""Who may do something: in words, with the roles that may and whom to ask; and what may be done in an emergency."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from cstui.contract.action import Action
from cstui.contract.context import Actor
from cstui.contract.errors import NotPermitted
from cstui.contract.text import Text
from cstui.people import role_name, roles_of, roles_with
from cstui.plugins.check import HOST_AREAS

if TYPE_CHECKING:
    from cstui.host import Host

OVERRIDE = "emergency.override"
"""The permission to act in an emergency without the one that the act needs. No "AREA.*" has it."""
NAMED = 4
"""People named whom one may ask."""


def who_may(
    actor: Actor, permission: str, roles: Mapping[str, Collection[str]], holders: Mapping[str, Sequence[str]]
) -> Text:
    """By the site's roles with their permissions, and the names of those who hold each today.

    Roles that may do everything are named only where there is no other. A stranger learns who keeps the staff list.
    """
    if actor.staff_id is None and not actor.permissions:
        return Text("engine.stranger", value=actor.login, names=_names(roles_with(roles, "people.enrol"), holders))
    able = roles_with(roles, permission)
    named = [role for role in able if "*" not in roles[role]] or able
    if not named:
        return Text("engine.no_role", value=permission)
    names = _names(named, holders)
    told = "others_may" if names else "nobody_may"
    return Text(f"engine.{told}", value=permission, roles=[role_name(role) for role in named], names=names)


def _names(roles: Sequence[str], holders: Mapping[str, Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(name for role in roles for name in holders.get(role, ())))[:NAMED]


def urgent(action: Action) -> bool:
    """Whether an act may be one for an emergency.

    What is of the house itself (people, money, figures, the review) can wait; an approval can't. Where nobody is told
    who did it, nobody could answer for it.
    """
    of_house = action.area in HOST_AREAS and action.id != "approvals.approve"
    return not (of_house or action.anonymous or action.discreet)


def may_override(action: Action, actor: Actor) -> bool:
    """Whether somebody may do it in an emergency although they lack its permission, or the approver's role."""
    return urgent(action) and actor.may(OVERRIDE)


def permit(action: Action, actor: Actor, override: str = "") -> None:
    """Raises NotPermitted where somebody may not do it, in an emergency as little."""
    needs = OVERRIDE if override else action.needs
    if override and not urgent(action):
        raise NotPermitted("engine.can_wait", field="override", value=Text(f"{action.area}.action.{action.name}"))
    if not actor.may(needs):
        raise NotPermitted("engine.not_permitted", value=needs)


async def by_now(host: Host, actor: Actor) -> Actor:
    """Who somebody is after they waited: whose role has ended since they were known is known anew.

    Whom a plugin of the site knows stays as it knew them: it isn't asked while others wait for the store.
    """
    if not actor.roles or host.manager.hook.cstui_actor.get_hookimpls():
        return actor
    _, roles = await roles_of(actor.login, host.clock().astimezone(host.zone).date())
    return actor if actor.roles <= roles else await host.actor(actor.login)
