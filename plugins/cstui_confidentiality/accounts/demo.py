"""Accounts of the sample department: three systems, everybody's accounts, leave; some matters left for today."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from cstui.approvals import Request
from cstui_confidentiality.accounts.grants import OFF_DUTY, USE
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
SEATS = 14
"""Agents who work with the systems."""
SYSTEMS = (
    {
        "system_code": "CRM", "system_name": "客户系统", "system_kind": "crm", "log_format": "csv",
        "log_columns": "操作时间=时间\n工号=账号\n类型=操作\n客户编号=客户\n记录数=条数\n工单号=工单\n终端=电脑",
        "log_words": "登录=登录\n退出=退出\n查看=查询\n修改=修改\n导出=导出\n删除=删除\n心跳=",
    },
    {"system_code": "WEB", "system_name": "官网后台", "system_kind": "site_backend", "log_format": "sshd"},
    {"system_code": "FILE", "system_name": "文件共享", "system_kind": "file_share", "log_format": "by_hand"},
)  # fmt: skip
FORGOTTEN = (3, 8)
"""Agents who didn't change their passwords when everybody did."""
SIMPLE, EXPIRED, UNSIGNED = 5, 10, 12
"""Agents with a simple password, with an undertaking over a year old, and with none."""
HANDED = 2
"""Of the website's accounts the one that changed hands."""


def moments(part: Part) -> Moments:
    stage, first, today, custodian = part.stage, part.stage.first, part.today, part.custodian
    users = [one.login for one in part.agents[:SEATS] if one.login != custodian]
    organisers = [login for login in (*part.leaders, part.supervisor) if login != custodian]
    newcomer, keeper = users[-1], users[0]

    async def run(action: str, raw: dict[str, str], login: str = custodian, target: Any = ()) -> None:
        await stage.run(f"confidentiality.{action}", raw, login, target=target)

    async def systems() -> None:
        for system in SYSTEMS:
            await run("register_system", system)

    async def undertakings() -> None:
        signed = {login: first - (5 + number % 9) * DAY for number, login in enumerate([*users, *organisers])}
        signed[users[EXPIRED]] = today - 368 * DAY
        rows = [
            {"staff": login, "signed_on": f"{day}", "reference": f"保密承诺夹第 {number} 页"}
            for number, (login, day) in enumerate(signed.items(), 1)
            if login not in (users[UNSIGNED], newcomer)
        ]
        await stage.run_bulk("confidentiality.record_undertaking", rows, custodian)

    def listed(login: str, changed: date, system: str = "CRM", kind: str = "agent") -> dict[str, str]:
        simple = login == users[SIMPLE]
        return {
            "system": system, "login": login, "account_kind": kind, "holder": login, "issued_on": "2025-03-03",
            "secret_changed_on": f"{changed}", "strength": "2" if simple else "4", "length": "9" if simple else "14",
        }  # fmt: skip

    def web(number: int, changed: date) -> dict[str, str]:
        return {**listed(users[number], changed, "WEB", "admin"), "login": f"web{number + 1:02}"}

    async def entered() -> None:
        rows = [listed(login, first - number * DAY) for number, login in enumerate(users[:-1])]
        rows += [listed(login, first - number * DAY, "CRM", "admin") for number, login in enumerate(organisers)]
        rows += [web(number, first - 7 * DAY) for number in range(4)]
        rows.append({**listed(keeper, first - 4 * DAY, "FILE", "shared"), "login": "kefu"})
        await stage.run_bulk("confidentiality.enter_account", rows, custodian)

    async def changed(day: date) -> None:
        """Once a quarter everybody sets a new password, and the list is entered again."""
        forgotten = [users[number] for number in FORGOTTEN]
        rows = [listed(login, day) for login in users[:-1] if login not in forgotten]
        rows += [listed(login, day, "CRM", "admin") for login in organisers]
        rows += [web(number, day) for number in range(4) if number != HANDED]
        rows.append({**listed(keeper, day, "FILE", "shared"), "login": "kefu"})
        await stage.run_bulk("confidentiality.enter_account", rows, custodian)

    async def joined() -> None:
        await run("sign_undertaking", {"agreed": "yes"}, newcomer)
        raw = {"system": "CRM", "login": newcomer, "holder": newcomer, "strength": "4", "length": "16"}
        await run("issue_account", raw)
        await run("activate_account", {}, target=[f"CRM/{newcomer}"])

    async def ask(login: str, account: str, day: date, start: str, end: str, reason: str) -> None:
        raw = {"account": account, "start_at": f"{day} {start}", "end_at": f"{day} {end}", "reason": reason}
        await run("request_use", raw, login)

    async def off_duty(login: str, system: str, day: date, start: str, end: str, reason: str) -> None:
        raw = {"system": system, "start_at": f"{day} {start}", "end_at": f"{day} {end}", "reason": reason}
        await run("request_off_duty", raw, login)

    async def decide(verdict: str, note: str) -> None:
        waiting = Request.filter(kind__in=(USE, OFF_DUTY), state="asked")
        if request := await waiting.order_by("-id").first():
            await stage.run(f"approvals.{verdict}", {"note": note}, target=[request.pk])

    async def handed_over() -> None:
        raw = {"new_holder": users[4], "strength": "4", "length": "15"}
        await run("hand_over_account", raw, target=[f"WEB/web{HANDED + 1:02}"])

    days = part.workdays()
    half, late, last = days[len(days) // 2], days[-9], days[-2]
    shared = f"CRM/{users[1]}"
    return [
        (first, "09:05", systems),
        (first, "09:20", undertakings),
        (first, "09:40", entered),
        (days[14], "09:10", joined),
        (days[20], "10:20", partial(ask, users[6], shared, days[20], "13:00", "15:00", "本人账号被锁，等待解锁")),
        (days[20], "10:50", partial(decide, "approve", "只限今天下午")),
        (days[27], "15:30", handed_over),
        (half, "16:40", partial(changed, half)),
        (half + DAY, "11:15", partial(run, "suspend_account", {"reason": "休假两周"}, custodian, [f"CRM/{users[9]}"])),
        (half + 15 * DAY, "08:50", partial(run, "resume_account", {}, custodian, [f"CRM/{users[9]}"])),
        (days[-22], "14:00", partial(off_duty, users[0], "WEB", days[-21], "19:00", "22:00", "网站改版上线，晚上值守")),
        (days[-22], "14:20", partial(decide, "approve", "同意，完成后退出")),
        (days[-15], "09:30", partial(ask, users[7], shared, days[-15], "10:00", "18:00", "想用同事的账号看业绩")),
        (days[-15], "09:50", partial(decide, "refuse", "与业务无关，用本人账号")),
        (late, "10:10", partial(run, "review_accounts", {}, custodian, ["WEB/web01", "WEB/web02", "WEB/web04"])),
        (last, "09:40", partial(run, "order_change", {}, custodian, [f"CRM/{users[SIMPLE]}"])),
        (last, "16:05", partial(run, "report_compromised", {"how": "密码写在便签上，贴在显示器旁", "loss": "0"},
                                custodian, [f"CRM/{users[11]}"])),
        (last, "17:20", partial(off_duty, users[2], "CRM", today, "18:30", "20:00", "处理月末积压的退款工单")),
        (today, "08:15", partial(ask, users[5], "WEB/web02", today, "09:00", "11:00", "代发公告，本人今天休息")),
    ]  # fmt: skip
