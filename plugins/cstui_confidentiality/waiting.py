"""By when requests are decided, whichever room asks (confidentiality-52 holds how long they may wait)."""

from __future__ import annotations

from datetime import datetime

from cstui.api import Context, Text


def deadline(ctx: Context, asked: datetime) -> tuple[datetime, Text]:
    """Past it the request holds up whoever asked, and is critical."""
    wait = ctx.rule("confidentiality-52", ctx.local(asked).date()).approval_wait
    return asked + wait, Text("confidentiality.proof.decide_within", wait=wait, until=asked + wait)
