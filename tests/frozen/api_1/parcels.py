# Frozen: written for version 1 of the contract. Never edit: it must run with every later program of that version.
"""Parcels at the service desk: taken in, handed out, and a matter in Today once one has been there for too long."""

from datetime import timedelta

from tortoise import fields

from cstui.api import Action, Area, Column, DueItem, Growing, Input, Line, Param, Register, Rule, Text

WORDS = {
    "title": ("Parcels", "包裹"),
    "register.parcels": ("Parcels at the desk", "前台包裹"),
    "action.take_in": ("take in", "收件"),
    "action.hand_out": ("hand out", "领取"),
    "due.kept": ("Parcel {id} has waited too long: ring {name}", "{id} 号包裹久未领取：联系{name}"),
    "rule.01": ("Whoever leaves a parcel at the desk is rung", "包裹久未领取的，须联系收件人"),
    "figure.kept": ("time that a parcel may wait", "包裹可存放的时间"),
}


class Parcel(Growing):
    search_fields = ("name",)
    name = fields.CharField(max_length=40, null=True)
    since = fields.DatetimeField(null=True)

    class Meta:
        table = "parcels_parcel"


class TakeIn(Input):
    name: Line


async def take_in(ctx, data):
    await Parcel.create(name=data.name, since=ctx.now)


async def hand_out(ctx, parcel, data):
    await parcel.delete()


async def due(ctx):
    late = await Parcel.filter(since__lt=ctx.now - ctx.rule("parcels-01").kept)
    about = [(one.id, Text("parcels.due.kept", id=one.id, name=one.name)) for one in late]
    where = {"register": HERE.id, "actions": ("parcels.hand_out",), "rule": "parcels-01"}
    return [DueItem(f"parcels.kept:{pk}", "warning", said, records=(pk,), **where) for pk, said in about]


HERE = Register("parcels.parcels", Parcel, (Column("id"), Column("name"), Column("since")), "parcel", ("id",))
AREA = Area(
    "parcels",
    strings={lang: {name: both[n] for name, both in WORDS.items()} for n, lang in enumerate(("en", "zh_CN"))},
    models=__name__,
    rules=(Rule("parcels-01", "deadline", "rules of the desk", params=(Param("kept", timedelta(days=3), "d"),)),),
    registers=(HERE,),
    actions=(
        Action("parcels.take_in", take_in, "parcels.take_in", TakeIn, register=HERE.id),
        Action("parcels.hand_out", hand_out, "parcels.hand_out", None, "row", HERE.id, "h"),
    ),
    due=due,
)
