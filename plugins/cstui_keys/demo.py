"""Three months of key custody for the sample department: some 450 acts, the same for a seed and a day.

The key register itself was imported before. Two more buildings are taken over here, and the last days are left with
matters of every kind for the supervisor's first look.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from cstui.people import Duty, Staff
from cstui_keys.closing import demo as closing
from cstui_keys.copies import demo as copies
from cstui_keys.counts import demo as counts
from cstui_keys.kinds import KeyState, SpaceKind
from cstui_keys.loans import demo as loans
from cstui_keys.models import Key, LoanLine
from cstui_keys.owners import demo as owners
from cstui_keys.register import demo as register
from cstui_keys.takeover import demo as takeover

DAY = timedelta(days=1)
_REASONS = (
    "楼道照明更换", "户内水管渗漏检修", "配电箱例行检查", "对讲门机故障处理", "消防栓月检", "窗扇五金更换", "水泵巡检",
    "电梯机房降温检查", "门禁读卡器调试", "外墙渗水勘查",
)  # fmt: skip
_EXCUSES = ("等待配件到货", "现场尚未干透", "业主改约傍晚", "检修未完成")


async def fill(stage: Any) -> None:
    """Play the part of the key account on a `cstui.demo.Stage`."""
    part = await _Part.begin(stage)
    await part.appoint()
    calendar = (await stage.context()).calendar
    events = part.special()
    for room in (takeover, counts, closing):
        for at, clock, act in room.moments(part):
            events.setdefault(at, []).append((clock, act))
    day = stage.first + DAY
    while day < stage.today - 2 * DAY:
        plan = list(events.pop(day, ()))
        if calendar.is_workday(day):
            plan += part.ordinary()
        for clock, act in sorted(plan, key=lambda one: one[0]):
            await stage.at(day, clock)
            await act()
        day += DAY
    await part.last_days()


Act = Callable[[], Awaitable[None]]


@dataclass
class _Part:
    """Who plays, and which keys are where, as far as the part itself knows."""

    stage: Any
    custodians: list[str]
    engineers: list[str]
    keys: dict[SpaceKind, list[str]]
    out: dict[str, str] = field(default_factory=dict)
    """Tag → who keeps it over night; they get no other key meanwhile."""
    orders: int = 1100

    @classmethod
    async def begin(cls, stage: Any) -> _Part:
        staff = await Staff.filter(department="customer_service", post__contains="钥匙").order_by("number")
        keys: dict[SpaceKind, list[str]] = {kind: [] for kind in SpaceKind}
        for key in await Key.filter(state=KeyState.IN_CUSTODY).select_related("space").order_by("natural"):
            keys[key.space.kind].append(key.tag_no)
        custodians = [person.login for person in staff] or stage.logins("customer_service")[:2]
        return cls(stage, custodians, stage.logins("engineering"), keys)

    async def appoint(self) -> None:
        await self.stage.at(self.stage.first, "09:20")
        first, second = self.custodians[0], self.custodians[-1]
        for blocks, custodian, deputy in ((("1", "2", "3"), first, second), (("4", "5", "6"), second, first)):
            await self.stage.run("keys.appoint", {"custodian": custodian, "deputy": deputy}, target=list(blocks))

    def ordinary(self) -> list[tuple[str, Act]]:
        """A working day: two to four loans, most of them back before the shift ends."""
        random = self.stage.random
        plan: list[tuple[str, Act]] = [("08:35", self.collect)]
        for number in range(random.randint(2, 4)):
            out = 8 * 60 + 45 + number * 70 + random.randrange(50)
            back = min(out + 60 + random.randrange(240), 17 * 60 + random.randrange(20))
            tags = self.pick(random.choice((1, 1, 1, 2)))
            late, extended = random.random() < 0.07, random.random() < 0.06
            plan.append((_clock(out), self.lending(tags)))
            if extended and not late:
                plan.append((_clock(min(back, 16 * 60)), self.extending(tags)))
            if late:
                plan.append(("18:20", self.reminding(tags)))
            else:
                plan.append((_clock(back), self.returning(tags)))
        return plan

    def special(self) -> dict[date, list[tuple[str, Act]]]:
        """Losses that came to an end, and the take-over of two buildings."""
        first, today = self.stage.first, self.stage.today
        owner, public, room = (self.keys[kind] for kind in SpaceKind)
        plans: list[tuple[date, str, Act]] = []
        ends = ((18, owner[70], "found"), (37, room[5], "lock_changed"), (55, public[31], "waive_lock"))
        for offset, tag, end in ends:
            plans.append((first + offset * DAY, "16:10", self.losing(tag)))
            plans.append((first + (offset + 1) * DAY, "10:15", self.settling(tag, end)))
        plans += [
            (today - 40 * DAY, "09:30", self.taking_over("7", "1", range(1, 7), labelled=True, ring=True)),
            (today - 39 * DAY, "09:30", self.naming("7")),
            (today - 12 * DAY, "14:00", self.taking_over("7", "2", range(1, 4), labelled=True, ring=False)),
            (today - 8 * DAY, "14:00", self.taking_over("7", "2", range(4, 7), labelled=False, ring=True)),
        ]
        plans += owners.plans(self.stage, self.custodians[0], owner)
        plans += copies.plans(self.stage, self.custodians[0], public)
        plans += loans.plans(self.stage, self.custodians[0], self.engineers[0], room[-1])
        found: dict[date, list[tuple[str, Act]]] = {}
        for day, clock, act in plans:
            found.setdefault(day, []).append((clock, act))
        return found

    async def last_days(self) -> None:
        """The days whose matters are still open."""
        stage, today = self.stage, self.stage.today
        owner, public, _ = (self.keys[kind] for kind in SpaceKind)
        await stage.at(today - 2 * DAY, "09:30")
        await self.taking_over("8", "1", range(1, 4), labelled=False, ring=True)()
        for clock in ("10:05", "10:40", "11:15"):
            await stage.at(today - 2 * DAY, clock)
            await self.lending(self.pick(1), keep=True)()
        await stage.at(today - 2 * DAY, "16:00")
        await self.losing(owner[12])()
        await self.losing(public[7])()
        await counts.day_before(self)
        await stage.at(today - DAY, "09:30")
        await self.taking_over("8", "2", range(1, 3), labelled=False, ring=True)()
        await self.taking_over("8", "2", range(3, 5), labelled=True, ring=False)()
        for clock in ("10:05", "11:30", "13:20"):
            await stage.at(today - DAY, clock)
            await self.lending(self.pick(stage.random.choice((1, 2))), keep=True)()
        await takeover.yesterday(self)
        for clock in ("14:45", "15:10"):
            await stage.at(today - DAY, clock)
            await self.lending(self.pick(stage.random.choice((1, 2))), keep=True)()
        await stage.at(today - DAY, "15:40")
        await self.losing(owner[333])()
        await copies.last_day(stage, self.custodians[0], self.engineers[-1], owner, public)
        await counts.yesterday(self)
        await stage.at(today - DAY, "18:30")
        for tag in list(self.out)[:4]:
            await stage.run("keys.remind", {}, self.custodians[0], target=[tag])
        await stage.at(today, "08:15")
        await self.taking_over("8", "2", range(5, 7), labelled=False, ring=True)()
        for clock in ("08:31", "08:35", "08:38", "08:42", "08:47", "08:52"):
            await stage.at(today, clock)
            await self.lending(self.pick(1), keep=True)()
        for hours in (21, 22, 23):
            await self.lending(self.pick(1), keep=True, hours=hours)()

    def pick(self, count: int) -> list[str]:
        """Neighbouring keys of one class."""
        kind = self.stage.random.choice((SpaceKind.OWNER_UNIT, SpaceKind.PUBLIC, SpaceKind.EQUIPMENT))
        tags = self.keys[kind]
        at = self.stage.random.randrange(60, len(tags) - 1) if len(tags) > 61 else 0
        return tags[at : at + count]

    def lending(self, tags: list[str], keep: bool = False, hours: int = 0) -> Act:
        async def act() -> None:
            free = [login for login in self.engineers if login not in self.out.values()]
            here = await self.in_custody(tags)
            while keep and not here:
                here = await self.in_custody(self.pick(1))
            if not free or not here:
                return
            random = self.stage.random
            self.orders += 1
            raw = {
                "borrower": await self.on_duty(free),
                "work_reason": random.choice(_REASONS),
                "work_order": f"W-{self.orders}",
                "consent_ref": f"电话录音 {self.orders}",
                "signature_ref": f"登记表 {self.orders // 20} 页",
            }
            if hours:
                ctx = await self.stage.context()
                raw["due_at"] = (ctx.now + timedelta(hours=hours)).isoformat()
            await self.stage.run("keys.lend", raw, self.custodian(), target=here)
            if keep:
                self.out |= dict.fromkeys(here, raw["borrower"])

        return act

    async def on_duty(self, free: list[str]) -> str:
        """Somebody whose shift it is, or somebody else where nobody free is on duty."""
        ctx = await self.stage.context()
        duties = await Duty.filter(start_at__lte=ctx.now, end_at__gt=ctx.now).select_related("staff")
        working = sorted({duty.staff.login for duty in duties} & set(free))
        return str(self.stage.random.choice(working or free))

    def custodian(self) -> str:
        return self.custodians[self.orders % len(self.custodians)]

    def returning(self, tags: list[str]) -> Act:
        async def act() -> None:
            damaged = self.stage.random.random() < 0.03
            raw = {"condition": "damaged", "remark": "钥匙齿磨损，建议重配"} if damaged else {"condition": "ok"}
            if out := await self.still_out(tags):
                await self.stage.run("keys.return", raw, self.custodian(), target=out)

        return act

    async def in_custody(self, tags: list[str]) -> list[str]:
        return [key.tag_no for key in await Key.filter(tag_no__in=tags, state=KeyState.IN_CUSTODY).order_by("natural")]

    async def still_out(self, tags: list[str]) -> list[str]:
        return [key.tag_no for key in await Key.filter(tag_no__in=tags, state=KeyState.ON_LOAN).order_by("natural")]

    def extending(self, tags: list[str]) -> Act:
        async def act() -> None:
            ctx = await self.stage.context()
            lines = LoanLine.filter(key__tag_no__in=tags, back_at__isnull=True).select_related("loan")
            due = max([line.loan.due_at for line in await lines], default=None)
            if due and due > ctx.now:
                raw = {"due_at": (due + timedelta(hours=2)).isoformat(), "reason": self.stage.random.choice(_EXCUSES)}
                await self.stage.run("keys.extend", raw, self.custodian(), target=await self.still_out(tags))

        return act

    def reminding(self, tags: list[str]) -> Act:
        """They stay out over night; the borrower is reminded."""

        async def act() -> None:
            lines = LoanLine.filter(key__tag_no__in=tags, back_at__isnull=True).select_related("loan__borrower", "key")
            for line in await lines:
                self.out[line.key.tag_no] = line.loan.borrower.login
                await self.stage.run("keys.remind", {}, self.custodian(), target=[line.key.tag_no])

        return act

    async def collect(self) -> None:
        """In the morning whatever stayed out over night comes back."""
        if self.out:
            await self.returning(list(self.out))()
            self.out.clear()

    def losing(self, tag: str) -> Act:
        async def act() -> None:
            await self.returning([tag])()
            raw = {"circumstances": "巡检后清点时发现缺失，柜内及工具包内均未找到"}
            await self.stage.run("keys.report_lost", raw, self.custodian(), target=[tag])

        return act

    def settling(self, tag: str, end: str) -> Act:
        raw = {
            "found": {"remark": "在维修班工具箱夹层找到"},
            "lock_changed": {"conclusion": "更换锁芯一套", "cost": "180.00"},
            "waive_lock": {"reason": "该楼道门长期常开，锁已停用"},
        }[end]

        async def act() -> None:
            await self.stage.run(f"keys.{end}", raw, target=[tag])

        return act

    def taking_over(self, block: str, unit: str, floors: range, *, labelled: bool, ring: bool) -> Act:
        async def act() -> None:
            rows = register.rows(block, unit, floors, labelled=labelled, ring=ring)
            await self.stage.run_bulk("keys.register", rows, self.custodian())

        return act

    def naming(self, block: str) -> Act:
        async def act() -> None:
            await self.stage.run("keys.appoint", {"custodian": self.custodians[0]}, target=[block])
            engineer = self.engineers[0]
            await self.stage.run(
                "keys.hand_over_equipment", {"receiver": engineer}, self.custodians[0], target=[f"{block}-S11-A"]
            )

        return act


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
