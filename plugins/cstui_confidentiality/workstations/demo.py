"""Computers of the sample department and their scans: imported week by week, two missed, threats not yet dealt with."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
WEEK = 7
SHARED = ("KF-15", "KF-16")


def moments(part: Part) -> Moments:
    stage, first, today = part.stage, part.stage.first, part.today
    custodian = part.custodian
    seats = {f"KF-{number:02}": person.login for number, person in enumerate(part.agents[:14], 1)}
    pcs = [*seats, *SHARED]

    async def enter() -> None:
        rows = [
            {"pc": pc, "place": f"{number // 4 + 1} 排 {number % 4 + 1} 号", "seat_user": seats.get(pc, ""),
             "first_day": first.isoformat()}
            for number, pc in enumerate(pcs)
        ]  # fmt: skip
        await stage.run_bulk("confidentiality.set_workstation", rows, custodian)

    async def scanned(days: list[date]) -> None:
        """The scanner's report of some days, as it is imported."""
        rows = [
            {"pc": pc, "day": f"{day}", "result": "clean", "signature_date": f"{day - (day.toordinal() % 4) * DAY}"}
            for day in days
            for number, pc in enumerate(pcs)
            if (day.toordinal() * 7 + number * 13) % 31
            and not (pc == "KF-06" and day >= today - 4 * DAY)
            and not (pc in SHARED and day == today - DAY)
        ]
        for row in rows:  # one scan of the quarter found something
            if (row["pc"], row["day"]) == ("KF-09", f"{days[0]}") and days[0] == _weeks(part)[3][0]:
                row.update(result="threats", threats="2")
        await stage.run_bulk("confidentiality.enter_scan", rows, custodian)

    async def cleaned() -> None:
        day = _weeks(part)[3][0]
        note = {"note": "隔离后重装浏览器，复查无毒"}
        await stage.run("confidentiality.quarantine", note, custodian, target=[f"KF-09/{day}"])

    async def threats() -> None:
        raw = {"result": "threats", "threats": "1", "day": f"{today - DAY}", "signature_date": f"{today - 2 * DAY}"}
        await stage.run("confidentiality.record_scan", raw, custodian, target=["KF-16"])

    async def old() -> None:
        raw = {"result": "clean", "day": f"{today - DAY}", "signature_date": f"{today - 12 * DAY}"}
        await stage.run("confidentiality.record_scan", raw, custodian, target=["KF-15"])

    plan: Moments = [(first, "10:40", enter)]
    plan += [(days[-1], "18:05", partial(scanned, days)) for days in _weeks(part)]
    return [
        *plan,
        (_weeks(part)[3][-1], "18:40", cleaned),
        (today - DAY, "17:20", threats),
        (today - DAY, "17:25", old),
    ]


def _weeks(part: Part) -> list[list[date]]:
    """The days of the quarter before today, seven by seven."""
    days = part.stage.days()[:-1]
    return [days[at : at + WEEK] for at in range(0, len(days), WEEK)]
