"""Findings come from logs and from people; each is one matter, of one person, rule, account and day."""

from __future__ import annotations

import json
from datetime import date

from cstui.api import Context, Severity, Text, pack, utc
from cstui.people import Staff
from cstui_confidentiality.models import AuditFinding


async def find_by_hand(
    ctx: Context, *, rule: str, staff: Staff | None, severity: Severity, why: Text, day: date | None = None
) -> AuditFinding:
    """A finding that no log tells: somebody saw it, or another act of this area shows it. Today's unless told."""
    return await AuditFinding.create(
        finding_no=await AuditFinding.next_number("finding_no", "F", ctx.today), rule=rule, staff=staff,
        day=day or ctx.today, severity=severity, why=packed(why), found_at=utc(ctx.now), found_by=ctx.actor.login,
    )  # fmt: skip


def packed(why: Text) -> str:
    """A text as a finding keeps it, to be told in any language."""
    return json.dumps(pack(why), ensure_ascii=False)
