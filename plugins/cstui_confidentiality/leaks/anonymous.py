"""Reports without a name: a box for letters. A code, shown once, is the only way back to one (confidentiality-27, -51).

What is put in leaves no name, no time finer than the day, no order and no entry in the journal; of the code only a
digest is kept. Whoever opens the box makes reports of the letters; those that name them stay for somebody else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, random_key
from cstui.people import Staff
from cstui_confidentiality.leaks.inputs import FollowUp, ReportAnonymously
from cstui_confidentiality.leaks.reporting import make
from cstui_confidentiality.models import AnonymousLeak, AnonymousNote, LeakReport, SecrecyCategory

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are mistaken for another when written by hand (I, L, O, U)."""
LENGTH = 16
"""Signs of a code: 80 bits, so that none is found by trying."""


def code_of(key: str) -> str:
    """A code to write down, from 128 random bits: 7K2M-QX8D-…"""
    number, signs = int(key, 16), ""
    for _ in range(LENGTH):
        number, sign = divmod(number, len(SIGNS))
        signs += SIGNS[sign]
    return "-".join(signs[at : at + 4] for at in range(0, LENGTH, 4))


def digest_of(code: str) -> str:
    """What the store keeps of a code, however it was typed: in small letters, with other dashes or none, O for 0."""
    signs = re.sub(r"[^0-9A-Z]", "", code.upper()).translate(str.maketrans("OIL", "011"))
    if len(signs) != LENGTH:
        raise BadInput("confidentiality.refusal.receipt", field="receipt", value="****")
    return hashlib.sha256(signs.encode()).hexdigest()


async def report(ctx: Context, data: ReportAnonymously) -> Text:
    """Put a letter into the box."""
    code = data.receipt or code_of(random_key())
    digest = digest_of(code)
    if await AnonymousLeak.exists(receipt=digest):
        raise BadInput("confidentiality.refusal.receipt", field="receipt", value="****")
    await AnonymousLeak.create(
        day=ctx.today, what=data.what, category=data.category.code, receipt=digest,
        suspect_login=data.suspect.login if data.suspect else "",
    )  # fmt: skip
    return Text("confidentiality.done.leak_anonymous", code=code)


async def receipt_prefill(ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
    """A new code, to be written down before the report is sent."""
    return {"receipt": code_of(random_key())}


async def report_effect(ctx: Context, rows: Sequence[Any], data: ReportAnonymously) -> Text:
    """In plain words: what is protected, and what isn't."""
    return Text("confidentiality.effect.report_anonymously", code=data.receipt or "—")


async def follow_up(ctx: Context, data: FollowUp) -> Text:
    """The answer to a letter, and what more there is to say. It proves the day on which it was reported."""
    digest = digest_of(data.receipt)
    letter = await AnonymousLeak.filter(receipt=digest).first()
    if letter is None:
        raise Refusal("confidentiality.refusal.no_letter", field="receipt", value="****")
    if data.note:
        await AnonymousNote.create(day=ctx.today, receipt=digest, note=data.note)
    return await _told(letter)


async def _told(letter: AnonymousLeak) -> Text:
    report = await LeakReport.filter(report_no=letter.taken_up).first() if letter.taken_up else None
    if report is None:
        return Text("confidentiality.done.letter_unread", day=letter.day)
    word = "letter_answered" if report.answer else "letter_read"
    return Text(f"confidentiality.done.{word}", day=letter.day, leak=report.report_no, answer=report.answer,
                state=choice("confidentiality", report.state))  # fmt: skip


async def unread(ctx: Context) -> tuple[list[AnonymousLeak], list[AnonymousNote]]:
    """Letters and notes in the box that the actor may read: none that names them, nor notes to such a one."""
    me = ctx.actor.login
    letters = await AnonymousLeak.filter(taken_up="").exclude(suspect_login=me).order_by("day", "id")
    notes = await AnonymousNote.filter(taken_up=False).order_by("day", "id")
    mine = {letter.receipt for letter in letters}
    of = {note.receipt for note in notes} - mine
    taken = {one.receipt: one.taken_up for one in await AnonymousLeak.filter(receipt__in=sorted(of))}
    reports = LeakReport.filter(report_no__in=sorted(filter(None, taken.values())))
    barred = {one.report_no for one in await reports if ctx.actor.staff_id and one.suspect_id == ctx.actor.staff_id}
    readable = mine | {receipt for receipt, number in taken.items() if number and number not in barred}
    return letters, [note for note in notes if note.receipt in readable]


async def open_box(ctx: Context, data: None) -> Text:
    """Each letter becomes a report, each note is added to its report; the journal commits to what was in the box."""
    letters, notes = await unread(ctx)
    if not letters and not notes:
        raise Refusal("confidentiality.refusal.box_empty", field="action", value="")
    if letters:
        ctx.seal("confidentiality_anonymous_leak", [_sealed(one.day, one.receipt, one.what) for one in letters])
    if notes:
        ctx.seal("confidentiality_anonymous_note", [_sealed(one.day, one.receipt, one.note) for one in notes])
    for letter in letters:
        day = ctx.moment(letter.day)
        made = await make(
            ctx, reporter_id=None, what=letter.what, category=await SecrecyCategory.get(code=letter.category),
            channel=None, suspect=await Staff.filter(login=letter.suspect_login).first(), discovered_at=day,
            known_since=day, reported_at=day,
        )  # fmt: skip
        letter.taken_up = made.report_no
        await letter.save()
    for note in notes:
        letter = await AnonymousLeak.get(receipt=note.receipt)
        report = await LeakReport.get(report_no=letter.taken_up)
        report.notes = f"{report.notes}\n{note.day:%Y-%m-%d} {note.note}".strip()[-4000:]
        note.taken_up = True
        await report.save()
        await note.save()
    return Text("confidentiality.done.box_opened", letters=len(letters), notes=len(notes))


def _sealed(day: date, receipt: str, words: str) -> dict[str, str]:
    return {"day": day.isoformat(), "receipt": receipt, "words": words}
