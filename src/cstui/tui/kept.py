"""A login's own filters of a register, each kept under a name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from cstui import conditions
from cstui.contract.errors import BadInput, Fault

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard


async def filters(app: Dashboard, register_id: str) -> dict[str, str]:
    """This login's filters of a register: name → line."""
    from cstui.store.state import recall

    found: dict[str, str] = await app.call(recall(app.login, f"filters {register_id}", {}))
    return found


async def line_of(app: Dashboard, register_id: str, typed: str) -> str:
    """The line that was meant: `@NAME` is the filter kept under that name, `LINE @NAME` keeps it, `@NAME-` forgets it.

    Raises BadInput.
    """
    from cstui.store.state import keep

    assert app.host
    line, sign, name = typed.rpartition("@")
    name, line = name.strip(), line.strip()
    if not sign or not name or (line and not typed[len(line)].isspace()):
        return typed
    kept = await filters(app, register_id)
    if not line and name in kept:
        return kept[name]
    if not line and not (name.endswith("-") and name[:-1] in kept):
        raise BadInput("filter.not_kept", field="filter", value=name, near=", ".join(kept) or "-")
    if line:
        conditions.parse(app.host, app.host.registers[register_id], line)
        kept[name] = line
    else:
        del kept[name[:-1]]
    with suppress(Fault):
        await app.call(keep(app.host.store, app.login, f"filters {register_id}", kept))
    return line
