"""Showing what is masked: whoever may says what for, and the journal keeps it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from cstui.contract.action import Action
from cstui.contract.context import Context
from cstui.contract.errors import BadInput, NotPermitted
from cstui.contract.inputs import Code, Input, Line, Reason, Reference, Whole
from cstui.contract.text import Text


class Reveal(Input):
    """`record` is a record's id; without one it is an export: the `count` rows of the register that `asked` leaves."""

    register_id: Annotated[Code, Field(max_length=64)]
    record: Whole | None = None
    count: Whole | None = None
    asked: Line = ""
    purpose: Reason
    ticket: Reference = ""


async def reveal(ctx: Context, data: Reveal) -> Text:
    """Journal that secret columns are shown in full, to whom and what for; what shows them asks for this first.

    An area that has a rule about it refuses by a Consequence of "site.reveal".
    """
    register = ctx.services.register(data.register_id)
    if register is None or not any(column.secret for column in (*register.columns, *register.sections)):
        raise BadInput("site.refusal.nothing_secret", field="register_id", value=data.register_id)
    area, _, name = register.id.partition(".")
    for permission in (register.needs or f"{area}.look", f"{area}.reveal"):
        if not ctx.may(permission):
            raise NotPermitted("engine.not_permitted", value=permission)
    called = Text(f"{area}.register.{name}")
    if data.record is None:
        return Text("site.done.revealed_list", register=called, count=data.count or 0, purpose=data.purpose)
    model: Any = register.model
    rows = register.query(ctx) if register.query else model.all()
    if not await rows.filter(id=data.record).exists():
        raise BadInput("site.refusal.no_record", field="record", value=data.record)
    ctx.about.add(f"{model._meta.db_table}:{data.record}")
    return Text("site.done.revealed", register=called, purpose=data.purpose)


# Asks for AREA.reveal of the register's own area; beyond it, for no more than everybody has.
ACTIONS = (Action("site.reveal", run=reveal, needs="people.look", input=Reveal, mnemonic="v", hidden=True),)
