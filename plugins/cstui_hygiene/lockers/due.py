"""What is to be seen to about lockers, in three queries."""

from __future__ import annotations

from datetime import timedelta

from cstui.api import Context, DueItem, Text
from cstui_hygiene.kinds import LockerState
from cstui_hygiene.lockers.acts import without
from cstui_hygiene.models import Locker

NAMED = 3
"""People that a title names; all of them stand in the proof."""
_LOCKERS = "hygiene.lockers"


async def lockers(ctx: Context) -> list[DueItem]:
    """Who has none (hygiene-26), whose is found unlocked (hygiene-27), and who left with one."""
    kept = await Locker.all().select_related("holder").order_by("locker_no")
    if not kept:
        return []
    return [*await _without(ctx, kept), *_unlocked(ctx, kept), *_leaving(ctx, kept)]


async def _without(ctx: Context, kept: list[Locker]) -> list[DueItem]:
    rule = ctx.rule("hygiene-26")
    people = await without(ctx) if rule.on and rule.locker_required else []
    if not people:
        return []
    free = [locker for locker in kept if locker.state is LockerState.FREE]
    named = "、".join(one.name for one in people[:NAMED])
    alone = people[0] if len(people) == 1 else None
    return [
        DueItem(
            id="hygiene.no_locker",
            severity="warning",
            title=Text(
                "hygiene.due.no_locker_more" if len(people) > NAMED else "hygiene.due.no_locker",
                people=named,
                count=len(people),
            ),
            rule=rule.id,
            person=alone.name if alone else "",
            person_id=alone.pk if alone else None,
            state=Text("hygiene.state.lockers_free", count=len(free)),
            register=_LOCKERS,
            records=tuple(locker.pk for locker in free),
            actions=("hygiene.assign_locker", "hygiene.set_locker") if free else ("hygiene.set_locker",),
            proof=tuple(Text("hygiene.proof.no_locker", person=one.name, number=one.number) for one in people),
        )
    ]


def _unlocked(ctx: Context, kept: list[Locker]) -> list[DueItem]:
    """A notice to the holder: what is lost from it is their own loss."""
    rule = ctx.rule("hygiene-27")
    return [
        DueItem(
            id=f"hygiene.locker_unlocked.{locker.pk}.{locker.unlocked_on}",
            severity="info",
            title=Text("hygiene.due.locker_unlocked", locker=locker.locker_no, person=locker.holder.name),
            rule=rule.id,
            person=locker.holder.name,
            person_id=locker.holder.pk,
            state=Text("hygiene.state.found_on", day=locker.unlocked_on),
            register=_LOCKERS,
            records=(locker.pk,),
            actions=("hygiene.locker_locked",),
            proof=(Text("hygiene.note.own_loss"),),
        )
        for locker in kept
        if rule.on and locker.unlocked_on and locker.holder
    ]


def _leaving(ctx: Context, kept: list[Locker]) -> list[DueItem]:
    """Lockers of those who leave: coming up until their last day, to be seen to from then on."""
    found = []
    for locker in kept:
        holder = locker.holder
        if holder is None or holder.left_on is None:
            continue
        found.append(
            DueItem(
                id=f"hygiene.locker_back.{locker.pk}.{holder.pk}",
                severity="warning" if holder.left_on <= ctx.today else "info",
                title=Text("hygiene.due.locker_back", locker=locker.locker_no, person=holder.name),
                rule="hygiene-26",
                person=holder.name,
                person_id=holder.pk,
                due=ctx.moment(holder.left_on + timedelta(days=1)),
                state=Text("hygiene.state.leaves_on", day=holder.left_on),
                register=_LOCKERS,
                records=(locker.pk,),
                actions=("hygiene.release_locker",),
                proof=(Text("hygiene.proof.locker_back", person=holder.name, day=holder.left_on),),
            )
        )
    return found
