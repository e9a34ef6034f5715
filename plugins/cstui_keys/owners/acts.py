"""Owners' keys out and back: identity checked, signed for, entered by kind, filed (keys-15 to keys-18, keys-31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import Staff
from cstui_keys import custody
from cstui_keys.blocked import unless_in
from cstui_keys.kinds import Condition, CustodyKind, HolderKind, IssueState, KeyState, PaperKind, SpaceKind
from cstui_keys.labels import names
from cstui_keys.loans.inputs import Returned
from cstui_keys.models import HouseholdPaper, IssuedKey, IssueLine, Key, OwnerKeyIssue, OwnerKeyReturn, Space
from cstui_keys.owners import stock
from cstui_keys.owners.inputs import CheckOwner, CloseIssue, IssueKeys, RefuseIssue, SignIssue, TakeBack

WAITING = (IssueState.PREPARED, IssueState.VERIFIED)
"""States of an issue that hasn't moved any key yet."""


async def issue(ctx: Context, space: Space, data: IssueKeys) -> Text:
    """Prepare an issue of a unit's keys; with documents it is verified, with a signature the keys go out at once."""
    if space.kind is not SpaceKind.OWNER_UNIT:
        raise Refusal("keys.refusal.no_unit", field="space", value=space.code, kind=choice("keys", space.kind))
    if not data.counts:
        raise BadInput("keys.refusal.no_keys_asked", field="security_gate", value=0, rule="keys-17")
    made = await OwnerKeyIssue.create(
        issue_no=await OwnerKeyIssue.next_number("issue_no", "I", ctx.today),
        space=space,
        owner_name=data.owner_name,
        prepared_by=ctx.actor.login,
        prepared_at=utc(ctx.now),
    )
    await IssueLine.insert(
        IssueLine(issue_id=made.id, door_kind=kind, count=count) for kind, count in data.counts.items()
    )
    await stock.take(ctx, made)  # what isn't there is told before the owner has signed
    if data.shown:
        await _check_identity(ctx, made, data)
        await made.save()
    if data.signature_ref:
        return await sign(ctx, made, SignIssue(signature_ref=data.signature_ref))
    return Text(f"keys.done.issue_{made.state.value}", issue=made.issue_no, space=space.code)


async def verify(ctx: Context, issue: OwnerKeyIssue, data: CheckOwner) -> Text:
    """The owner's right to move in was checked; the keys still hang in the cabinet."""
    _expect(issue, IssueState.PREPARED)
    await _check_identity(ctx, issue, data)
    await issue.save()
    return Text("keys.done.issue_verified", issue=issue.issue_no, space=issue.space.code)


async def _check_identity(ctx: Context, issue: OwnerKeyIssue, data: CheckOwner | IssueKeys) -> None:
    """An owner whose move-in notice was seen at an earlier issue has it on file."""
    rule = ctx.rule("keys-15")
    shown = data.shown
    rule.forbid(
        len(shown) < rule.identity_documents_min,
        "keys.refusal.documents", field="id_card", value=data.id_card, count=len(shown),
        least=rule.identity_documents_min,
    )  # fmt: skip
    notice = data.move_in_notice or await _notice_on_file(issue)
    rule.forbid(not notice, "keys.refusal.no_move_in", field="move_in_notice", value="", space=issue.space.code)
    rule.forbid(data.checked_by is None, "keys.refusal.no_checker", field="checked_by", value="")
    if data.checked_by:
        _check_department(ctx, data.checked_by, "checked_by")
    issue.id_card, issue.move_in_notice, issue.power_of_attorney = data.id_card, notice, data.power_of_attorney
    issue.identity_checked_by_id = data.checked_by.id if data.checked_by else None
    issue.verified_at = utc(ctx.now)
    issue.state = IssueState.VERIFIED


async def _notice_on_file(issue: OwnerKeyIssue) -> str:
    """The move-in notice that was good at an earlier issue of the unit to the same owner, or ""."""
    earlier = OwnerKeyIssue.filter(space_id=issue.space_id, owner_name=issue.owner_name).exclude(move_in_notice="")
    last = await earlier.exclude(state=IssueState.REFUSED).order_by("-id").first()
    return last.move_in_notice if last else ""


def _check_department(ctx: Context, person: Staff | None, field: str) -> None:
    rule = ctx.rule("keys-18")
    rule.forbid(
        person is None or person.department != rule.issuer_role,
        "keys.refusal.issuer_dept", field=field, value=person.login if person else ctx.actor.login,
        dept=choice("keys", rule.issuer_role),
    )  # fmt: skip


async def sign(ctx: Context, issue: OwnerKeyIssue, data: SignIssue) -> Text:
    """The owner signs, and the keys are the owner's: one event each, the paper on the household's list."""
    _expect(issue, *WAITING)
    ctx.rule("keys-15").forbid(
        issue.state is not IssueState.VERIFIED, "keys.refusal.not_verified", field="id_card", value="",
        issue=issue.issue_no,
    )  # fmt: skip
    rule = ctx.rule("keys-16")
    rule.forbid(
        rule.owner_signature == "required" and not data.signature_ref,
        "keys.refusal.no_signature", field="signature_ref", value="", issue=issue.issue_no,
    )  # fmt: skip
    _check_department(ctx, await Staff.get_or_none(id=ctx.actor.staff_id or 0), "issued_by")
    keys = await stock.take(ctx, issue)
    await IssuedKey.insert(IssuedKey(issue_id=issue.id, key_id=key.id) for key in keys)
    owner = custody.Holder(HolderKind.OWNER)
    await custody.move(ctx, keys, CustodyKind.ISSUE, owner, KeyState.ISSUED_TO_OWNER, issue.issue_no)
    issue.state, issue.signed_at, issue.issued_by = IssueState.SIGNED, utc(ctx.now), ctx.actor.login
    issue.signature_ref = data.signature_ref
    await issue.save()
    await _file(ctx, issue.space_id, PaperKind.KEY_ISSUE, issue.issue_no)
    return Text("keys.done.issued", keys=names(keys), count=len(keys), space=issue.space.code, issue=issue.issue_no)


async def _file(ctx: Context, space_id: int, kind: PaperKind, number: str) -> None:
    """Enter a paper on the list of those that belong into the household's file (keys-31)."""
    rule = ctx.rule("keys-31")
    if rule.on:
        await HouseholdPaper.create(
            space_id=space_id, kind=kind, number=number, day=ctx.today, retention=rule.retention
        )


async def close(ctx: Context, issue: OwnerKeyIssue, data: CloseIssue) -> Text:
    """The signed paper lies in the household's file."""
    _expect(issue, IssueState.SIGNED)
    issue.state, issue.archive_ref = IssueState.CLOSED, data.archive_ref
    await issue.save()
    for paper in await HouseholdPaper.filter(number=issue.issue_no):
        paper.archive_ref = data.archive_ref
        await paper.save()
    return Text("keys.done.issue_closed", issue=issue.issue_no, archive=data.archive_ref)


async def refuse(ctx: Context, issue: OwnerKeyIssue, data: RefuseIssue) -> Text:
    """No keys for this person: the identity doesn't hold, or nobody comes to sign. Nothing moves."""
    _expect(issue, *WAITING)
    issue.state, issue.refuse_reason = IssueState.REFUSED, data.reason
    await issue.save()
    return Text("keys.done.issue_refused", issue=issue.issue_no)


def _expect(issue: OwnerKeyIssue, *states: IssueState) -> None:
    if issue.state not in states:
        raise Refusal(
            "keys.refusal.issue_state", field="issue", value=issue.issue_no, rule="keys-16",
            state=choice("keys", issue.state),
        )  # fmt: skip


async def take_back(ctx: Context, keys: Sequence[Key], data: TakeBack) -> Text:
    """Keys come back from owners; one paper for each issue they were of."""
    ctx.rule("keys-23").forbid(
        data.condition is not Returned.OK and not data.remark,
        "keys.refusal.condition_remark", field="remark", value="", condition=choice("keys", data.condition),
    )  # fmt: skip
    lines = await _with_owners(keys)
    for line in {line.issue_id: line for line in lines.values()}.values():
        back = [key for key in keys if lines[key.id].issue_id == line.issue_id]
        paper = await OwnerKeyReturn.create(
            return_no=await OwnerKeyReturn.next_number("return_no", "R", ctx.today),
            issue_id=line.issue_id,
            reason=data.reason,
            at=utc(ctx.now),
            received_by=ctx.actor.login,
            condition=Condition(data.condition.value),
            remark=data.remark,
        )
        for one in (lines[key.id] for key in back):
            one.until, one.returned_id = utc(ctx.now), paper.id
        await IssuedKey.change((lines[key.id] for key in back), ("until", "returned_id"))
        await _file(ctx, line.issue.space_id, PaperKind.KEY_RETURN, paper.return_no)
        await _rest(ctx, back, data.label_on, paper.return_no)
    return Text("keys.done.owner_returned", keys=names(keys), condition=choice("keys", data.condition))


async def _rest(ctx: Context, keys: Sequence[Key], label_on: bool, ref: str) -> None:
    if not label_on:
        for key in keys:
            key.labelled, key.label_owed_since = False, ctx.today
        await Key.change(keys, ("labelled", "label_owed_since"))
    await custody.move(ctx, keys, CustodyKind.RETURN, custody.CABINET, ref=ref)


async def _with_owners(keys: Sequence[Key]) -> dict[int, IssuedKey]:
    """What owners hold, by key id. Raises Refusal for a key that no owner has."""
    lines = await IssuedKey.filter(key_id__in=[key.id for key in keys], until__isnull=True).select_related("issue")
    found = {line.key_id: line for line in lines}
    for key in keys:
        if key.id not in found:
            raise Refusal(
                "keys.refusal.not_with_owner", field="key", value=key.tag_no, rule="keys-17",
                state=choice("keys", key.state),
            )  # fmt: skip
    return found


async def after_loss(ctx: Context, rows: Sequence[Any], data: Any) -> Text | None:
    """A key that its owner lost is no longer in the owner's hands."""
    lines = await IssuedKey.filter(key_id__in=[key.id for key in rows], until__isnull=True).select_related("issue")
    for line in lines:
        line.until = utc(ctx.now)
    await IssuedKey.change(lines, ("until",))
    return Text("keys.note.owner_had", issue=lines[0].issue.issue_no, at=lines[0].issue.signed_at) if lines else None


async def issue_prefill(ctx: Context, spaces: Sequence[Space]) -> Mapping[str, Any]:
    """The owner on the register for those who may see it, whatever may be issued, and who stands at the counter."""
    here = await stock.countable(ctx, spaces[0].id)
    owner = {"owner_name": spaces[0].owner_name} if ctx.may("keys.reveal") else {}
    return {**owner, **await verify_prefill(ctx, ()), **here}


async def verify_prefill(ctx: Context, issues: Sequence[OwnerKeyIssue]) -> Mapping[str, Any]:
    return {"checked_by": await Staff.get_or_none(id=ctx.actor.staff_id or 0)}


async def take_back_prefill(ctx: Context, keys: Sequence[Key]) -> Mapping[str, Any]:
    return {"condition": "ok", "label_on": True}


async def issue_blocked(ctx: Context, space: Space) -> Text | None:
    return None if space.kind is SpaceKind.OWNER_UNIT else Text("keys.blocked.no_unit")


async def verify_blocked(ctx: Context, issue: OwnerKeyIssue) -> Text | None:
    return unless_in(issue.state, [IssueState.PREPARED])


async def sign_blocked(ctx: Context, issue: OwnerKeyIssue) -> Text | None:
    if issue.state is IssueState.PREPARED and ctx.rule("keys-15").on:
        return Text("keys.blocked.not_verified")
    return unless_in(issue.state, WAITING)


async def close_blocked(ctx: Context, issue: OwnerKeyIssue) -> Text | None:
    return unless_in(issue.state, [IssueState.SIGNED])


async def refuse_blocked(ctx: Context, issue: OwnerKeyIssue) -> Text | None:
    return unless_in(issue.state, WAITING)


async def take_back_blocked(ctx: Context, key: Key) -> Text | None:
    return None if key.state is KeyState.ISSUED_TO_OWNER else Text("keys.blocked.not_with_owner")
