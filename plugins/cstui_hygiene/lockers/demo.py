"""Lockers and green plots of the sample department: two people without a locker, one found unlocked, one plot free."""

from __future__ import annotations

from cstui_hygiene.roster import DAY
from cstui_hygiene.stage import Moments, Part

PLOTS = ("1 号楼东侧", "3 号楼南侧", "中心花园北区", "中心花园南区", "5 号楼西侧", "地库出入口")


def moments(part: Part) -> Moments:
    stage, first, today = part.stage, part.stage.first, part.today
    holders = stage.logins("customer_service")

    async def enter() -> None:
        lockers = [{"locker_no": f"{n:02}", "holder": login} for n, login in enumerate(holders[:-2], 1)]
        free = [{"locker_no": f"{n:02}"} for n in range(len(lockers) + 1, len(lockers) + 5)]
        await stage.run_bulk("hygiene.set_locker", [*lockers, *free])
        plots = [{"plot": plot, "keeper": login} for plot, login in zip(PLOTS, holders[6::4], strict=False)]
        await stage.run_bulk("hygiene.set_plot", plots)

    async def locked() -> None:
        await stage.run("hygiene.locker_locked", {}, part.leader(today), target=["03", "07", "12", "18", "21"])

    async def broken() -> None:
        await stage.run("hygiene.locker_broken", {"fault": "锁舌卡死，已报修"}, target=[f"{len(holders) + 2:02}"])

    async def reassign() -> None:
        await stage.run("hygiene.assign_plot", {"keeper": holders[9]}, target=[PLOTS[1]])

    async def unlocked() -> None:
        await stage.run("hygiene.locker_unlocked", {}, part.leader(today), target=["09"])

    async def new_plot() -> None:
        await stage.run("hygiene.set_plot", {"plot": "新建儿童活动区"})

    return [
        (first, "10:10", enter),
        (first + 30 * DAY, "15:20", reassign),
        (today - 20 * DAY, "16:10", locked),
        (today - 6 * DAY, "11:30", broken),
        (today - DAY, "16:25", unlocked),
        (today - DAY, "17:05", new_plot),
    ]
