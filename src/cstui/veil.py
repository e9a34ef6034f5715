"""What the journal keeps from somebody: entries about records that a private register doesn't show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cstui.contract.text import Text
from cstui.registers import base_query

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.host import Host
    from cstui.journal import Told


async def hidden(host: Host, ctx: Context, refs: Iterable[str]) -> set[str]:
    """Those of some records ("confidentiality_leak:7") that private registers keep from this actor."""
    private: dict[str, list[Any]] = {}
    for register in host.registers.values():
        if register.private:
            model: Any = register.model
            private.setdefault(model._meta.db_table, []).append(register)
    asked: dict[str, set[int]] = {}
    for ref in refs:
        table, _, key = ref.rpartition(":")
        if table in private and key.isdecimal():
            asked.setdefault(table, set()).add(int(key))
    found: set[str] = set()
    for table, keys in asked.items():
        shown: set[Any] = set()
        for register in private[table]:
            needs = register.needs or f"{register.id.split('.', 1)[0]}.look"
            if ctx.may(needs):
                rows = base_query(ctx, register).filter(id__in=sorted(keys))
                shown |= {*await rows.values_list("id", flat=True)}
        found |= {f"{table}:{key}" for key in keys - shown}
    return found


async def veiled(host: Host, ctx: Context, entries: Sequence[Told]) -> list[Told]:
    """Entries as this actor may read them: of one about a record that is kept from them only that it is there."""
    if not entries:
        return []
    numbers = ",".join(str(int(entry.seq)) for entry in entries)
    rows = await host.store.query(f"SELECT seq, ref FROM house_ref WHERE seq IN ({numbers})")
    kept = await hidden(host, ctx, {row["ref"] for row in rows})
    veils = {row["seq"] for row in rows if row["ref"] in kept}
    return [_veil(entry) if entry.seq in veils else entry for entry in entries]


def _veil(entry: Told) -> Told:
    text = Text("journal.veiled")
    return replace(entry, actor="", name="—", action="", text=text, rules=(), input={}, changes=())
