"""What is secret is registered, read by its circle, used, published, and marked to be destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_confidentiality.kinds import AssetState
from cstui_confidentiality.models import AssetReader, ConfidentialAsset
from cstui_confidentiality.scope import circle
from cstui_confidentiality.scope.inputs import (
    AddReader,
    ChangeAsset,
    ClassAsset,
    HandOver,
    MoveEmbargo,
    SetAsset,
    Spare,
)
from cstui_confidentiality.scope.presets import UPDATES

REQUIRED = ("title", "medium", "keeper", "location")
"""Of something that isn't on the register yet."""
LIVING = (AssetState.REGISTERED, AssetState.IN_USE)


async def set_one(ctx: Context, data: SetAsset) -> Text:
    (mark,) = await set_many(ctx, [data])
    if isinstance(mark, Exception):
        raise mark
    return Text(f"confidentiality.done.asset_{mark}", asset=data.asset_no)


async def set_many(ctx: Context, rows: Sequence[SetAsset]) -> list[Any]:
    """Many things at once; each is told what became of it."""
    numbers = [row.asset_no for row in rows]
    known = {one.asset_no: one for one in await ConfidentialAsset.filter(asset_no__in=numbers)}
    marks: list[Any] = []
    new, changed = [], []
    for row in rows:
        asset = known.get(row.asset_no)
        try:
            if asset is None:
                new.append(_new(ctx, row))
                marks.append("created")
            elif _change(asset, row):
                changed.append(asset)
                marks.append("updated")
            else:
                marks.append("unchanged")
        except (BadInput, Refusal) as fault:
            marks.append(fault)
    await ConfidentialAsset.insert(new)
    await ConfidentialAsset.change(changed, [f"{name}_id" if name in _RELATED else name for name in _GIVEN])
    return marks


_GIVEN = [*ChangeAsset.model_fields]
_RELATED = ("category", "keeper")


def _new(ctx: Context, row: SetAsset) -> ConfidentialAsset:
    """An update that isn't published is kept back until it is, unless that is told (confidentiality-06)."""
    for name in REQUIRED:
        if getattr(row, name) is None:
            raise BadInput("confidentiality.refusal.asset_needs", field=name, value=row.asset_no)
    made = ConfidentialAsset(asset_no=row.asset_no, registered_at=utc(ctx.now), registered_by=ctx.actor.login)
    update = row.category is not None and row.category.code == UPDATES
    if row.embargo is None:
        made.embargo = update and held_back(ctx)
    _change(made, row)
    return made


def held_back(ctx: Context) -> bool:
    """Whether what isn't published is under embargo without being told so."""
    rule = ctx.rule("confidentiality-06")
    return bool(rule.on and rule.embargo_default == "until_published")


def _change(asset: ConfidentialAsset, row: ChangeAsset) -> bool:
    """Put what was given into a thing; whether that is anything new. What was destroyed stays as it was."""
    given = {name: value for name in _GIVEN if (value := getattr(row, name)) is not None}
    if row.embargo_until is not None and row.embargo is not False:
        given["embargo"] = True
    values = {f"{name}_id" if name in _RELATED else name: getattr(v, "pk", v) for name, v in given.items()}
    if all(getattr(asset, name) == value for name, value in values.items()):
        return False
    if asset.state is AssetState.DESTROYED:
        raise Refusal("confidentiality.refusal.asset_gone", field="asset_no", value=asset.asset_no)
    asset.update_from_dict(values)
    return True


async def change(ctx: Context, asset: ConfidentialAsset, data: ChangeAsset) -> Text:
    changed = _change(asset, data)
    if changed:
        await asset.save()
    return Text(f"confidentiality.done.asset_{'updated' if changed else 'unchanged'}", asset=asset.asset_no)


async def change_prefill(ctx: Context, rows: Sequence[ConfidentialAsset]) -> dict[str, Any]:
    """The thing as it is, but for where it is and what it says: who doesn't fill that in leaves it."""
    asset = rows[0]
    now = {name: getattr(asset, name) for name in ChangeAsset.model_fields if name not in ("location", "content")}
    return now | {"category": asset.category and asset.category.code, "keeper": asset.keeper.login}


async def put_in_class(ctx: Context, assets: Sequence[ConfidentialAsset], data: ClassAsset) -> Text:
    """Everything secret belongs to a class (confidentiality-01)."""
    for asset in assets:
        Refusal.because(await class_blocked(ctx, asset), field="asset", value=asset.asset_no)
        asset.category = data.category
        await asset.save()
    return Text("confidentiality.done.classed", assets=names(assets), code=data.category.code)


async def class_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    return unless_in(asset, *LIVING, AssetState.MARKED)


async def hand_over(ctx: Context, assets: Sequence[ConfidentialAsset], data: HandOver) -> Text:
    """Somebody else keeps them from now on."""
    for asset in assets:
        Refusal.because(await class_blocked(ctx, asset), field="asset", value=asset.asset_no)
        asset.keeper = data.keeper
        await asset.save()
    return Text("confidentiality.done.handed_over", assets=names(assets))


async def begin_use(ctx: Context, assets: Sequence[ConfidentialAsset], data: None) -> Text:
    for asset in assets:
        Refusal.because(await begin_use_blocked(ctx, asset), field="asset", value=asset.asset_no)
        asset.state = AssetState.IN_USE
        await asset.save()
    return Text("confidentiality.done.asset_in_use", assets=names(assets))


async def begin_use_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    return circle.not_in_charge(ctx, asset) or unless_in(asset, AssetState.REGISTERED)


async def add_reader(ctx: Context, asset: ConfidentialAsset, data: AddReader) -> Text:
    """Somebody more is of its circle. Who may read a flaw is the supervisor's matter (confidentiality-10)."""
    Refusal.because(await add_reader_blocked(ctx, asset), field="asset", value=asset.asset_no)
    if circle.admits(asset, data.reader.pk):
        raise Refusal("confidentiality.refusal.reads_already", field="reader", value=data.reader.name,
                      asset=asset.asset_no)  # fmt: skip
    await AssetReader.create(asset=asset, staff=data.reader, since=utc(ctx.now), reason=data.reason)
    ctx.notes.append(Text("confidentiality.note.readers", people=data.reader.name))
    return Text("confidentiality.done.reader_added", asset=asset.asset_no)


async def add_reader_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    if asset.flaw and ctx.rule("confidentiality-10").on and not ctx.may(circle.KEEP):
        return Text("confidentiality.blocked.flaw", asset=asset.asset_no)
    return circle.not_in_charge(ctx, asset) or unless_in(asset, *LIVING, AssetState.MARKED)


async def end_reader(ctx: Context, readers: Sequence[AssetReader], data: None) -> Text:
    for reader in readers:
        Refusal.because(await end_reader_blocked(ctx, reader), field="reader", value=reader.staff.name)
        reader.until = utc(ctx.now)
        await reader.save()
    return Text("confidentiality.done.reader_ended", people="、".join(one.staff.name for one in readers))


async def end_reader_blocked(ctx: Context, reader: AssetReader) -> Text | None:
    if reader.until is not None:
        return Text("confidentiality.blocked.reader_ended", person=reader.staff.name)
    return circle.not_in_charge(ctx, reader.asset)


def embargoed(ctx: Context, asset: ConfidentialAsset, at: datetime | None = None) -> bool:
    """Whether it isn't to be told yet: until the moment, or, where there is none, until it is published."""
    if not asset.embargo or asset.state is AssetState.PUBLISHED:
        return False
    return asset.embargo_until is None or utc(at or ctx.now) < asset.embargo_until


async def publish(ctx: Context, asset: ConfidentialAsset, data: None) -> Text:
    """It was officially published: it is a secret no more."""
    Refusal.because(unless_in(asset, *LIVING), field="asset", value=asset.asset_no)
    if asset.embargo_until is not None:
        ctx.rule("confidentiality-06").forbid(
            embargoed(ctx, asset), "confidentiality.refusal.embargo_runs", field="asset", value=asset.asset_no,
            until=asset.embargo_until,
        )  # fmt: skip
    asset.state, asset.embargo, asset.published_at = AssetState.PUBLISHED, False, utc(ctx.now)
    await asset.save()
    return Text("confidentiality.done.published", asset=asset.asset_no, title=asset.title)


async def publish_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    return unless_in(asset, *LIVING)


async def move_embargo(ctx: Context, asset: ConfidentialAsset, data: MoveEmbargo) -> Text:
    """It is kept back until another moment, or, without one, until it is published."""
    Refusal.because(unless_in(asset, *LIVING), field="asset", value=asset.asset_no)
    if data.embargo_until is not None and data.embargo_until <= utc(ctx.now):
        raise BadInput("confidentiality.refusal.embargo_past", field="embargo_until", value=data.embargo_until)
    asset.embargo, asset.embargo_until = True, data.embargo_until
    await asset.save()
    word = "embargo_moved" if data.embargo_until else "embargo_open"
    return Text(f"confidentiality.done.{word}", asset=asset.asset_no, until=data.embargo_until)


async def mark(ctx: Context, assets: Sequence[ConfidentialAsset], data: None) -> Text:
    """They aren't needed any more and are to be destroyed; what is kept until a day isn't before it."""
    for asset in assets:
        Refusal.because(await mark_blocked(ctx, asset), field="asset", value=asset.asset_no)
        asset.state, asset.marked_at = AssetState.MARKED, utc(ctx.now)
        await asset.save()
    return Text("confidentiality.done.marked", assets=names(assets))


async def mark_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    if asset.retain_until is not None and ctx.today <= asset.retain_until:
        return Text("confidentiality.blocked.retained", asset=asset.asset_no, until=asset.retain_until)
    return circle.not_in_charge(ctx, asset) or unless_in(asset, *LIVING)


async def spare(ctx: Context, asset: ConfidentialAsset, data: Spare) -> Text:
    """Marked by mistake, or needed again."""
    Refusal.because(await spare_blocked(ctx, asset), field="asset", value=asset.asset_no)
    asset.state, asset.marked_at = AssetState.IN_USE, None
    await asset.save()
    return Text("confidentiality.done.spared", asset=asset.asset_no)


async def spare_blocked(ctx: Context, asset: ConfidentialAsset) -> Text | None:
    return circle.not_in_charge(ctx, asset) or unless_in(asset, AssetState.MARKED)


def names(assets: Sequence[ConfidentialAsset]) -> str:
    return "、".join(asset.asset_no for asset in assets)


def unless_in(asset: ConfidentialAsset, *states: AssetState) -> Text | None:
    """That its state keeps a thing from it."""
    if asset.state in states:
        return None
    return Text(
        "confidentiality.blocked.asset_state", asset=asset.asset_no, state=choice("confidentiality", asset.state)
    )
