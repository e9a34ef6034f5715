"""Lost property: an area as a site would write it, used by the tests of the host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tortoise import fields

from cstui.api import (
    Action,
    AnonymousRecord,
    Area,
    Bulk,
    Code,
    Column,
    Consequence,
    Context,
    DueItem,
    Evidence,
    File,
    Input,
    Line,
    Param,
    Record,
    Register,
    Rule,
    Text,
    Whole,
)

KEPT = Rule("lost-01", "retention", "site rule 1", params=(Param("keep", timedelta(days=30), "d"),))
NAMED = Rule("lost-02", "prohibition", "site rule 2", params=(Param("agreed_by", ()),))


class Item(Record):
    """A thing that was found."""

    search_fields = ("tag", "name")

    tag = fields.CharField(max_length=16, unique=True)
    name = fields.CharField(max_length=200)
    owner = fields.CharField(max_length=64, default="")
    found_at = fields.DatetimeField()

    class Meta:
        table = "lost_item"


class Whisper(AnonymousRecord):
    """A remark nobody signs."""

    words = fields.CharField(max_length=200)

    class Meta:
        table = "lost_whisper"


class Pass(Evidence):
    """Somebody went through a gate, as the gate's own log has it."""

    unique = "digest"
    search_fields = ("who",)

    who = fields.CharField(max_length=64)
    at = fields.DatetimeField(db_index=True)
    digest = fields.CharField(max_length=64, unique=True)

    class Meta:
        table = "lost_pass"


class Passed(Input):
    who: Line
    count: Whole


class Taken(Input):
    log: File
    remark: Line | None = None


class Find(Input):
    tag: Code
    name: Line


class Give(Input):
    owner: Line


class Whispered(Input):
    words: Line


async def find(ctx: Context, data: Find) -> Text:
    await keep(ctx, [data])
    return Text("lost.done.found", tag=data.tag)


async def keep(ctx: Context, rows: Sequence[Find]) -> list[str]:
    marks = []
    for row in rows:
        item = await Item.filter(tag=row.tag).first()
        if item is None:
            await Item.create(tag=row.tag, name=row.name, found_at=ctx.now)
            marks.append("created")
        elif item.name != row.name:
            item.name = row.name
            await item.save()
            marks.append("updated")
        else:
            marks.append("unchanged")
    return marks


async def give(ctx: Context, rows: list[Item], data: Give) -> Text:
    for item in rows:
        ctx.rule("lost-02").forbid(bool(item.owner), "lost.refusal.given", value=item.tag, owner=item.owner)
        item.owner = data.owner
        await item.save()
    return Text("lost.done.given", owner=data.owner)


async def scrap(ctx: Context, item: Item, data: None) -> None:
    await item.delete()


async def whisper(ctx: Context, data: Whispered) -> None:
    await Whisper.create(day=ctx.today, words=data.words)


async def passed(ctx: Context, data: Passed) -> Text:
    rows = ((f"{data.who}{n}", ctx.now, f"{data.who}:{n}") for n in range(data.count))
    added, doubled = await Pass.add(ctx, ("who", "at", "digest"), rows)
    ctx.rule("lost-02").forbid(data.who == "nobody", "lost.refusal.given", value=data.who, owner=data.who)
    return Text("lost.done.passed", added=added, doubled=doubled)


async def take(ctx: Context, data: Taken) -> Text:
    """A gate's log: a name in each line."""

    def rows() -> Iterator[tuple[str, datetime, str]]:
        for number, line, cut in data.log.lines(64):
            if number % 100 == 0:
                ctx.progress(number)
            if not cut:
                yield line.decode(), ctx.now, f"{data.log.name}:{number}"

    added, doubled = await Pass.add(ctx, ("who", "at", "digest"), rows())
    return Text("lost.done.passed", added=added, doubled=doubled)


async def close(ctx: Context, data: None) -> Text:
    ctx.seal("lost_whisper", await Whisper.all().values("id", "day", "words"))
    return Text("lost.done.closed")


async def looked(ctx: Context, rows: Sequence[Item], data: Any) -> None:
    ctx.rule("lost-02").forbid(data.purpose == "curiosity", "lost.refusal.curious", field="purpose", value=data.purpose)


async def due(ctx: Context) -> list[DueItem]:
    before = ctx.now - ctx.rule("lost-01").keep
    return [
        DueItem(
            f"lost.kept:{item.pk}",
            "warning",
            Text("lost.due.kept", name=item.name),
            rule="lost-01",
            register="lost.items",
            records=(item.pk,),
            actions=("lost.give", "lost.scrap"),
        )
        for item in await Item.filter(owner="", found_at__lt=before)
    ]


AREA = Area(
    "lost",
    strings=str(Path(__file__).parent / "strings"),
    models=__name__,
    migrations=f"{__name__}.migrations",
    rules=(KEPT, NAMED),
    registers=(
        Register(
            "lost.items",
            model=Item,
            noun="item",
            natural_key=("tag",),
            sort="tag",
            columns=(Column("tag", sort="tag"), Column("name", width=30, sort="name"), Column("owner")),
        ),
        Register(
            "lost.passes",
            model=Pass,
            noun="pass",
            natural_key=("digest",),
            sort="-at",
            columns=(Column("who"), Column("at", width=16, sort="at"), Column("digest", sort="digest")),
        ),
    ),
    actions=(
        Action("lost.find", run=find, needs="lost.find", input=Find, register="lost.items", bulk=Bulk(keep, ("tag",))),
        Action(
            "lost.give", run=give, needs="lost.give", input=Give, target="rows", register="lost.items",
            mnemonic="g", rules=("lost-02",),
        ),
        Action("lost.scrap", run=scrap, needs="lost.scrap", target="row", register="lost.items", dangerous=True),
        Action("lost.whisper", run=whisper, needs="lost.whisper", input=Whispered, anonymous=True),
        Action("lost.passed", run=passed, needs="lost.passed", input=Passed, register="lost.passes"),
        Action("lost.take", run=take, needs="lost.take", input=Taken),
        Action("lost.close", run=close, needs="lost.close"),
    ),
    due=due,
    consequences=(Consequence("site.reveal", looked),),
    figures_approver=lambda ctx: ctx.rule("lost-02").agreed_by,
)  # fmt: skip
