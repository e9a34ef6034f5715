"""Copies that were made become keys of the register: the next copy numbers, a label owed, on the same ring."""

from __future__ import annotations

from string import ascii_lowercase

from cstui.api import Context
from cstui_keys import custody, labels
from cstui_keys.kinds import GONE, CopyState, CustodyKind, HolderKind
from cstui_keys.models import Key, KeyDuplication

TAG_LENGTH = 32
LONGEST = len("-99z")
"""Of the endings of copies' tag numbers."""


async def register(ctx: Context, copies: KeyDuplication) -> list[Key]:
    """Take as many copies on the register as were received and are approved; the caller saves `copies`."""
    count = min(copies.surplus, copies.missing)
    new = await _keys(ctx, copies.key, count) if count > 0 else []
    if new:
        await custody.move(ctx, new, CustodyKind.DUPLICATE, custody.CABINET, ref=copies.duplication_no)
    copies.registered += len(new)
    settle(copies)
    return new


def settle(copies: KeyDuplication) -> None:
    """Tagged once every copy approved stands on the register and no other is left."""
    copies.state = CopyState.MADE if copies.surplus or copies.missing else CopyState.TAGGED


async def _keys(ctx: Context, key: Key, count: int) -> list[Key]:
    """New keys that open what `key` opens. A copy number is never given again, nor a tag number."""
    family = await Key.filter(space_id=key.space_id).order_by("copy_no", "id")
    same = [one for one in family if one.door_kind is key.door_kind]
    last, first = max(one.copy_no for one in same), same[0].tag_no
    alike = Key.filter(tag_no__startswith=first[: TAG_LENGTH - LONGEST])
    taken = {str(tag) for tag in await alike.values_list("tag_no", flat=True)}
    new = [
        Key(
            tag_no=_free_tag(first, copy_no, taken),
            space_id=key.space_id,
            door_kind=key.door_kind,
            copy_no=copy_no,
            ring_id=key.ring_id,
            label_text="",
            natural="",
            label_owed_since=ctx.today,
            received_on=ctx.today,
            custodian_dept=key.custodian_dept,
            holder_kind=HolderKind.NONE,
        )
        for copy_no in range(last + 1, last + count + 1)
    ]
    living = [one for one in family if one.state not in GONE]
    labels.label_all([*living, *new], {key.space_id: key.space})
    return await Key.insert(new)


def _free_tag(first: str, copy_no: int, taken: set[str]) -> str:
    """The first copy's tag number with the number of this one; with a letter more where that is taken."""
    endings = (f"-{copy_no}{more}" for more in ("", *ascii_lowercase))
    return next(tag for ending in endings if (tag := first[: TAG_LENGTH - len(ending)] + ending) not in taken)
