"""An inspection is begun, walked through item by item, and signed; what it found wrong becomes defects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_hygiene.defects.opening import Found, cleaners, open_defects
from cstui_hygiene.inspections.inputs import BeginInspection, Fail, NamePlace
from cstui_hygiene.kinds import InspectionKind, InspectionState, Item, Verdict
from cstui_hygiene.models import CleaningArea, HygieneInspection, InspectionItem, Locker
from cstui_hygiene.sheets import PART, points_of, score, sheet, told, worth_of

SAID = ("verdict", "deduction", "place", "remark", "person_id", "phone")
"""What is said of an item."""


async def begin(ctx: Context, data: BeginInspection) -> Text:
    """Lay out the sheet of an area or of a person's place. Nobody inspects themselves, nor what was theirs to clean."""
    if (data.area is None) == (data.staff is None):
        raise BadInput("hygiene.refusal.area_or_person", field="area", value=data.area.code if data.area else "")
    if ctx.actor.staff_id is None:
        raise Refusal("hygiene.refusal.inspector_unknown", field="inspector", value=ctx.actor.login)
    if data.area:
        await _apart(ctx, data.area, ctx.today)
    going = await HygieneInspection.filter(
        state=InspectionState.DRAFT, area_id=data.area and data.area.id, staff_id=data.staff and data.staff.id
    ).first()
    if going:
        raise Refusal("hygiene.refusal.inspection_going", field="area", value=going.inspection_no)
    items = sheet(ctx, data.area.kind if data.area else None, data.kind is InspectionKind.SPOT, ctx.today)
    if not items:
        raise Refusal("hygiene.refusal.nothing_to_inspect", field="area", value=data.area.code if data.area else "")
    made = await HygieneInspection.create(
        inspection_no=await HygieneInspection.next_number("inspection_no", "H", ctx.today), day=ctx.today,
        inspector_id=ctx.actor.staff_id, kind=data.kind, area=data.area, staff=data.staff,
    )  # fmt: skip
    await InspectionItem.insert(
        InspectionItem(
            inspection_id=made.id, item_no=f"{made.inspection_no}/{number:02}", item=item,
            points=points_of(ctx, item, ctx.today),
        )
        for number, item in enumerate(items, 1)
    )  # fmt: skip
    return Text("hygiene.done.inspection_begun", inspection=made.inspection_no, about=about(made), items=len(items))


def about(inspection: HygieneInspection) -> str:
    """What is inspected: the area's name, or the person's."""
    if inspection.area:
        return inspection.area.name
    return inspection.staff.name if inspection.staff else ""


async def _apart(ctx: Context, area: CleaningArea, day: date) -> None:
    if any(person.pk == ctx.actor.staff_id for _, person in await cleaners(area.id, day)):
        raise Refusal("hygiene.refusal.own_duty", field="area", value=area.code, name=area.name)


async def pass_items(ctx: Context, items: Sequence[InspectionItem], data: None) -> Text:
    """They are as they should be."""
    for item in items:
        await _mine(ctx, item)
        _corner_named(ctx, item, item.place)
        item.verdict, item.deduction, item.remark, item.person_id, item.phone = Verdict.PASS, 0, "", None, False
    return await _said(items)


async def not_applicable(ctx: Context, items: Sequence[InspectionItem], data: None) -> Text:
    """There is no such thing there: their points count neither way."""
    for item in items:
        await _mine(ctx, item)
        item.verdict, item.deduction, item.remark = Verdict.NOT_APPLICABLE, 0, ""
        item.person_id, item.phone = None, False
    return await _said(items)


async def fail(ctx: Context, items: Sequence[InspectionItem], data: Fail) -> Text:
    """They aren't as they should be. What is taken off stays within an item's points."""
    for item in items:
        await _mine(ctx, item)
        place, person = data.place or item.place, data.person
        _corner_named(ctx, item, place)
        if item.item is Item.FOREIGN:
            ctx.rule("hygiene-18", item.inspection.day).forbid(
                not data.remark, "hygiene.refusal.name_the_thing", field="remark", value=""
            )
        elif data.phone:
            raise BadInput("hygiene.refusal.phone_elsewhere", field="phone", value=choice("hygiene", item.item))
        if item.item is Item.LOCKERS and place:
            person = person or await _holder(place)
        lost = item.points if data.deduction is None else int(data.deduction * PART)
        if lost > item.points or (item.points and not lost):
            raise BadInput(
                "hygiene.refusal.deduction", field="deduction", value=told(lost), item=choice("hygiene", item.item),
                points=told(item.points),
            )  # fmt: skip
        item.verdict, item.deduction, item.remark = Verdict.FAIL, lost, data.remark
        item.place, item.phone, item.person_id = place, data.phone, person.id if person else None
    return await _said(items)


async def _holder(place: str) -> Staff | None:
    locker = await Locker.filter(locker_no=place).select_related("holder").first()
    if locker is None:
        raise BadInput("hygiene.refusal.no_locker", field="place", value=place)
    return locker.holder


async def name_place(ctx: Context, items: Sequence[InspectionItem], data: NamePlace) -> Text:
    """Say which corner, desk or locker was looked at."""
    for item in items:
        await _mine(ctx, item)
        item.place = data.place
    return await _said(items)


async def _mine(ctx: Context, item: InspectionItem) -> None:
    """Only the inspector decides an item, and only before signing."""
    if item.inspection.inspector_id != ctx.actor.staff_id:
        raise Refusal("hygiene.refusal.another_inspects", field="item", value=item.item_no,
                           person=item.inspection.inspector.name)  # fmt: skip
    if item.inspection.state is not InspectionState.DRAFT:
        raise Refusal("hygiene.refusal.inspection_signed", field="item", value=item.inspection.inspection_no)


def _corner_named(ctx: Context, item: InspectionItem, place: str) -> None:
    ctx.rule("hygiene-03", item.inspection.day).forbid(
        item.item is Item.DEAD_CORNER and not place, "hygiene.refusal.name_the_corner", field="place", value=""
    )


async def _said(items: Sequence[InspectionItem]) -> Text:
    await InspectionItem.change(items, SAID)
    left = await InspectionItem.filter(inspection_id=items[0].inspection_id, verdict=Verdict.UNDECIDED).count()
    return Text("hygiene.done.items_said" if left else "hygiene.done.items_all", count=len(items), left=left)


async def item_blocked(ctx: Context, item: InspectionItem) -> Text | None:
    if item.inspection.inspector_id != ctx.actor.staff_id:
        return Text("hygiene.refusal.another_inspects", value=item.item_no, person=item.inspection.inspector.name)
    return unless_draft(item.inspection)


def unless_draft(inspection: HygieneInspection) -> Text | None:
    if inspection.state is InspectionState.DRAFT:
        return None
    return Text("hygiene.blocked.inspection_signed", inspection=inspection.inspection_no)


async def sign(ctx: Context, inspection: HygieneInspection, data: None) -> Text:
    """Sign an inspection of which all items are decided: its score stands, and each failure becomes a defect."""
    _own(ctx, inspection)
    if inspection.area:
        await _apart(ctx, inspection.area, inspection.day)
    items = await InspectionItem.filter(inspection_id=inspection.id).select_related("person").order_by("id")
    if left := [item for item in items if item.verdict is Verdict.UNDECIDED]:
        raise Refusal("hygiene.refusal.items_open", field="inspection", value=inspection.inspection_no,
                      left=len(left), item=choice("hygiene", left[0].item))  # fmt: skip
    counted = [item for item in items if item.verdict is not Verdict.NOT_APPLICABLE]
    inspection.score = score(worth_of(counted), sum(item.deduction for item in counted))
    inspection.state, inspection.signed_at = InspectionState.SIGNED, utc(ctx.now)
    await inspection.save()
    failed = [item for item in items if item.verdict is Verdict.FAIL]
    await open_defects(
        ctx,
        [
            Found(item.item, item.remark, item.place, item.person or inspection.staff, inspection.area, item.phone)
            for item in failed
        ],
        inspection,
    )
    word = "inspection_signed" if inspection.score is not None else "inspection_unscored"
    return Text(f"hygiene.done.{word}", inspection=inspection.inspection_no, score=inspection.score, count=len(failed))


def _own(ctx: Context, inspection: HygieneInspection) -> None:
    if inspection.inspector_id != ctx.actor.staff_id:
        raise Refusal("hygiene.refusal.another_inspects", field="inspection", value=inspection.inspection_no,
                           person=inspection.inspector.name)  # fmt: skip
    if inspection.state is not InspectionState.DRAFT:
        raise Refusal("hygiene.refusal.inspection_signed", field="inspection", value=inspection.inspection_no)


async def sign_blocked(ctx: Context, inspection: HygieneInspection) -> Text | None:
    if blocked := unless_draft(inspection):
        return blocked
    left = await InspectionItem.filter(inspection_id=inspection.id, verdict=Verdict.UNDECIDED).count()
    return Text("hygiene.blocked.items_open", left=left) if left else None


async def drop(ctx: Context, inspection: HygieneInspection, data: None) -> Text:
    """Take back an inspection that isn't signed: whoever began it, or who decides."""
    if not ctx.may("hygiene.decide"):
        _own(ctx, inspection)
    elif blocked := unless_draft(inspection):
        raise Refusal(blocked.id, field="inspection", value=inspection.inspection_no, **blocked.args)
    number = inspection.inspection_no
    await InspectionItem.filter(inspection_id=inspection.id).delete()
    await inspection.delete()
    return Text("hygiene.done.inspection_dropped", inspection=number)


async def drop_blocked(ctx: Context, inspection: HygieneInspection) -> Text | None:
    return unless_draft(inspection)
