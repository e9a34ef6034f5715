"""Programs of the sample department: a certified list, two inventories, one asked for, some nobody certified."""

from __future__ import annotations

from datetime import timedelta

from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
CERTIFIED = (
    ("客服坐席客户端", "5.2"), ("WPS Office", ""), ("火绒安全", ""), ("7-Zip", "24.08"), ("Chrome", ""),
    ("企业微信", ""), ("搜狗输入法", ""),
)  # fmt: skip
STRANGE = {"KF-03": ("迅雷", "12.1"), "KF-08": ("QQ 音乐", "20.4"), "KF-11": ("QQ 音乐", "20.4")}


def moments(part: Part) -> Moments:
    stage, first, today = part.stage, part.stage.first, part.today

    async def certify() -> None:
        for name, version in CERTIFIED:
            raw = {"name": name, "software_version": version}
            await stage.run("confidentiality.certify_software", raw, part.custodian)

    async def inventory(day: int, strange: dict[str, tuple[str, str]]) -> None:
        seen_on = (today - day * DAY).isoformat()
        rows = [
            {"pc": f"KF-{number:02}", "name": name, "software_version": version or "2026.3", "seen_on": seen_on}
            for number in range(1, 17)
            for name, version in (*CERTIFIED, *([strange[f"KF-{number:02}"]] if f"KF-{number:02}" in strange else []))
        ]
        await stage.run_bulk("confidentiality.find_software", rows, part.custodian)

    async def before() -> None:
        await inventory(40, {**STRANGE, "KF-05": ("向日葵远程", "15.0")})

    async def remove() -> None:
        await stage.run("confidentiality.order_removal", {}, target=["KF-03/迅雷 12.1"])

    async def now() -> None:
        await inventory(2, STRANGE)

    async def ask() -> None:
        raw = {"name": "飞书会议", "software_version": "7.20", "note": "与外地门店开视频例会"}
        await stage.run("confidentiality.request_software", raw, part.agents[4].login)

    return [
        (first + 4 * DAY, "11:05", certify),
        (today - 40 * DAY, "18:20", before),
        (today - 39 * DAY, "09:40", remove),
        (today - 2 * DAY, "18:20", now),
        (today, "08:30", ask),
    ]
