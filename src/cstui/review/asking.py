"""What the areas say is due at a moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from cstui.contract.context import Context
from cstui.contract.declare import DueItem
from cstui.contract.text import Text, Verbatim

if TYPE_CHECKING:
    from cstui.host import Host

log = logging.getLogger(__name__)
PATIENCE = 10.0
"""Seconds an area may take to say what is due."""


async def due_items(host: Host, ctx: Context) -> tuple[list[DueItem], list[tuple[str, Text]]]:
    """Every area's items; an area that fails, or was quarantined, is unknown and never counts as done."""
    moment = (ctx.now, ctx.actor)
    if host.due_kept and host.due_kept[0] == moment:
        items, unknown = host.due_kept[1]
        return [*items], [*unknown]
    items, unknown = await _ask(host, ctx)
    if host.due_kept is not None:
        host.due_kept = moment, ([*items], [*unknown])
    return items, unknown


@contextmanager
def asked_once(host: Host) -> Iterator[None]:
    """Within it what is due at one moment is asked once: for acts of which it is known that they change none of it."""
    host.due_kept = ()
    try:
        yield
    finally:
        host.due_kept = None


async def _ask(host: Host, ctx: Context) -> tuple[list[DueItem], list[tuple[str, Text]]]:
    items: list[DueItem] = []
    unknown = [(fault.plugin, fault.reason) for fault in host.quarantine]
    for area in host.areas.values():
        if area.due is None:
            continue
        try:
            async with asyncio.timeout(PATIENCE):
                found = await area.due(ctx)
            items += [replace(item, area=area.id) for item in found]
        except (Exception, SystemExit) as error:
            if host.loaded.strict:
                raise
            log.exception("area %s could not say what is due", area.id)
            unknown.append((area.id, Verbatim(f"{type(error).__name__}: {error}")))
    return items, unknown
