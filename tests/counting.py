"""How often the store is asked."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

import pytest
from tortoise import connections

from cstui.host import Host

T = TypeVar("T")


async def counted(host: Host, coroutine: Coroutine[Any, Any, T]) -> tuple[int, T]:
    """The number of queries that a coroutine makes, and what it answers."""
    asked = 0

    async def act() -> T:
        client = connections.get("default")

        def counting(ask: Any) -> Any:
            async def query(*args: Any, **kwargs: Any) -> Any:
                nonlocal asked
                asked += 1
                return await ask(*args, **kwargs)

            return query

        with pytest.MonkeyPatch.context() as patch:
            for name in ("execute_query", "execute_query_dict"):
                patch.setattr(client, name, counting(getattr(client, name)))
            return await coroutine

    answer = await host.call(act())
    return asked, answer
