"""Anonymous rows lie in the file in the order of their random keys, whenever they came.

A table in key order (`migrate._unordered`) isn't enough: within a page SQLite puts each new row before those that came
earlier, so that their places tell the order; PostgreSQL keeps every row where it was put, with the number of its
transaction, and dead ones beside it. So each anonymous act writes all rows of its area's tables anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tortoise.models import Model

from cstui.contract.records import AnonymousRecord, models_in

if TYPE_CHECKING:
    from cstui.contract.declare import Area


async def anonymous_rows(areas: Iterable[Area]) -> dict[str, int]:
    """How many anonymous rows each table holds."""
    models = [model for area in areas for model in models_in(area.models, AnonymousRecord)]
    return {model._meta.db_table: await model.all().count() for model in models}


async def shuffle(client: Any, model: type[Model]) -> None:
    """Write a table's rows anew, in key order, within an act. Their number is that of an open vote, not of years."""
    table = model._meta.db_table
    columns = list(model._meta.fields_db_projection.values())
    names = ",".join(f'"{name}"' for name in columns)
    rows = await client.execute_query_dict(f'SELECT {names} FROM "{table}" ORDER BY "id"')
    postgres = client.capabilities.dialect == "postgres"
    # TRUNCATE begins a new file; what DELETE leaves in the old one is zeroed by secure_delete
    await client.execute_query(f'TRUNCATE "{table}"' if postgres else f'DELETE FROM "{table}"')
    if rows:
        marks = ",".join(f"${at}" if postgres else "?" for at in range(1, len(columns) + 1))
        values = [[row[name] for name in columns] for row in rows]
        await client.execute_many(f'INSERT INTO "{table}"({names}) VALUES({marks})', values)
