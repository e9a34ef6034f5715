"""Work loans: out against a signature, back under the eyes of the custodian (keys-06, 07, 12, 22 to 25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import ShiftType, Staff, shift_end
from cstui_keys import custody
from cstui_keys.blocked import unless_in
from cstui_keys.kinds import HELD_BY_OFFICE, Condition, CustodyKind, HolderKind, KeyState, LoanState, Signed, SpaceKind
from cstui_keys.labels import names
from cstui_keys.loans.inputs import ExtendLoan, LendKeys, Purpose, Returned, ReturnKeys
from cstui_keys.models import Key, Loan, LoanLine


async def lend(ctx: Context, keys: Sequence[Key], data: LendKeys) -> Text:
    """Hand keys to a member of staff for work. Raises Refusal by the rules of the loan form."""
    _check_purpose(ctx, keys, data)
    for key in keys:
        await _check_key(ctx, key)
        ctx.rule("keys-25").forbid(
            ctx.rule("keys-25").owner_consent == "required"
            and key.space.kind is SpaceKind.OWNER_UNIT
            and not data.consent_ref,
            "keys.refusal.no_consent", field="consent_ref", value="", key=key.tag_no,
        )  # fmt: skip
    await _check_borrower(ctx, data.borrower)
    due_at, basis = await _due(ctx, data)
    loan = await Loan.create(
        loan_no=await Loan.next_number("loan_no", "L", ctx.today),
        borrower=data.borrower,
        department=data.borrower.department,
        work_reason=data.work_reason,
        work_order=data.work_order,
        contractor=data.contractor,
        out_at=utc(ctx.now),
        issued_by=ctx.actor.login,
        signed=Signed.PIN if data.pin else Signed.PAPER,
        signature_ref=data.signature_ref,
        consent_ref=data.consent_ref,
        due_at=due_at,
        due_basis=basis,
    )
    await LoanLine.insert(LoanLine(loan_id=loan.id, key_id=key.id) for key in keys)
    holder = custody.Holder(HolderKind.PERSON, data.borrower)
    await custody.move(ctx, keys, CustodyKind.LOAN_OUT, holder, KeyState.ON_LOAN, loan.loan_no)
    return Text("keys.done.lent", keys=names(keys), person=data.borrower.name, due=due_at, loan=loan.loan_no)


def _check_purpose(ctx: Context, keys: Sequence[Key], data: LendKeys) -> None:
    """A private purpose is refused, and is a matter for whoever decides findings."""
    rule = ctx.rule("keys-06")
    rule.forbid(
        data.purpose is Purpose.PRIVATE and rule.private_loans == "forbidden",
        "keys.refusal.private", field="purpose", value=choice("keys", data.purpose), suspect=data.borrower,
        finding=Text("keys.finding.private", person=data.borrower.name, keys=names(keys)),
    )  # fmt: skip
    rule.forbid(
        len(data.work_reason) < rule.reason_min,
        "keys.refusal.reason_short", field="work_reason", value=data.work_reason, least=rule.reason_min,
    )  # fmt: skip
    rule.forbid(not data.borrower.department, "keys.refusal.no_department", field="borrower", value=data.borrower.login)


async def _check_key(ctx: Context, key: Key) -> None:
    """A key that doesn't hang in a cabinet can't be lent, whatever the rules say; an unlabelled one by keys-12."""
    if key.state is KeyState.ON_LOAN:
        loan = await open_loan(key)
        raise Refusal(
            "keys.refusal.already_out", field="key", value=key.tag_no, rule="keys-07", holder=loan.borrower.name,
            since=loan.out_at, due=loan.due_at,
        )  # fmt: skip
    if key.state not in HELD_BY_OFFICE:
        raise Refusal(
            "keys.refusal.not_here", field="key", value=key.tag_no, rule="keys-07", state=choice("keys", key.state)
        )
    ctx.rule("keys-12").forbid(
        not key.labelled, "keys.refusal.unlabelled", field="key", value=key.tag_no, label=key.label_text
    )


async def _check_borrower(ctx: Context, borrower: Staff) -> None:
    rule = ctx.rule("keys-22")
    late = (
        await LoanLine.filter(back_at__isnull=True, loan__borrower_id=borrower.id, loan__due_at__lt=utc(ctx.now))
        .select_related("key", "loan")
        .first()
    )
    rule.forbid(
        late is not None and rule.overdue_blocks_loan,
        "keys.refusal.borrower_overdue", field="borrower", value=borrower.login, person=borrower.name,
        key=late.key.tag_no if late else "", due=late.loan.due_at if late else None,
    )  # fmt: skip


async def _due(ctx: Context, data: LendKeys) -> tuple[datetime, str]:
    """When a loan is due, and why: told, end of the borrower's or the site's shift, or the longest loan."""
    rule = ctx.rule("keys-22")
    latest = utc(ctx.now) + rule.loan_max
    if data.due_at is None:
        end, basis = await _end_of_shift(ctx, data.borrower) if rule.loan_due == "shift_end" else (None, "limit")
        return (end, basis) if end and end <= latest else (latest, "limit")
    due = utc(data.due_at)
    if due <= ctx.now:
        raise BadInput("keys.refusal.due_past", field="due_at", value=due)
    check_longest(ctx, ctx.now, due)
    return due, "given"


async def _end_of_shift(ctx: Context, person: Staff) -> tuple[datetime | None, str]:
    """The end of the person's shift now or later today; without one, of the site's shift that runs longest."""
    now = utc(ctx.now)
    own = await shift_end(ctx, person, now)
    if own:
        return own, "shift"
    ends = []
    for shift in await ShiftType.all():
        for day in (ctx.today - timedelta(days=1), ctx.today):
            start, end = ctx.moment(day, shift.start_minute), ctx.moment(day, shift.end_minute)
            if start <= now < end:
                ends.append(end)
    return (max(ends), "site_shift") if ends else (None, "limit")


def check_longest(ctx: Context, out_at: datetime, due: datetime) -> None:
    """Refuse a due time further from the hand-out than the longest loan (that long exactly is allowed)."""
    rule = ctx.rule("keys-22")
    rule.forbid(
        due - out_at > rule.loan_max,
        "keys.refusal.too_long", field="due_at", value=due, longest=rule.loan_max, latest=utc(out_at) + rule.loan_max,
    )  # fmt: skip


async def open_loan(key: Key) -> Loan:
    """The loan a key is out on, with its borrower."""
    line = await LoanLine.get(key_id=key.id, back_at__isnull=True).select_related("loan__borrower")
    return line.loan


async def open_loans(keys: Sequence[Key]) -> dict[int, LoanLine]:
    """Open loan lines by key id, with their loans and borrowers. Raises Refusal for a key that isn't on loan."""
    lines = await LoanLine.filter(key_id__in=[key.id for key in keys], back_at__isnull=True).select_related(
        "loan__borrower"
    )
    found = {line.key_id: line for line in lines}
    for key in keys:
        if key.id not in found:
            raise Refusal(
                "keys.refusal.not_out", field="key", value=key.tag_no, rule="keys-07", state=choice("keys", key.state)
            )
    return found


async def lend_blocked(ctx: Context, key: Key) -> Text | None:
    if key.state in HELD_BY_OFFICE and not key.labelled and ctx.rule("keys-12").on:
        return Text("keys.blocked.unlabelled")
    return unless_in(key.state, HELD_BY_OFFICE)


async def out_only(ctx: Context, key: Key) -> Text | None:
    """Why an act on a loan can't be done to this key now."""
    return None if key.state is KeyState.ON_LOAN else Text("keys.blocked.not_out")


async def extend_blocked(ctx: Context, key: Key) -> Text | None:
    """Why the loan can't be extended now; one that has been out for the longest time can only come back."""
    if blocked := await out_only(ctx, key):
        return blocked
    rule, loan = ctx.rule("keys-22"), await open_loan(key)
    whole = rule.on and utc(ctx.now) >= utc(loan.out_at) + rule.loan_max
    return Text("keys.blocked.longest_out", longest=rule.loan_max) if whole else None


async def return_blocked(ctx: Context, key: Key) -> Text | None:
    if key.holder_id is not None and key.holder_id == ctx.actor.staff_id and ctx.rule("keys-23").on:
        return Text("keys.blocked.own_return")
    return await out_only(ctx, key)


async def give_back(ctx: Context, keys: Sequence[Key], data: ReturnKeys) -> Text:
    """Take keys back: seen by somebody else than the borrower, with their condition (keys-23)."""
    ctx.rule("keys-23").forbid(
        data.condition is not Returned.OK and not data.remark,
        "keys.refusal.condition_remark", field="remark", value="", condition=choice("keys", data.condition),
    )  # fmt: skip
    lines = await open_loans(keys)
    await close_lines(ctx, lines, Condition(data.condition.value), data.remark)
    for loan in {line.loan_id: line.loan for line in lines.values()}.values():
        by_loan = [key for key in keys if lines[key.id].loan_id == loan.id]
        await custody.move(ctx, by_loan, CustodyKind.LOAN_BACK, custody.CABINET, ref=loan.loan_no)
        if utc(ctx.now) > loan.due_at:
            ctx.notes.append(Text("keys.note.late", keys=names(by_loan), late=utc(ctx.now) - loan.due_at))
    return Text("keys.done.returned", keys=names(keys), condition=choice("keys", data.condition))


async def close_lines(ctx: Context, lines: Mapping[int, LoanLine], condition: Condition, remark: str) -> None:
    """Close loan lines, and the loans none of whose keys is out any more."""
    for line in lines.values():
        line.back_at, line.received_by = utc(ctx.now), ctx.actor.login
        line.condition, line.remark = condition, remark
    await LoanLine.change(lines.values(), ("back_at", "received_by", "condition", "remark"))
    for loan in {line.loan_id: line.loan for line in lines.values()}.values():
        if not await LoanLine.filter(loan_id=loan.id, back_at__isnull=True).exists():
            lost = await LoanLine.filter(loan_id=loan.id, condition=Condition.LOST).exists()
            loan.state = LoanState.LOST if lost else LoanState.RETURNED
            loan.back_at = utc(ctx.now)
            await loan.save()


async def remind(ctx: Context, keys: Sequence[Key], data: None) -> Text:
    """Note that the borrower was reminded; how often stands on the loan."""
    loans = {line.loan_id: line.loan for line in (await open_loans(keys)).values()}
    for loan in loans.values():
        loan.reminders += 1
        loan.reminded_at = utc(ctx.now)
        await loan.save()
    return Text("keys.done.reminded", keys=names(keys), person="、".join(loan.borrower.name for loan in loans.values()))


async def extend(ctx: Context, keys: Sequence[Key], data: ExtendLoan) -> Text:
    """Put a loan's due time later, with the reason; never beyond the longest loan since it went out."""
    due = utc(data.due_at)
    for loan in {line.loan_id: line.loan for line in (await open_loans(keys)).values()}.values():
        if due <= (soonest := max(loan.due_at, utc(ctx.now))):
            raise BadInput("keys.refusal.not_later", field="due_at", value=due, due=soonest)
        check_longest(ctx, loan.out_at, due)
        loan.due_at, loan.due_basis = due, "extended"
        loan.extended += 1
        loan.extend_reason = data.reason
        await loan.save()
    return Text("keys.done.extended", keys=names(keys), due=due)


async def return_prefill(ctx: Context, keys: Sequence[Key]) -> Mapping[str, Any]:
    return {"condition": "ok"}


async def extend_prefill(ctx: Context, keys: Sequence[Key]) -> Mapping[str, Any]:
    """The latest time the loan may be extended to."""
    lines = await LoanLine.filter(key_id__in=[key.id for key in keys], back_at__isnull=True).select_related("loan")
    if not lines:
        return {}
    return {"due_at": min(line.loan.out_at for line in lines) + ctx.rule("keys-22").loan_max}
