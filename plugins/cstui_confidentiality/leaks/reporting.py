"""A leak is reported: by its finder, out of the box of anonymous letters, or by an act that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cstui.api import Context, utc
from cstui.people import Staff
from cstui_confidentiality.kinds import Channel
from cstui_confidentiality.models import LeakReport, SecrecyCategory, Witness


async def report_prefilled(
    ctx: Context,
    *,
    what: str,
    category: SecrecyCategory,
    channel: Channel | None = None,
    suspect: Staff | None = None,
    discovered_at: datetime | None = None,
    known_since: datetime | None = None,
    loss_fen: int = 0,
    witnesses: Sequence[tuple[Staff, datetime]] = (),
) -> LeakReport:
    """Report a leak that an act shows: a pass that is lost, a post without leave. The actor is its reporter.

    Moments are now unless told. `witnesses` are others who knew, and since when. It is told up the chain at once.
    """
    return await make(
        ctx, reporter_id=ctx.actor.staff_id, what=what, category=category, channel=channel, suspect=suspect,
        discovered_at=discovered_at or ctx.now, known_since=known_since or discovered_at or ctx.now,
        loss_fen=loss_fen, witnesses=witnesses,
    )  # fmt: skip


async def make(
    ctx: Context,
    *,
    reporter_id: int | None,
    what: str,
    category: SecrecyCategory,
    channel: Channel | None,
    suspect: Staff | None,
    discovered_at: datetime,
    known_since: datetime,
    reported_at: datetime | None = None,
    loss_fen: int = 0,
    witnesses: Sequence[tuple[Staff, datetime]] = (),
) -> LeakReport:
    """A report with those who knew; where confidentiality-48 holds it is told up the chain."""
    told_up = ctx.rule("confidentiality-48").on
    report = await LeakReport.create(
        report_no=await LeakReport.next_number("report_no", "L", ctx.today), reporter_id=reporter_id, suspect=suspect,
        what=what, category=category, channel=channel, discovered_at=utc(discovered_at), known_since=utc(known_since),
        reported_at=utc(reported_at or ctx.now), escalated_at=utc(ctx.now) if told_up else None, loss=loss_fen,
    )  # fmt: skip
    for staff, since in witnesses:
        await Witness.create(report=report, staff=staff, known_since=utc(since))
    return report
