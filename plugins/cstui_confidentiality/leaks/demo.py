"""Leaks and cases of the sample department: two that went to their end, letters without a name, one late report.

Left for today: an unread letter, a leak nobody has in hand, one under investigation, a confirmed one with somebody
who kept silent and a reward to decide, a case to be heard, one to be proposed and one that the head decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from cstui.approvals import Finding
from cstui_confidentiality.models import AnonymousLeak, ConfidentialityCase, LeakReport
from cstui_confidentiality.stage import Moments, Part

DAY = timedelta(days=1)
SHOT = "工单截图连同客户手机号被发到业主群，已有三十多人看到"
SLIP = "培训课件传到了公开网盘，链接在外面能打开"
HEARD = "听说有人把充值记录念给冒充客户的人，那天下午在接待台"
LOUD = "电梯里大声谈论未公布的活动，旁边有外人"
LIST = "客户名单打印件遗落在打印机旁，被送水工拍照"
BOARD = "论坛上出现后台页面截图，带客服工号"
SCRIPT = "话术文档出现在同行的客服群里"


def moments(part: Part) -> Moments:
    story = Story(part)
    days = part.workdays()
    last, before = days[-2], days[-3]
    first, second = days[len(days) // 6], days[len(days) // 2]
    return [
        *story.to_the_end(days[len(days) // 6 :], SHOT, "S04", reporter=1, leaker=4),
        *story.letter(second, HEARD),
        *story.late(days[len(days) * 2 // 3], SLIP, reporter=6, knew=7),
        *story.to_the_end(days[len(days) // 3 :], LOUD, "S02", reporter=2, leaker=5, drop=True),
        (before, "10:05", story.report(BOARD, "S03", 3, ago=2, channel="forum")),
        (before, "10:40", story.on(BOARD, "acknowledge_leak")),
        (before, "11:15", story.on(BOARD, "investigate_leak", actions="请论坛管理员下线帖子，比对工号当班记录")),
        (before, "16:20", story.on(BOARD, "note_leak", by=part.head, instruction="今天内查清来源")),
        (before, "14:00", story.report(LIST, "S04", 8, ago=3, knew=[9], knew_ago=96)),
        (before, "14:30", story.on(LIST, "acknowledge_leak")),
        (last, "09:30", story.on(LIST, "confirm_leak", conclusion="打印后未及时取走，已收回并请对方删除照片",
                                 loss="600", recovered="600")),
        (last, "10:10", story.on(LIST, "note_leak", by=part.head)),
        *story.waiting(last),
        (last, "17:45", story.write(SCRIPT)),
        (part.today, "08:05", story.report("快递单照片里能看清客户地址，发在部门外的微信群", "S04", 10, ago=12)),
        (first, "09:05", story.case("confidentiality-43", 11, "把复盘资料带回工位以外的地方，未锁柜", "breach")),
        (first, "09:40", story.of_case(11, "drop_case", reason="资料已公开，不属涉密")),
    ]  # fmt: skip


class Story:
    """Acts that find their record by what it says."""

    def __init__(self, part: Part) -> None:
        self.part, self.stage = part, part.stage
        self.logins = [one.login for one in part.agents]

    def who(self, number: int) -> str:
        return self.logins[number % len(self.logins)]

    def report(
        self, what: str, category: str, reporter: int, ago: int = 1, knew: Any = (), knew_ago: int = 0, **more: Any
    ) -> Any:
        """Somebody reports what they knew so many hours ago."""

        async def act() -> None:
            now = self.stage.timeline.moment
            zone = self.stage.host.zone
            known = (now - timedelta(hours=ago)).astimezone(zone)
            raw = {"what": what, "category": category, "discovered_at": known, "known_since": known, **more}
            if knew:
                raw |= {"knew": [self.who(one) for one in knew], "knew_since": now - timedelta(hours=knew_ago)}
            await self.stage.run("confidentiality.report_leak", raw, self.who(reporter))

        return act

    def on(self, what: str, action: str, by: str | None = None, **raw: Any) -> Any:
        """An act on the report that says so."""

        async def act() -> None:
            report = await LeakReport.get(what=what)
            await self.stage.run(f"confidentiality.{action}", raw, by, target=[report.pk])

        return act

    def case(self, article: str, subject: int, facts: str, ground: str) -> Any:
        async def act() -> None:
            raw = {"subject": self.who(subject), "article": article, "ground": ground, "facts": facts}
            await self.stage.run("confidentiality.open_case", raw)

        return act

    def of_case(self, subject: int, action: str, by: str | None = None, **raw: Any) -> Any:
        """An act on the last case against somebody."""

        async def act() -> None:
            cases = ConfidentialityCase.filter(subject__login=self.who(subject)).order_by("-id")
            if case := await cases.first():
                await self.stage.run(f"confidentiality.{action}", raw, by, target=[case.pk])

        return act

    def write(self, what: str) -> Any:
        """A letter without a name."""
        raw = {"what": what, "category": "S06"}
        return partial(self.stage.run, "confidentiality.report_anonymously", raw, self.who(0))

    async def accept(self) -> None:
        """What was proposed of leaks is decided."""
        for finding in await Finding.filter(area="confidentiality", state="open"):
            if finding.rule in ("confidentiality-29", "confidentiality-31", "confidentiality-35"):
                note = {"note": "同意，转人事和财务办理"}
                await self.stage.run("approvals.accept_finding", note, self.part.head, target=[finding.pk])

    def to_the_end(
        self, days: list[date], what: str, category: str, reporter: int, leaker: int, drop: bool = False
    ) -> Moments:
        """A leak with its case: decided by the head, or dropped after the hearing."""
        head, on = self.part.head, partial(self.on, what)
        case = partial(self.of_case, leaker)
        loss = {"loss": "300", "recovered": "0"}
        made: Moments = [
            (days[0], "15:10", self.report(what, category, reporter, channel="oral" if drop else "group_chat")),
            (days[0], "15:25", on("acknowledge_leak")),
            (days[0], "16:00", on("investigate_leak", actions="联系知情人，请其撤回并删除")),
            (days[0], "17:10", on("note_leak", by=head, instruction="尽快查清")),
            (days[1], "10:20", on("confirm_leak", conclusion="查实，已撤回", suspect=self.who(leaker), **loss,
                                  answer="已查实，谢谢你及时报告")),
            (days[1], "10:35", on("open_case_of_leak", subject=self.who(leaker), article="confidentiality-38",
                                  facts=what)),
            (days[2], "09:40", case("hear_case", statement="当时急着答复，没想到群里有外人，已当面道歉")),
        ]  # fmt: skip
        if drop:
            return [*made, (days[2], "10:10", case("drop_case", reason="谈的是已公布的内容")),
                    (days[2], "10:15", on("decline_reward", reason="未造成泄露，口头表扬")),
                    (days[2], "10:20", on("close_leak"))]  # fmt: skip
        found = {"intent": "negligent", "consequence": "minor", "loss": "300", "remedied": "yes"}
        return [
            *made,
            (days[2], "11:00", case("propose_case", **found, mitigation="主动道歉，配合撤回")),
            (days[2], "11:30", on("propose_reward", bonus="100")),
            (days[3], "09:15", case("decide_case", by=head, outcome="severe_warning_and_bonus", bonus="600",
                                    bonus_share="50", reasons="初犯，已补救，扣发一半")),
            (days[3], "10:00", case("execute_case")),
            (days[3], "16:30", self.accept),
            (days[4], "09:20", on("close_leak")),
            (days[10], "09:30", case("close_case", note="未申诉")),
        ]  # fmt: skip

    def letter(self, day: date, what: str) -> Moments:
        """A letter that is read and answered."""

        async def opened() -> None:
            if await AnonymousLeak.exists(taken_up=""):
                await self.stage.run("confidentiality.open_box", {})

        on = partial(self.on, what)
        return [
            (day, "12:20", self.write(what)), (day, "13:35", opened), (day, "13:50", on("acknowledge_leak")),
            (day, "16:40", on("unfounded_leak", conclusion="核对录音，当时已完成身份核验",
                              answer="已调录音核对，来电人通过了核验")),
            (day, "16:50", on("note_leak", by=self.part.head)), (day, "17:00", on("close_leak")),
        ]  # fmt: skip

    def late(self, day: date, what: str, reporter: int, knew: int) -> Moments:
        """A report that came late and is excused."""
        on = partial(self.on, what)
        return [
            (day, "09:20", self.report(what, "S06", reporter, ago=70)), (day, "09:45", on("acknowledge_leak")),
            (day, "10:00", on("decide_late", verdict="excused", reason="休假期间看到，上班第一天即报告")),
            (day, "10:30", on("confirm_leak", conclusion="网盘链接已关闭，无下载记录", loss="0", recovered="0")),
            (day, "10:50", on("note_leak", by=self.part.head)), (day, "11:10", on("close_leak")),
        ]  # fmt: skip

    def waiting(self, day: date) -> Moments:
        """A case to be heard, one to be proposed, one for the head to decide."""
        found = {"intent": "negligent", "consequence": "none"}
        return [
            (day, "13:40", self.case("confidentiality-11", 12, "把问题汇总表发给了已离职的同事", "leak")),
            (day, "13:50", self.of_case(12, "hear_case", statement="对方说要做交接，我没有申请")),
            (day, "14:05", self.of_case(12, "propose_case", **found)),
            (day, "14:20", self.case("confidentiality-07", 13, "替同事登录其账号处理工单，没有许可", "breach")),
            (day, "14:35", self.of_case(13, "hear_case", statement="同事在外勤，客户催得急")),
            (day, "15:00", self.case("confidentiality-43", 14, "把带批注的复盘资料留在会议室过夜", "breach")),
        ]  # fmt: skip
