"""Which keys of a unit can be issued: what hangs in the cabinet, by kind of door (keys-12, keys-17)."""

from __future__ import annotations

from collections import Counter, defaultdict

from cstui.api import Context, Text, choice
from cstui_keys.kinds import GONE, HELD_BY_OFFICE, DoorKind
from cstui_keys.models import IssueLine, Key, OwnerKeyIssue
from cstui_keys.owners.inputs import DOORS


async def take(ctx: Context, issue: OwnerKeyIssue) -> list[Key]:
    """The keys for an issue, of each kind the lowest copies first.

    Raises Refusal where fewer hang in the cabinet than were prepared: nothing is reserved before the signature.
    """
    keys = await Key.filter(space_id=issue.space_id).order_by("copy_no", "id")
    by_kind: dict[DoorKind, list[Key]] = defaultdict(list)
    for key in keys:
        by_kind[key.door_kind].append(key)
    taken: list[Key] = []
    for line in await IssueLine.filter(issue_id=issue.id).order_by("id"):
        taken += _of_kind(ctx, line, by_kind[line.door_kind])
    return taken


def _of_kind(ctx: Context, line: IssueLine, keys: list[Key]) -> list[Key]:
    here = [key for key in keys if key.state in HELD_BY_OFFICE]
    ready = [key for key in here if issuable(ctx, key)]
    bare = [key.tag_no for key in here if key not in ready]
    ctx.rule("keys-12").forbid(
        len(ready) < line.count <= len(here),
        "keys.refusal.issue_unlabelled", field=line.door_kind.value, value=line.count, keys=bare,
        door=choice("keys", line.door_kind),
    )  # fmt: skip
    away = [
        Text("keys.value.key_is", key=key.tag_no, state=choice("keys", key.state))
        for key in keys
        if key not in here and key.state not in GONE
    ]
    ctx.rule("keys-17").forbid(
        len(ready) < line.count,
        "keys.refusal.issue_short" if away else "keys.refusal.issue_none", field=line.door_kind.value,
        value=line.count, here=len(ready), door=choice("keys", line.door_kind), away=away,
    )  # fmt: skip
    return ready[: line.count]


def issuable(ctx: Context, key: Key) -> bool:
    """Whether a key hangs in the cabinet with its label."""
    return key.state in HELD_BY_OFFICE and (key.labelled or not ctx.rule("keys-12").on)


async def countable(ctx: Context, space_id: int) -> dict[str, int]:
    """How many keys of each kind of door may be issued now, by the name of the form's field."""
    keys = await Key.filter(space_id=space_id, state__in=HELD_BY_OFFICE)
    found = Counter(key.door_kind for key in keys if issuable(ctx, key))
    return {kind.value: found[kind] for kind in DOORS if found[kind]}
