"""The store of a site, opened and brought up to date; areas of the site's own that don't fit it are set aside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from cstui import plugins
from cstui.contract.declare import Area
from cstui.contract.errors import StoreFault
from cstui.contract.text import Text
from cstui.store import fit, migrate
from cstui.store.store import Database, Store


@asynccontextmanager
async def up_to_date(database: Database, loaded: plugins.Loaded) -> AsyncIterator[Store]:
    """The store, opened; what it lacks is applied first, where it can be written. Who doesn't fit it is set aside."""
    async with Store.open(database, loaded.areas) as store:
        if await _fitting(store, loaded):
            yield store
            return
        if store.read_only:
            raise StoreFault("store.old", value=store.place)
    await bring_up_to_date(database, loaded)
    async with Store.open(database, loaded.areas) as store:
        _put_aside(loaded, await fit.unmigrated(store, _own(loaded)))
        yield store


async def fitting(database: Database, loaded: plugins.Loaded) -> None:
    """Set aside who doesn't fit the store as it stands; nothing in it is changed. Raises StoreFault."""
    async with Store.open(database, loaded.areas) as store:
        await _fitting(store, loaded)


async def _fitting(store: Store, loaded: plugins.Loaded) -> bool:
    """Set aside who doesn't fit; whether the store lacks nothing. What it still lacks isn't held against an area."""
    _put_aside(loaded, await fit.misgrown(store, loaded.areas))
    _put_aside(loaded, await fit.unreadable(store, _own(loaded)))
    if await migrate.compare(store, loaded.areas):
        return False
    _put_aside(loaded, await fit.unmigrated(store, _own(loaded)))
    return True


async def bring_up_to_date(database: Database, loaded: plugins.Loaded) -> None:
    """Bring the store up to date; one of the site's own areas whose migration fails is set aside, the others' go on."""
    while True:
        try:
            return await migrate.migrate(database, loaded.areas)
        except StoreFault as fault:
            if fault.text.id != "store.migration_failed" or fault.value not in loaded.own or loaded.strict:
                raise
            plugins.put_aside(loaded, fault.value, fault.text)


def _own(loaded: plugins.Loaded) -> dict[str, Area]:
    """The site's own areas."""
    return {name: loaded.areas[name] for name in sorted(loaded.own)}


def _put_aside(loaded: plugins.Loaded, unfit: Mapping[str, Text]) -> None:
    for area, reason in unfit.items():
        plugins.put_aside(loaded, area, reason)
