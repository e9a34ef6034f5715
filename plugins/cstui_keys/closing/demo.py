"""Closing checks of the sample department's last days; yesterday's was forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cstui_keys.kinds import LoanState
from cstui_keys.models import Loan
from cstui_keys.stage import Moments

DAY = timedelta(days=1)


def moments(part: Any) -> Moments:
    """What happens on which day before the last ones."""

    async def close() -> None:
        out = await Loan.filter(state=LoanState.OUT).values_list("loan_no", flat=True)
        raw = {"computers_off": "true", "copiers_off": "true", "cabinet_locked": "true",
               "loans_out": ", ".join(str(number) for number in out)}  # fmt: skip
        await part.stage.run("keys.close_day", raw, part.custodians[0])

    return [(part.stage.today - back * DAY, "21:40", close) for back in (5, 4, 3)]
