"""What is not the department's business, kept by login and name; openly unjournalled (see models.State)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cstui.store.models import State

if TYPE_CHECKING:
    from cstui.store.store import Store


async def recall(login: str, name: str, default: Any = None) -> Any:
    """What was kept under this name, or the default."""
    kept = await State.filter(login=login, name=name).first()
    return json.loads(kept.value) if kept else default


async def keep(store: Store, login: str, name: str, value: Any) -> None:
    """Keep a value (anything JSON holds). Raises StoreFault or Stale where the store can't be written."""
    await mend(store, login, name, lambda _: value)


async def mend(store: Store, login: str, name: str, change: Callable[[Any], Any]) -> Any:
    """Keep what is made of what was kept (None: nothing was), whatever other sessions kept meanwhile; answers it.

    Raises StoreFault or Stale where the store can't be written.
    """
    async with store.transaction():
        value = change(await recall(login, name))
        await State.update_or_create({"value": json.dumps(value, ensure_ascii=False)}, login=login, name=name)
    return value
