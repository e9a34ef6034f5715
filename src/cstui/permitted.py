"""Who may do something: in words, with the roles that may and whom to ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cstui.contract.text import Text
from cstui.people import role_name, roles_with

NAMED = 4
"""People named whom one may ask."""


def who_may(permission: str, roles: Mapping[str, Collection[str]], holders: Mapping[str, Sequence[str]]) -> Text:
    """By the site's roles with their permissions, and the names of those who hold each today.

    Roles that may do everything are named only where there is no other.
    """
    able = roles_with(roles, permission)
    named = [role for role in able if "*" not in roles[role]] or able
    if not named:
        return Text("engine.no_role", value=permission)
    names = list(dict.fromkeys(name for role in named for name in holders.get(role, ())))[:NAMED]
    told = "others_may" if names else "nobody_may"
    return Text(f"engine.{told}", value=permission, roles=[role_name(role) for role in named], names=names)
