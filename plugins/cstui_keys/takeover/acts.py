"""Signing a takeover, and taking its keys on the register (keys-03, keys-05)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from os.path import commonprefix
from string import ascii_uppercase
from typing import Any

from cstui.api import Context, Refusal, Text, utc
from cstui.people import is_gone
from cstui_keys.blocked import unless_in
from cstui_keys.kinds import GONE, BuildingState, DoorKind, Signed, TakeoverState
from cstui_keys.models import Building, Key, Takeover, TakeoverLine
from cstui_keys.register.book import register_rows
from cstui_keys.register.inputs import RegisterKey
from cstui_keys.takeover.inputs import SignTakeover
from cstui_keys.takeover.lines import COUNTING, counting_only, expect_counting


async def sign(ctx: Context, takeover: Takeover, data: SignTakeover) -> Text:
    """Both sides sign what was counted; from then on the building is the department's, and its keys are kept."""
    expect_counting(takeover, "takeover")
    rule, custodian = ctx.rule("keys-05"), takeover.building.custodian
    lines = await TakeoverLine.filter(takeover_id=takeover.id)
    left = sum(line.counted is None for line in lines)
    rule.forbid(
        takeover.state is TakeoverState.DRAFT,
        "keys.refusal.takeover_uncounted", field="takeover", value=takeover.takeover_no, left=left, lines=len(lines),
    )  # fmt: skip
    rule.forbid(
        takeover.state is TakeoverState.DISPUTED and not data.discrepancy,
        "keys.refusal.no_discrepancy", field="discrepancy", value="", takeover=takeover.takeover_no,
        declared=sum(line.declared for line in lines), counted=sum(line.counted or 0 for line in lines),
    )  # fmt: skip
    ctx.rule("keys-03").forbid(
        ctx.rule("keys-03").custodian_required > 0 and (custodian is None or is_gone(custodian, ctx.today)),
        "keys.refusal.takeover_no_custodian", field="takeover", value=takeover.takeover_no,
        block=takeover.building.block,
    )  # fmt: skip
    takeover.state, takeover.received_by_id = TakeoverState.SIGNED, data.receiver.id
    takeover.signed_at, takeover.signed = utc(ctx.now), Signed.PIN if data.receiver_pin else Signed.PAPER
    takeover.signature_ref, takeover.their_ref = data.signature_ref, data.their_ref
    takeover.discrepancy = data.discrepancy
    await takeover.save()
    building = takeover.building
    building.state, building.taken_over_on = BuildingState.TAKEN_OVER, building.taken_over_on or takeover.on
    await building.save(update_fields=["state", "taken_over_on"])
    return Text("keys.done.takeover_signed", takeover=takeover.takeover_no, person=data.receiver.name)


async def sign_prefill(ctx: Context, rows: Sequence[Takeover]) -> Mapping[str, Any]:
    custodian = rows[0].building.custodian
    return {"receiver": custodian.login} if custodian else {}


async def close(ctx: Context, takeover: Takeover, data: None) -> Text:
    """Take the counted keys on the register, as far as they aren't there yet; their labels are due from the signing."""
    if takeover.state is not TakeoverState.SIGNED or takeover.signed_at is None:
        raise Refusal("keys.refusal.takeover_unsigned", field="takeover", value=takeover.takeover_no, rule="keys-05")
    lines = await TakeoverLine.filter(takeover_id=takeover.id).order_by("natural")
    tags = await _Tags.read(takeover.building, lines)
    day = ctx.local(takeover.signed_at).date()
    rows = [
        RegisterKey(
            tag_no=tag, block=takeover.building.block, space_kind=line.space_kind, unit=line.unit, floor=line.floor,
            room=line.room, equipment_room_name=line.equipment_room_name, door_kind=line.door_kind, copy_no=copy,
            received_on=day,
        )
        for line in lines
        for tag, copy in tags.new(line)
    ]  # fmt: skip
    for answer in await register_rows(ctx, rows):
        if isinstance(answer, Exception):
            raise answer
    takeover.state = TakeoverState.CLOSED
    await takeover.save(update_fields=["state"])
    return Text("keys.done.takeover_closed", takeover=takeover.takeover_no, count=len(rows))


class _Tags:
    """Proposes the numbers of new keys: the space and the next letter, 3-2-1502-A, -B, …; none is given twice."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.kept: Counter[tuple[str, DoorKind]] = Counter()
        self.copies: dict[tuple[str, DoorKind], set[int]] = defaultdict(set)

    @classmethod
    async def read(cls, building: Building, lines: Sequence[TakeoverLine]) -> _Tags:
        alike = Key.filter(tag_no__startswith=commonprefix([_stem(line) for line in lines]))  # noqa: RUF071 no paths
        tags = cls({str(tag) for tag in await alike.values_list("tag_no", flat=True)})
        for key in await Key.filter(space__building_id=building.id).select_related("space"):
            tags.kept[key.space.code, key.door_kind] += key.state not in GONE
            tags.copies[key.space.code, key.door_kind].add(key.copy_no)
        return tags

    def new(self, line: TakeoverLine) -> list[tuple[str, int]]:
        """(tag number, copy number) of each counted key that isn't on the register yet."""
        known = self.copies[line.code, line.door_kind]
        made = []
        for _ in range((line.counted or 0) - self.kept[line.code, line.door_kind]):
            copy = next(number for number in range(1, len(known) + 2) if number not in known)
            known.add(copy)
            made.append((self._tag(_stem(line)), copy))
        return made

    def _tag(self, stem: str) -> str:
        number = 0
        while (tag := f"{stem}-{_letters(number)}") in self.taken:
            number += 1
        self.taken.add(tag)
        return tag


def _stem(line: TakeoverLine) -> str:
    """The space as a tag begins with it, short enough for letters to follow."""
    return line.code.replace(" ", "-")[:28]


def _letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    text = ""
    while number >= 0:
        text = ascii_uppercase[number % 26] + text
        number = number // 26 - 1
    return text


async def sign_blocked(ctx: Context, takeover: Takeover) -> Text | None:
    if takeover.state is TakeoverState.DRAFT and ctx.rule("keys-05").on:
        return Text("keys.blocked.uncounted")
    return await counting_only(ctx, takeover)


async def close_blocked(ctx: Context, takeover: Takeover) -> Text | None:
    if takeover.state in COUNTING:
        return Text("keys.blocked.unsigned")
    return unless_in(takeover.state, [TakeoverState.SIGNED])
