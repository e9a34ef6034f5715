"""What was done in an emergency without the permission, or the approver's role, that it needs: others settle it.

See docs/decisions/override.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tortoise.expressions import Q

from cstui.approvals.inputs import Opinion, Say
from cstui.approvals.models import Deputy, Override, OverrideState, titled
from cstui.contract.action import Action
from cstui.contract.context import Context
from cstui.contract.declare import Column, DueItem, Register
from cstui.contract.errors import BadInput, Fault, NotPermitted, Refusal
from cstui.contract.text import Login, Text, choice, pack

SETTLING = "approvals.settle_override"


async def overridden(ctx: Context, action_id: str, done: Text | None, private: bool = False) -> Text:
    """Put an act that was just done before others. Raises BadInput where it lacked nothing.

    Of what is `private` to some those who settle it are told only which act it was.
    """
    if not ctx.lacking:
        raise BadInput("approvals.refusal.needless", field="override", value=action_id)
    area, _, name = action_id.partition(".")
    named = Text(f"{area}.action.{name}")
    done = done or named
    await Override.create(
        **titled(named if private else done),
        action=action_id,
        lacked=json.dumps(pack(ctx.lacking), ensure_ascii=False),
        by_id=ctx.actor.staff_id,
        by_login=ctx.actor.login,
        reason=ctx.override,
        at=ctx.now,
    )
    ctx.notes.append(Text("approvals.note.overridden"))
    return Text("approvals.done.overridden", done=done, reason=ctx.override)


async def deputies_of(ctx: Context) -> list[Deputy]:
    """All by which the actor stands, stood or will stand in for somebody, or somebody for the actor."""
    me = ctx.actor.staff_id
    return await Deputy.filter(Q(staff_id=me) | Q(deputy_id=me)) if me is not None else []


def why_not_settled(ctx: Context, override: Override, deputies: Iterable[Deputy]) -> Fault | None:
    """Why this actor can't settle it now: neither who did it does, nor who acts for them or for whom they act."""
    if override.state != OverrideState.OPEN:
        return Refusal("approvals.refusal.decided", value=override.told)
    if ctx.is_actor(override.by_id, override.by_login):
        return NotPermitted("approvals.refusal.own_override", value=override.told)
    days = (ctx.today, ctx.local(override.at).date())
    for one in deputies:
        if override.by_id in (one.staff_id, one.deputy_id) and any(one.first_day <= d <= one.last_day for d in days):
            return NotPermitted("approvals.refusal.deputys_override", value=override.told, name=_doer(override))
    return None


async def unsettled(ctx: Context, override: Override) -> Text | None:
    fault = why_not_settled(ctx, override, await deputies_of(ctx))
    return fault.text if fault else None


async def _settle(ctx: Context, override: Override, state: OverrideState, remark: str) -> Text:
    if fault := why_not_settled(ctx, override, await deputies_of(ctx)):
        raise fault
    override.state, override.remark = state, remark
    override.settled_by, override.settled_at = ctx.actor.login, ctx.now
    await override.save()
    return Text(f"approvals.done.override_{state.value}", title=override.told)


async def confirm(ctx: Context, override: Override, data: Say) -> Text:
    return await _settle(ctx, override, OverrideState.CONFIRMED, data.note)


async def contest(ctx: Context, override: Override, data: Opinion) -> Text:
    return await _settle(ctx, override, OverrideState.CONTESTED, data.note)


async def due(ctx: Context) -> list[DueItem]:
    """Each that nobody settled, critical until then."""
    overrides = await Override.filter(state=OverrideState.OPEN).select_related("by").order_by("id")
    deputies = await deputies_of(ctx) if overrides else []
    return [_item(ctx, one, deputies) for one in overrides]


def _doer(one: Override) -> str:
    return one.by.name if one.by else one.by_login


def _item(ctx: Context, one: Override, deputies: Iterable[Deputy]) -> DueItem:
    area, _, action = one.action.partition(".")
    name = _doer(one)
    return DueItem(
        f"approvals.override:{one.pk}",
        "critical",
        Text("approvals.due.override", name=name, what=Text(f"{area}.action.{action}")),
        person=name,
        person_id=one.by_id,
        due=one.at,
        state=Text("approvals.due.to_settle"),
        register="approvals.overrides",
        records=(one.pk,),
        actions=("approvals.confirm_override", "approvals.contest_override"),
        proof=(
            Text("approvals.proof.overridden", done=one.told),
            Text("approvals.proof.reason", reason=one.reason),
            Text("approvals.proof.lacked", lacked=one.lacks),
        ),
        mine=ctx.may(SETTLING) and why_not_settled(ctx, one, deputies) is None,
    )


def _state(one: Override) -> Text:
    return Text("approvals.due.to_settle") if one.state == OverrideState.OPEN else choice("approvals", one.state)


REGISTER = Register(
    "approvals.overrides",
    model=Override,
    noun="emergency",
    natural_key=("id",),
    sort="-at",
    query=lambda ctx: Override.all().select_related("by"),
    columns=(
        Column("at", width=16, sort="at"),
        Column("by", value=lambda ctx, row: _doer(row), width=10),
        Column("title", lambda ctx, row: row.told, width=30),
        Column("reason", width=24),
        Column("state", lambda ctx, row: _state(row), width=16),
        Column("lacked", lambda ctx, row: row.lacks, width=20, narrow=False),
        Column("settled_by", lambda ctx, row: Login(row.settled_by), width=10, narrow=False),
        Column("remark", width=24, narrow=False),
    ),
    sections=(Column("settled_at", width=16),),
    needs=SETTLING,
)


def _settling(name: str, run: Any, model: Any, mnemonic: str) -> Action:
    return Action(f"approvals.{name}", run=run, needs=SETTLING, input=model, target="row",
                  register="approvals.overrides", mnemonic=mnemonic, blocked=unsettled)  # fmt: skip


ACTIONS = (
    _settling("confirm_override", confirm, Say, "y"),
    _settling("contest_override", contest, Opinion, "n"),
)
