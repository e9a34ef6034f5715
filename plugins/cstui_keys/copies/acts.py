"""Copies of keys: nobody has one made without leave, and every one received is accounted for (keys-20, keys-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cstui.api import Context, Refusal, Text, choice, utc
from cstui.approvals import Request
from cstui_keys.blocked import unless_in
from cstui_keys.copies import making
from cstui_keys.copies.inputs import (
    CloseCopies,
    DestroySurplus,
    KeepSurplus,
    LapseCopies,
    ReceiveCopies,
    RequestCopies,
)
from cstui_keys.kinds import HELD, HELD_BY_OFFICE, CopyState, CustodyKind, SpaceKind
from cstui_keys.models import CustodyEvent, Key, KeyDuplication

COMMON, OWNERS = "keys.copies", "keys.owner_copies"
"""Kinds of requests: for public and equipment keys, and for owners' keys."""
RULES = {COMMON: "keys-20", OWNERS: "keys-26"}


def kind_of(key: Key) -> str:
    """Which kind of request the copies of a key are."""
    return OWNERS if key.space.kind is SpaceKind.OWNER_UNIT else COMMON


def rule_of(key: Key) -> str:
    """The rule by which the copies of a key are approved."""
    return RULES[kind_of(key)]


async def request(ctx: Context, key: Key, data: RequestCopies) -> Text:
    """Ask for copies: of an owner's key on the owner's written wish. Who decides is the approvals' matter."""
    if key.state not in HELD:
        raise Refusal(
            "keys.refusal.gone", field="key", value=key.tag_no, rule=rule_of(key), state=choice("keys", key.state)
        )
    consent = ctx.rule("keys-26")
    consent.forbid(
        kind_of(key) == OWNERS and consent.owner_copy_consent == "required" and not data.consent_ref,
        "keys.refusal.no_copy_wish", field="consent_ref", value="", key=key.tag_no,
    )  # fmt: skip
    copies = await KeyDuplication.create(
        duplication_no=await KeyDuplication.next_number("duplication_no", "D", ctx.today),
        key=key,
        copies=data.copies,
        reason=data.reason,
        consent_ref=data.consent_ref,
        requester_id=ctx.actor.staff_id,
        requested_by=ctx.actor.login,
        requested_at=utc(ctx.now),
    )
    await _ask(ctx, copies, data.copies)
    return Text(f"keys.done.copies_{copies.state.value}", number=copies.duplication_no, key=key.label_text)


async def _ask(ctx: Context, copies: KeyDuplication, count: int) -> None:
    """Put a number of copies before whoever decides; where the rule doesn't hold nobody needs to be asked."""
    kind = kind_of(copies.key)
    if not ctx.rule(RULES[kind]).on:
        return await _accept(ctx, copies)
    word = "keys.value.copies_again" if copies.received else "keys.value.copies_of"
    title = Text(
        word, count=count, key=copies.key.label_text, tag=copies.key.tag_no, number=copies.duplication_no,
        reason=copies.reason,
    )  # fmt: skip
    await ctx.ask(kind, copies.id, title)


async def approved(ctx: Context, request: Request) -> None:
    """Leave was given: for what was asked, or to keep what was received beyond it."""
    await _accept(ctx, await _of(request))


async def _accept(ctx: Context, copies: KeyDuplication) -> None:
    if copies.state is CopyState.REQUESTED:
        copies.state = CopyState.APPROVED
    elif copies.surplus:
        copies.copies += copies.surplus
        copies.asked_again = False
        await making.register(ctx, copies)
    else:  # the surplus that was asked for was destroyed meanwhile
        return
    copies.approved_by, copies.approved_at = ctx.actor.login, utc(ctx.now)
    await copies.save()


async def refused(ctx: Context, request: Request) -> None:
    """No leave: nothing is made; a surplus stays unaccounted for."""
    await _end(await _of(request), CopyState.REFUSED)


async def withdrawn(ctx: Context, request: Request) -> None:
    """Who asked thought better of it."""
    await _end(await _of(request), CopyState.EXPIRED)


async def _end(copies: KeyDuplication, state: CopyState) -> None:
    if copies.state is CopyState.REQUESTED:
        copies.state = state
    copies.asked_again = False
    await copies.save()


async def _of(request: Request) -> KeyDuplication:
    return await KeyDuplication.get(id=request.record_id).select_related("key__space")


def deadline(ctx: Context, asked: datetime) -> tuple[datetime, Text]:
    """Requests are decided within `duplication_wait` working days after the day of the request."""
    day = ctx.local(asked).date()
    wait = ctx.rule("keys-20", day).duplication_wait
    last = ctx.calendar.add_workdays(day, wait)
    return ctx.moment(last, 24 * 60), Text("keys.proof.decide_by", day=day, wait=wait, last=last)


async def receive(ctx: Context, copies: KeyDuplication, data: ReceiveCopies) -> Text:
    """Copies came from the locksmith: as many as are approved go on the register, others are unaccounted for."""
    ctx.rule(rule_of(copies.key)).forbid(
        copies.state is CopyState.REQUESTED, "keys.refusal.copies_not_approved", field="copies",
        value=copies.duplication_no,
    )  # fmt: skip
    _expect(copies, CopyState.APPROVED, CopyState.MADE)
    _not_asked_again(copies)
    copies.received += data.received
    copies.made_by, copies.made_at = data.made_by, utc(ctx.now)
    new = await making.register(ctx, copies)
    await copies.save()
    if copies.surplus:
        ctx.notes.append(Text("keys.note.surplus", count=copies.surplus))
    if copies.missing:
        ctx.notes.append(Text("keys.note.copies_missing", count=copies.missing))
    return Text("keys.done.copies_received", count=data.received, number=copies.duplication_no,
                keys="、".join(key.tag_no for key in new) or "—")  # fmt: skip


async def keep_surplus(ctx: Context, copies: KeyDuplication, data: KeepSurplus) -> Text:
    """Ask for leave to keep copies that were received beyond those approved."""
    _expect_surplus(copies)
    _not_asked_again(copies)
    count, copies.asked_again, copies.remark = copies.surplus, True, data.reason
    await copies.save()
    await _ask(ctx, copies, count)
    return Text("keys.done.surplus_asked", count=count, number=copies.duplication_no)


async def destroy_surplus(ctx: Context, copies: KeyDuplication, data: DestroySurplus) -> Text:
    """Unapproved copies were destroyed before a witness; they never stood on the register."""
    _expect_surplus(copies)
    count = copies.surplus
    copies.destroyed += count
    copies.asked_again = False
    copies.witness_id, copies.remark = data.witness.id, data.reason
    making.settle(copies)
    await copies.save()
    return Text("keys.done.surplus_destroyed", count=count, number=copies.duplication_no, person=data.witness.name)


async def destroy_surplus_effect(ctx: Context, rows: Sequence[KeyDuplication], data: DestroySurplus) -> Text:
    copies = rows[0]
    return Text(
        "keys.effect.destroy_surplus", count=copies.surplus, number=copies.duplication_no, person=data.witness.name
    )


async def close(ctx: Context, copies: KeyDuplication, data: CloseCopies) -> Text:
    """All copies are accounted for and labelled; with a reason also where the locksmith owes some for good."""
    rule = ctx.rule(rule_of(copies.key))
    rule.forbid(
        copies.surplus > 0, "keys.refusal.surplus", field="copies", value=copies.duplication_no, count=copies.surplus
    )
    _expect(copies, CopyState.MADE, CopyState.TAGGED)
    rule.forbid(
        copies.missing > 0 and not data.remark,
        "keys.refusal.copies_missing", field="remark", value="", count=copies.missing,
    )  # fmt: skip
    bare = await Key.filter(id__in=await made(copies), labelled=False, state__in=HELD_BY_OFFICE).order_by("natural")
    ctx.rule("keys-12").forbid(
        bool(bare), "keys.refusal.copies_unlabelled", field="copies", value=copies.duplication_no,
        keys=[key.tag_no for key in bare],
    )  # fmt: skip
    copies.state, copies.remark = CopyState.CLOSED, data.remark or copies.remark
    await copies.save()
    return Text("keys.done.copies_closed", number=copies.duplication_no)


async def made(copies: KeyDuplication) -> list[Any]:
    """Ids of the keys that these copies became."""
    events = CustodyEvent.filter(kind=CustodyKind.DUPLICATE, record_ref=copies.duplication_no)
    return [*await events.values_list("key_id", flat=True)]


async def lapse(ctx: Context, copies: KeyDuplication, data: LapseCopies) -> Text:
    """Approved, but not made after all."""
    _expect(copies, CopyState.APPROVED)
    copies.state, copies.remark = CopyState.EXPIRED, data.reason
    await copies.save()
    return Text("keys.done.copies_lapsed", number=copies.duplication_no)


def _expect(copies: KeyDuplication, *states: CopyState) -> None:
    if copies.state not in states:
        raise Refusal(
            "keys.refusal.copies_state", field="copies", value=copies.duplication_no, rule=rule_of(copies.key),
            state=choice("keys", copies.state),
        )  # fmt: skip


def _not_asked_again(copies: KeyDuplication) -> None:
    """While leave to keep a surplus is asked for, it stays what it is: leave is for what was asked."""
    if copies.asked_again:
        raise Refusal("keys.refusal.asked_again", field="copies", value=copies.duplication_no, rule=rule_of(copies.key))


def _expect_surplus(copies: KeyDuplication) -> None:
    if not copies.surplus:
        raise Refusal("keys.refusal.no_surplus", field="copies", value=copies.duplication_no, rule=rule_of(copies.key))


async def request_blocked(ctx: Context, key: Key) -> Text | None:
    return unless_in(key.state, HELD)


async def receive_blocked(ctx: Context, copies: KeyDuplication) -> Text | None:
    return unless_in(copies.state, [CopyState.APPROVED, CopyState.MADE])


async def close_blocked(ctx: Context, copies: KeyDuplication) -> Text | None:
    return unless_in(copies.state, [CopyState.MADE, CopyState.TAGGED])


async def lapse_blocked(ctx: Context, copies: KeyDuplication) -> Text | None:
    return unless_in(copies.state, [CopyState.APPROVED])


async def surplus_blocked(ctx: Context, copies: KeyDuplication) -> Text | None:
    return None if copies.surplus else Text("keys.blocked.no_surplus")


async def receive_prefill(ctx: Context, rows: Sequence[KeyDuplication]) -> Mapping[str, Any]:
    return {"received": max(rows[0].missing, 0) or "", "made_by": rows[0].made_by}
