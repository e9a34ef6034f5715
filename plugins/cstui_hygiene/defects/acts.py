"""A defect is reported, accepted, put right, looked at again, passed on."""

from __future__ import annotations

from collections.abc import Sequence

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui_hygiene.defects.inputs import NameResponsible, Raise, Recheck, RefuseReport
from cstui_hygiene.defects.opening import Found, hand_on, offer_repeat, open_defects
from cstui_hygiene.defects.terms import due_of, is_overdue
from cstui_hygiene.kinds import DefectState, Item, SecondLook
from cstui_hygiene.models import HygieneDefect
from cstui_hygiene.sheets import rule_of


async def report(ctx: Context, data: Raise) -> Text:
    """A monitor tells of something; nothing is asked of anybody until it is accepted (hygiene-42)."""
    (defect,) = await open_defects(ctx, [_found(ctx, data)], reported=True)
    return Text("hygiene.done.defect_reported", defect=defect.defect_no)


async def raise_defect(ctx: Context, data: Raise) -> Text:
    """Something is to be put right, without an inspection."""
    (defect,) = await open_defects(ctx, [_found(ctx, data)])
    return _opened(defect)


def _found(ctx: Context, data: Raise) -> Found:
    if data.area is None and data.person is None:
        raise BadInput("hygiene.refusal.where", field="area", value="")
    rule = rule_of(ctx, data.item)
    if rule is None:
        raise BadInput("hygiene.refusal.not_asked", field="item", value=choice("hygiene", data.item))
    if data.item is Item.FOREIGN:
        rule.forbid(not data.remark, "hygiene.refusal.name_the_thing", field="remark", value="")
    elif data.phone:
        raise BadInput("hygiene.refusal.phone_elsewhere", field="phone", value=choice("hygiene", data.item))
    return Found(data.item, data.remark, data.place, data.person, data.area, data.phone)


def _opened(defect: HygieneDefect) -> Text:
    person = defect.responsible
    word = "defect_opened" if person else "defect_unowned"
    return Text(f"hygiene.done.{word}", defect=defect.defect_no, person=person.name if person else "",
                due=defect.due_at)  # fmt: skip


async def accept(ctx: Context, defect: HygieneDefect, data: None) -> Text:
    """What a monitor reported is so: from now on its time runs."""
    expect(defect, DefectState.REPORTED)
    defect.state, defect.counted_from = DefectState.OPEN, utc(ctx.now)
    defect.due_at = due_of(ctx, defect.item, ctx.now)
    await defect.save()
    await hand_on(ctx, defect)
    return _opened(defect)


async def refuse(ctx: Context, defect: HygieneDefect, data: RefuseReport) -> Text:
    """What a monitor reported isn't so, or no defect."""
    expect(defect, DefectState.REPORTED)
    defect.state, defect.note = DefectState.REFUSED, data.reason
    await defect.save()
    return Text("hygiene.done.defect_refused", defect=defect.defect_no)


async def fix(ctx: Context, defects: Sequence[HygieneDefect], data: None) -> Text:
    """They are put right; somebody else has yet to look."""
    if ctx.actor.staff_id is None:
        raise Refusal("hygiene.refusal.fixer_unknown", field="defect", value=ctx.actor.login)
    for defect in defects:
        expect(defect, DefectState.OPEN)
        defect.state, defect.fixed_at, defect.fixed_by_id = DefectState.FIXED, utc(ctx.now), ctx.actor.staff_id
    await HygieneDefect.change(defects, ("state", "fixed_at", "fixed_by_id"))
    return Text("hygiene.done.defects_fixed", defects="、".join(one.defect_no for one in defects))


async def recheck(ctx: Context, defect: HygieneDefect, data: Recheck) -> Text:
    """Another person than the fixer looks: it is closed, or open again with a new time (hygiene-47)."""
    expect(defect, DefectState.FIXED)
    defect.rechecked_by, defect.note = ctx.actor.login, data.note
    if data.look is SecondLook.PUT_RIGHT:
        defect.state, defect.closed_at = DefectState.CLOSED, utc(ctx.now)
        await defect.save()
        return Text("hygiene.done.defect_closed", defect=defect.defect_no)
    defect.state, defect.fixed_at, defect.fixed_by = DefectState.OPEN, None, None
    defect.reopened += 1
    defect.counted_from, defect.due_at = utc(ctx.now), due_of(ctx, defect.item, ctx.now)
    await defect.save()
    return Text("hygiene.done.defect_reopened", defect=defect.defect_no, due=defect.due_at)


async def name_responsible(ctx: Context, defect: HygieneDefect, data: NameResponsible) -> Text:
    """Say whose it was; until then it is put right by whoever had the area to clean."""
    Refusal.because(await name_blocked(ctx, defect), field="defect", value=defect.defect_no)
    defect.responsible, defect.named = data.person, True
    await defect.save()
    if defect.state is not DefectState.REPORTED:
        await offer_repeat(ctx, defect)
    return Text("hygiene.done.defect_named", defect=defect.defect_no, person=data.person.name)


async def pass_on(ctx: Context, defect: HygieneDefect, data: None) -> Text:
    """That it wasn't put right in time goes before those who decide on discipline."""
    Refusal.because(await pass_on_blocked(ctx, defect), field="defect", value=defect.defect_no, rule="hygiene-47")
    assert defect.responsible
    await ctx.propose(
        rule="hygiene-47", person=defect.responsible, record_id=defect.id,
        title=Text("hygiene.finding.overdue", person=defect.responsible.name, defect=defect.defect_no,
                   due=defect.due_at),
    )  # fmt: skip
    defect.passed_on = True
    await defect.save()
    return Text("hygiene.done.defect_passed_on", defect=defect.defect_no, person=defect.responsible.name)


def expect(defect: HygieneDefect, state: DefectState) -> None:
    if told := unless(defect, state):
        raise Refusal(told.id, field="defect", value=defect.defect_no, **told.args)


def unless(defect: HygieneDefect, state: DefectState) -> Text | None:
    """That a defect's state keeps it from being done."""
    return None if defect.state is state else Text("hygiene.blocked.defect", state=choice("hygiene", defect.state))


async def reported_only(ctx: Context, defect: HygieneDefect) -> Text | None:
    return unless(defect, DefectState.REPORTED)


async def open_only(ctx: Context, defect: HygieneDefect) -> Text | None:
    return unless(defect, DefectState.OPEN)


async def fixed_only(ctx: Context, defect: HygieneDefect) -> Text | None:
    return unless(defect, DefectState.FIXED)


async def name_blocked(ctx: Context, defect: HygieneDefect) -> Text | None:
    gone = defect.state in (DefectState.CLOSED, DefectState.REFUSED)
    return Text("hygiene.blocked.defect", state=choice("hygiene", defect.state)) if gone else None


async def pass_on_blocked(ctx: Context, defect: HygieneDefect) -> Text | None:
    if defect.passed_on:
        return Text("hygiene.blocked.defect_passed_on")
    if defect.responsible is None or not is_overdue(ctx, defect):
        return Text("hygiene.blocked.defect_in_time" if defect.responsible else "hygiene.blocked.defect_nobodys")
    return None
