"""Lamps that are out: who saw it, and a matter in Today until they shine again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tortoise import fields

from cstui.api import (
    Action,
    Area,
    Code,
    Column,
    Context,
    DueItem,
    Growing,
    Input,
    Param,
    Refusal,
    Register,
    Rule,
    Text,
)

SHINE = Rule("lamps-01", "deadline", "rules of the estate", params=(Param("repair", timedelta(days=2), "d"),))


class Lamp(Growing):
    """A lamp that was seen to be out."""

    search_fields = ("lamp_no",)

    lamp_no = fields.CharField(max_length=16, null=True, unique=True)
    out_since = fields.DatetimeField(null=True)

    class Meta:
        table = "lamps_lamp"


class Out(Input):
    lamp_no: Code


async def out(ctx: Context, data: Out) -> Text:
    if await Lamp.exists(lamp_no=data.lamp_no):
        raise Refusal("lamps.refusal.known", field="lamp_no", value=data.lamp_no)
    await Lamp.create(lamp_no=data.lamp_no, out_since=ctx.now)
    return Text("lamps.done.out", lamp_no=data.lamp_no)


async def shines(ctx: Context, lamp: Lamp, data: None) -> Text:
    await lamp.delete()
    return Text("lamps.done.shines", lamp_no=lamp.lamp_no)


async def due(ctx: Context) -> list[DueItem]:
    until = ctx.rule("lamps-01").repair
    return [
        DueItem(
            f"lamps.out:{lamp.pk}",
            "critical" if lamp.out_since + until < ctx.now else "warning",
            Text("lamps.due.out", lamp_no=lamp.lamp_no),
            rule="lamps-01",
            due=lamp.out_since + until,
            register="lamps.lamps",
            records=(lamp.pk,),
            actions=("lamps.shines",),
        )
        for lamp in await Lamp.all()
        if lamp.out_since
    ]


AREA = Area(
    "lamps",
    strings=str(Path(__file__).parent / "strings"),
    models=__name__,
    rules=(SHINE,),
    registers=(
        Register(
            "lamps.lamps",
            model=Lamp,
            columns=(Column("lamp_no", sort="lamp_no"), Column("out_since", width=16, sort="out_since")),
            noun="lamp",
            natural_key=("lamp_no",),
            sort="lamp_no",
        ),
    ),
    actions=(
        Action("lamps.out", run=out, needs="lamps.report", input=Out, register="lamps.lamps", mnemonic="n"),
        Action("lamps.shines", run=shines, needs="lamps.report", target="row", register="lamps.lamps", mnemonic="s"),
    ),
    due=due,
)
