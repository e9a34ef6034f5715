"""Looks and reports of the sample department."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from cstui_confidentiality.models import IdentityVerification
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)


def moments(part: Part) -> Moments:
    stage, today = part.stage, part.today

    async def look(purpose: str, ticket: str, login: str | None) -> None:
        if check := await IdentityVerification.all().order_by("-id").first():
            raw = {"register_id": "confidentiality.verifications", "record": f"{check.pk}", "purpose": purpose,
                   "ticket": ticket}  # fmt: skip
            await stage.run("site.reveal", raw, login)

    async def reading() -> None:
        raw = {"what": "午休时翻看同事的客户跟进表"}
        await stage.run("confidentiality.report_reading", raw, part.agents[5].login, target=[part.agents[8].login])

    async def desk() -> None:
        raw = {"what": "客户登记表摊在桌上未收"}
        await stage.run("confidentiality.desk_left", raw, target=[part.agents[11].login])

    return [
        (today - 44 * DAY, "14:20", partial(look, "复核投诉，回拨客户", "W-1240", None)),
        (today - 26 * DAY, "10:05", partial(look, "抽查核身质量", "", None)),
        (today - 9 * DAY, "16:40", partial(look, "客户要求更正登记电话", "W-1263", part.head)),
        (today - 8 * DAY, "17:55", desk),
        (today - 2 * DAY, "13:05", reading),
        (today - DAY, "15:58", partial(look, "核实未核身告知一事", "W-1273", None)),
    ]
