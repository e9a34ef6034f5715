"""The pluggy hooks. Data belongs in `Area`; a hook exists only where strangers must cooperate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence

    from cstui.contract.action import Action
    from cstui.contract.context import Actor, Context
    from cstui.contract.declare import Area
    from cstui.contract.errors import Refusal
    from cstui.contract.text import Text

PROJECT = "cstui"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks of contract version 1."""

    @hookspec
    def cstui_area(self) -> Area | Sequence[Area]:  # type: ignore[empty-body]
        """Declare one area, or several."""

    @hookspec
    def cstui_amend_area(self, area: Area) -> Area | None:
        """Return a changed copy of another's area (`dataclasses.replace`), or None to leave it."""

    @hookspec
    def cstui_check_action(
        self, ctx: Context, action: Action, rows: Sequence[Any], data: Any
    ) -> Refusal | Awaitable[Refusal | None] | None:
        """Veto an act inside its locked transaction; an error here refuses the act too."""

    @hookspec
    def cstui_action_done(self, ctx: Context, action: Action, entry: int, text: Text | None) -> Awaitable[None] | None:
        """Hear of an act after it was committed; an error here is logged and undoes nothing."""

    @hookspec
    def cstui_actor(self, login: str, environ: Mapping[str, str]) -> Actor | None:
        """Say who a login is, where the site's own directory knows better than the staff list."""

    @hookspec
    def cstui_startup(self, site: str) -> None:
        """The store is open and all areas are known."""

    @hookspec
    def cstui_shutdown(self) -> None:
        """The program ends."""
