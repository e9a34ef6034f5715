"""What proxy and scanner told of the sample department: some settled, two from yesterday that wait."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
TOLD = (
    (61, "KF-02", "site", "已拦截：仿冒银行登录页"),
    (33, "KF-12", "download", "已拦截：free-game-setup.exe"),
    (1, "KF-08", "download", "下载 music-vip-crack.zip"),
    (1, "KF-08", "site", "访问被标记的下载站 soft-park.example"),
)


def moments(part: Part) -> Moments:
    stage, today = part.stage, part.today

    async def told(days: int) -> None:
        rows = [
            {"alert_no": f"GW-{4100 + 13 * number}", "pc": pc, "alert_kind": kind, "alert_what": what,
             "at": f"{today - days * DAY} 14:{10 + number}"}
            for number, (ago, pc, kind, what) in enumerate(TOLD)
            if ago == days
        ]  # fmt: skip
        await stage.run_bulk("confidentiality.enter_alert", rows, part.custodian)

    async def settle(number: int) -> None:
        note = {"note": "已核实为误点，未下载成功，已提醒本人"}
        await stage.run("confidentiality.settle_alert", note, target=[f"GW-{4100 + 13 * number}"])

    return [
        (today - 61 * DAY, "18:30", partial(told, 61)),
        (today - 60 * DAY, "09:30", partial(settle, 0)),
        (today - 33 * DAY, "18:30", partial(told, 33)),
        (today - 32 * DAY, "09:30", partial(settle, 1)),
        (today - DAY, "18:30", partial(told, 1)),
    ]
