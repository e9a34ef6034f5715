"""Programs that run without being certified, one matter for each (confidentiality-17)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tortoise.expressions import Q

from cstui.api import Context, DueItem, Text, Verbatim
from cstui_confidentiality.models import FoundSoftware
from cstui_confidentiality.software.certified import RULE, Certified, called
from cstui_confidentiality.software.found import is_there

NAMED = 3
"""Computers that a title names; all of them stand in the proof."""


async def uncertified(ctx: Context) -> list[DueItem]:
    if not ctx.rule(RULE).on:
        return []
    programs: dict[str, list[FoundSoftware]] = defaultdict(list)
    if strange := await _strange(ctx):
        rows = FoundSoftware.filter(id__in=strange).order_by("name", "workstation__pc")
        for one in await rows.select_related("workstation__seat_user"):
            programs[called(one.name, one.software_version)].append(one)
    return [_item(ctx, program, some) for program, some in programs.items()]


async def _strange(ctx: Context) -> list[int]:
    """What runs and isn't certified; of the many lines that are only what this needs is read."""
    used = Q(workstation__last_day=None) | Q(workstation__last_day__gte=ctx.today)
    lines: Any = FoundSoftware.filter(used, gone_on=None).values_list(
        "id", "name", "software_version", "seen_on", "workstation__pc", "workstation__inventory_on"
    )
    found = [line for line in await lines if is_there(line[3], line[5])]
    certified = await Certified.read() if found else Certified(())
    return [pk for pk, name, version, _, pc, _ in found if not certified.covers(name, version, pc)]


def _item(ctx: Context, program: str, some: list[FoundSoftware]) -> DueItem:
    """Ordered off everywhere it only waits; seen again in a later inventory it is a matter once more."""
    first = min(one.first_seen_on for one in some)
    waiting = all(one.removal_ordered_at and one.seen_on <= ctx.local(one.removal_ordered_at).date() for one in some)
    alone = some[0].workstation.seat_user if len(some) == 1 else None
    return DueItem(
        id=f"confidentiality.software.{min(one.pk for one in some)}",
        severity="info" if waiting else "warning",
        title=Text(
            "confidentiality.due.software_more" if len(some) > NAMED else "confidentiality.due.software",
            program=Verbatim(program), pcs=[one.workstation.pc for one in some[:NAMED]], count=len(some),
        ),
        rule=RULE,
        person=alone.name if alone else "",
        person_id=alone.pk if alone else None,
        due=ctx.moment(first),
        state=Text(f"confidentiality.state.{_word(some, waiting)}"),
        register="confidentiality.found_software",
        records=tuple(one.pk for one in some),
        actions=("confidentiality.taken_off",) if waiting else _OPEN,
        proof=tuple(_told(one) for one in some),
    )  # fmt: skip


def _word(some: list[FoundSoftware], waiting: bool) -> str:
    """Ordered off and there all the same is told as such."""
    return "removal" if waiting else "still_there" if any(one.removal_ordered_at for one in some) else "uncertified"


_OPEN = ("confidentiality.certify_found", "confidentiality.order_removal", "confidentiality.taken_off")


def _told(one: FoundSoftware) -> Text:
    word = "found_ordered" if one.removal_ordered_at else "found"
    return Text(f"confidentiality.proof.{word}", pc=one.workstation.pc, first=one.first_seen_on, last=one.seen_on,
                ordered=one.removal_ordered_at)  # fmt: skip
