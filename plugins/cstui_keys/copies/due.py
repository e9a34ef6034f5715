"""Copies received that don't match those approved (keys-20, keys-26). Requests are matters of the approvals."""

from __future__ import annotations

from cstui.api import Context, DueItem, Text
from cstui.people import names_of
from cstui_keys.copies.acts import rule_of
from cstui_keys.kinds import CopyState
from cstui_keys.models import KeyDuplication


async def copies_unmatched(ctx: Context) -> list[DueItem]:
    """Copies beyond those approved, critical until destroyed or approved; approved ones that aren't there yet."""
    made = KeyDuplication.filter(state__in=(CopyState.APPROVED, CopyState.MADE)).select_related(
        "key__space", "requester"
    )
    rows = [copies for copies in await made.order_by("id") if ctx.rule(rule_of(copies.key)).on]
    people = await names_of({login for copies in rows for login in (copies.requested_by, copies.approved_by)})
    return [_item(copies, people) for copies in rows]


def _item(copies: KeyDuplication, people: dict[str, str]) -> DueItem:
    over = copies.surplus > 0
    count = copies.surplus if over else copies.missing
    return DueItem(
        id=f"keys.copies.{copies.id}.{'surplus' if over else 'missing'}",
        severity="critical" if over else "info",
        title=Text(
            "keys.due.surplus" if over else "keys.due.copies_missing", count=count, key=copies.key.label_text,
            tag=copies.key.tag_no,
        ),
        rule=rule_of(copies.key),
        person=people[copies.requested_by],
        person_id=copies.requester_id,
        state=Text("keys.state.copies", count=count),
        register="keys.duplications",
        records=(copies.id,),
        actions=_SURPLUS if over else _MISSING,
        proof=(
            Text("keys.proof.copies_asked", at=copies.requested_at, by=people[copies.requested_by],
                 reason=copies.reason),
            Text("keys.proof.copies_approved", count=copies.copies, at=copies.approved_at,
                 by=people[copies.approved_by]),
            *_received(copies),
        ),
    )  # fmt: skip


def _received(copies: KeyDuplication) -> tuple[Text, ...]:
    if copies.made_at is None:
        return (Text("keys.proof.copies_none"),)
    return (
        Text("keys.proof.copies_received", count=copies.received, at=copies.made_at, by=copies.made_by),
        Text("keys.proof.copies_register", count=copies.registered, destroyed=copies.destroyed),
    )


_SURPLUS = ("keys.destroy_surplus", "keys.keep_surplus")
_MISSING = ("keys.receive_copies", "keys.close_copies")
