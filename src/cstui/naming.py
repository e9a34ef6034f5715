"""Which row is meant: by the name people give it, or by what they have typed of it so far."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tortoise.exceptions import ValidationError
from tortoise.queryset import QuerySet

from cstui.contract.declare import Ref, Register
from cstui.contract.errors import BadInput
from cstui.contract.search import begins, fold
from cstui.contract.text import Verbatim
from cstui.filters import having, narrow, stored
from cstui.registers import base_query, cell, name_of

if TYPE_CHECKING:
    from cstui.contract.context import Context
    from cstui.host import Host

CONSIDERED = 200
"""Rows looked at for the best completions of what was typed."""


@dataclass
class Finder:
    """Looks rows up by what was typed; remembers its answers for one act (an import names few people often)."""

    host: Host
    ctx: Context
    seen: dict[tuple[str, str], Any] = field(default_factory=dict)
    fitting: set[tuple[Ref, int]] = field(default_factory=set)
    """Records that may be chosen for a Ref with `only`."""

    async def find(self, register_id: str, typed: Any, field_name: str = "") -> Any:
        """The record named by its natural key, or by another `lookup` field where that is unique, or by #pk.

        Raises BadInput naming the value and near ones.
        """
        text = str(typed).strip()
        if (register_id, text) not in self.seen:
            self.seen[register_id, text] = await self._find(register_id, text, field_name)
        return self.seen[register_id, text]

    async def _find(self, register_id: str, text: str, field_name: str) -> Any:
        register = self.host.registers.get(register_id)
        if register is None:
            raise BadInput("engine.no_register", field=field_name, value=register_id, near="")
        rows = base_query(self.ctx, register)
        name = field_name or register.noun
        if text.startswith("#"):
            found = await self._matching(register, rows, "id", text[1:])
            if found:
                return found[0]
        for key in (*register.natural_key, *register.lookup) if len(register.natural_key) == 1 else register.lookup:
            matching = await self._matching(register, rows, key, text)
            if len(matching) == 1:
                return matching[0]
            if matching:
                raise BadInput("engine.several_rows", field=name, value=text)
        near = await self._near(register, rows, text)
        raise BadInput("engine.no_row" if near else "engine.no_row_alone", field=name, value=text, near=near)

    async def _matching(self, register: Register, rows: QuerySet[Any], key: str, text: str) -> list[Any]:
        try:
            return await rows.filter(**{key: stored(register, key, text)}).limit(2)
        except (ValueError, ValidationError):  # also longer than the column: nothing is called so
            return []

    async def _near(self, register: Register, rows: QuerySet[Any], text: str) -> str:
        if len(text) < 2:
            return ""
        near = await rows.filter(having(self.ctx, register, fold(text)[:12])).limit(3)
        if not near and len(register.natural_key) == 1:
            key = register.natural_key[0]
            values = await rows.filter(**{f"{key}__startswith": text[:2]}).limit(200)
            names = [name_of(register, row) for row in values]
            return ", ".join(difflib.get_close_matches(text, names, 3))
        return ", ".join(name_of(register, row) for row in near)


async def find(host: Host, ctx: Context, register_id: str, typed: Any) -> Any:
    """The record named by `typed`; see Finder.find."""
    return await Finder(host, ctx).find(register_id, typed)


async def choices(host: Host, ctx: Context, ref: Ref, typed: str, limit: int = 20) -> list[tuple[str, str, Any]]:
    """What may be chosen for a field that names a row: (natural key, label, record), best first."""
    register = host.registers[ref.register]
    rows = narrow(base_query(ctx, register), ctx, register, typed, {})
    if ref.only:
        rows = ref.only(ctx, rows)
    made = []
    for record in await rows.order_by(register.sort).limit(CONSIDERED):
        shown_ = [column for column in register.columns[:3] if not column.secret]
        values = [cell(ctx, column, record, register.id.split(".")[0]) for column in shown_]
        words = [value.args["words"] if isinstance(value, Verbatim) else value for value in values]
        shown = " ".join(word for word in words if isinstance(word, str))
        made.append((name_of(register, record), shown, record))
    asked = fold(typed)
    made.sort(key=lambda one: not any(words.startswith(asked) for words in begins(one[1])))
    return made[:limit]
