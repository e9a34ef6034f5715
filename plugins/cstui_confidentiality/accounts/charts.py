"""How old the secrets are, system by system: what will have to be changed soon."""

from __future__ import annotations

from collections import defaultdict

from cstui.api import Chart, Context, Datum, Figures, Period, Series, Text, Verbatim
from cstui_confidentiality.accounts.states import USABLE
from cstui_confidentiality.models import Account

PARTS = 3
"""Into which the longest age is divided; older ones are a part of their own."""


async def secret_ages(ctx: Context, period: Period) -> Figures:
    """Accounts that somebody can sign in with, by the age of their secret (confidentiality-22)."""
    most = ctx.rule("confidentiality-22").password_max_age
    ends = [most * part // PARTS for part in range(1, PARTS + 1)]
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    rows = Account.filter(state__in=USABLE).select_related("system").order_by("system__code", "id")
    for account in await rows:
        age = (ctx.today - account.secret_changed_on).days
        found[account.system.code, sum(age > end for end in ends)].append(account.pk)
    starts = [0, *(end + 1 for end in ends[:-1])]
    labels = [
        Text("confidentiality.chart.days", first=first, last=last) for first, last in zip(starts, ends, strict=True)
    ]
    return Figures(
        (*labels, Text("confidentiality.chart.over", most=most)),
        tuple(
            Series(
                Verbatim(code), tuple(Datum(len(ids), tuple(ids)) for ids in (found[code, n] for n in range(PARTS + 1)))
            )
            for code in dict.fromkeys(code for code, _ in [*found])
        ),
        register="confidentiality.accounts",
    )


CHARTS = (Chart("confidentiality.secret_ages", "bars", secret_ages, span="now"),)
