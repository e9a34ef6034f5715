"""A department's month and its back office's log, with exactly 200 breaches among lines that are in order.

Beside each kind of breach stands what is just in order: the last second of grace, of a permit, of a request, 100 rows,
a score of exactly 3. `python tests/seeded_log.py` writes the truth file of the log that the tests import.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

TRUTH = Path(__file__).with_name("seeded_log.csv")
ZONE = ZoneInfo("Asia/Shanghai")
FIRST, DAYS, AGENTS, LINES = date(2026, 10, 24), 30, 22, 20_000
SWING = 3
"""Queries of a day are as many more or less than the mean: that is their deviation."""
HEADER = "时间,账号,操作,客户,行数,工单,座位"
WORDS = {"login": "登录", "logout": "退出", "query": "查询", "modify": "修改", "export": "导出", "copy": "复制",
         "delete": "删除", "customer_login": "登录客户", "peer_pc": "同事电脑"}  # fmt: skip
MINUTE, SECOND, HOUR = timedelta(minutes=1), timedelta(seconds=1), timedelta(hours=1)


class Truth(NamedTuple):
    """A breach: the line of the log, the rule's number, the way."""

    line: int
    rule: str
    kind: str


class Line(NamedTuple):
    at: datetime
    login: str
    kind: str
    subject: str = ""
    rows: str = ""
    ticket: str = ""
    seat: str = ""
    breach: tuple[str, str] | None = None
    """Rule and way, where it is one."""


@dataclass
class Department:
    """Rows of the store by agent (0 …): shifts, leaves, permits and requests, as they come about day by day."""

    lines: int = LINES
    agents: int = AGENTS
    seed: int = 7
    shifts: list[tuple[int, date, datetime, datetime]] = field(default_factory=list)
    leaves: list[tuple[int, date]] = field(default_factory=list)
    off_duty: list[tuple[int, datetime, datetime]] = field(default_factory=list)
    lent: list[tuple[int, int, datetime, datetime]] = field(default_factory=list)
    """Account's agent, who may use it, from, to."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)

    def log(self) -> Iterator[str]:
        """The lines of the file, the first its header; the department's rows are complete when it is over."""
        plan = self._plan()
        number = 1
        yield HEADER
        for at in range(DAYS):
            day = FIRST + timedelta(days=at)
            made = [line for agent in range(self.agents) for line in self._day(agent, at, day, plan.get((at, agent)))]
            for line in sorted(made, key=lambda one: (one.at, one.login)):
                number += 1
                if line.breach:
                    self.truth.append(Truth(number, *line.breach))
                stamp = f"{line.at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
                cells = (stamp, line.login, WORDS[line.kind], line.subject, line.rows, line.ticket, line.seat)
                yield ",".join(cells)

    def _plan(self) -> dict[tuple[int, int], Callable[..., list[Line]]]:
        """Which day of which agent is a story; the last two agents are those of the volume."""
        random = Random(self.seed)
        usual = AGENTS - 2
        slots = [(at, agent) for at in range(1, DAYS) for agent in range(usual)]
        random.shuffle(slots)
        morning = [slot for slot in slots if slot[1] % 2 == 0]
        evening = [slot for slot in slots if slot[1] % 2]
        plan: dict[tuple[int, int], Callable[..., list[Line]]] = {}
        for count, story in STORIES:
            free = evening if story.__name__.startswith("evening") else morning
            for _ in range(count):
                plan[free.pop()] = story
        plan[20, usual], plan[20, usual + 1] = too_many, just_enough
        return plan

    def _day(self, agent: int, at: int, day: date, story: Callable[..., list[Line]] | None) -> list[Line]:
        work = Work(self, agent, at, day)
        if story in AWAY:
            return story(work)  # type: ignore[misc]
        self.shifts.append((agent, day, work.start, work.end))
        return work.usual(story) if story else work.usual(in_order)


class Work:
    """One agent's day."""

    def __init__(self, whole: Department, agent: int, at: int, day: date) -> None:
        self.whole, self.agent, self.at, self.day = whole, agent, at, day
        self.login, self.seat = f"cs{agent:03}", f"PC-{agent:03}"
        self.evening = agent % 2 == 1
        self.start = self.clock(18 if self.evening else 9)
        self.end = self.start + (6 if self.evening else 9) * HOUR
        self.customer, self.ticket = f"C{at:02}{agent:03}", f"T-{at:02}{agent:03}"
        self.wanted = whole.lines // (DAYS * whole.agents) - 2 + (SWING if at % 2 else -SWING)

    def clock(self, hour: int, minute: int = 0, second: int = 0) -> datetime:
        """A time of the day; 24 and later lie past midnight."""
        wall = datetime(self.day.year, self.day.month, self.day.day, tzinfo=ZONE).astimezone(UTC)
        return wall + timedelta(hours=hour, minutes=minute, seconds=second)

    def line(self, when: datetime, kind: str, breach: tuple[str, str] | None = None, **more: Any) -> Line:
        return Line(when, self.login, kind, **{"seat": self.seat, **more}, breach=breach)

    def asked(self, kind: str, **more: Any) -> dict[str, Any]:
        """An approved request, valid from the shift's beginning to four hours after."""
        request = {"agent": self.agent, "kind": kind, "subject": self.customer, "ticket": self.ticket,
                   "approved_at": self.start, "valid_to": self.start + 4 * HOUR, "executed": True, **more}  # fmt: skip
        self.whole.requests.append(request)
        return request

    def queries(self, count: int) -> list[Line]:
        step = (self.end - self.start - MINUTE) / max(count, 1)
        return [
            self.line(
                self.start + timedelta(seconds=int((step * n).total_seconds())) + 30 * SECOND, "query",
                subject=f"C{n:04}", rows=str(n % 101), ticket=f"T-{n:04}",
            )
            for n in range(count)
        ]  # fmt: skip

    def usual(self, story: Callable[..., list[Line]]) -> list[Line]:
        """Login, queries, and the story; the logout at the shift's end, unless the story has one after it."""
        told = story(self)
        made = self.queries(self.wanted - sum(one.kind == "query" for one in told))
        made.append(self.line(self.start - 5 * MINUTE, "login"))
        if not any(one.kind == "logout" for one in told):
            made.append(self.line(self.end, "logout"))
        return made + told


# days that are in order, some of them only just


def in_order(work: Work) -> list[Line]:
    """A change, and now and then something that leaves the back end, each by its request."""
    work.asked("modify")
    made = [work.line(work.start + HOUR, "modify", subject=work.customer, ticket=work.ticket)]
    if work.at % 5 == 0:
        work.asked("export", subject="month's list")
        made.append(work.line(work.start + 2 * HOUR, "export"))
    return made


def on_the_edge(work: Work) -> list[Line]:
    """First and last second of grace, of leave, of a request; as many rows as may be."""
    work.asked("modify", approved_at=work.start + HOUR, valid_to=work.start + HOUR)
    work.asked("delete", valid_to=work.start + 2 * HOUR)
    work.asked("customer_login")
    return [
        work.line(work.start - 10 * MINUTE, "login"),
        work.line(work.end, "login"),
        work.line(work.start + HOUR, "modify", subject=work.customer, ticket=work.ticket),
        work.line(work.start + 2 * HOUR, "delete"),
        work.line(work.start + 3 * HOUR, "customer_login", subject=work.customer),
        work.line(work.start + 30 * MINUTE, "query", rows="100", ticket="T-1"),
    ]


def evening_run_on(work: Work) -> list[Line]:
    return [work.line(work.clock(24, 20), "login"), work.line(work.clock(24, 35), "logout")]


def evening_run_on_to_the_cap(work: Work) -> list[Line]:
    return [work.line(work.clock(25), "login"), work.line(work.clock(25, 30), "logout")]


def rest_day_with_leave(work: Work) -> list[Line]:
    work.whole.off_duty.append((work.agent, work.clock(10), work.clock(12)))
    return [work.line(work.clock(12), "login"), work.line(work.clock(12, 30), "logout")]


def lent_while_on_leave(work: Work) -> list[Line]:
    """The account of somebody on leave is used by whoever may, to the last second."""
    other = (work.agent + 2) % (AGENTS - 2)
    work.whole.leaves.append((work.agent, work.day))
    work.whole.lent.append((work.agent, other, work.clock(9), work.clock(10)))
    return [work.line(work.clock(10), "query", ticket="T-1", seat=f"PC-{other:03}")]


def just_enough(work: Work) -> list[Line]:
    """Three deviations above the mean, and not one more."""
    work.wanted = work.wanted + SWING + 3 * SWING
    return []


# breaches


def early(work: Work) -> list[Line]:
    return [work.line(work.start - 10 * MINUTE - SECOND, "login", ("08", "off_duty"))]


def evening_after_signing_off(work: Work) -> list[Line]:
    return [
        work.line(work.clock(24, 35), "logout"),
        work.line(work.clock(24, 40), "login", ("08", "off_duty")),
        work.line(work.clock(24, 50), "logout"),
    ]


def evening_past_the_cap(work: Work) -> list[Line]:
    return [work.line(work.clock(25, 0, 1), "login", ("08", "off_duty")), work.line(work.clock(25, 30), "logout")]


def rest_day(work: Work) -> list[Line]:
    return [work.line(work.clock(14), "login", ("08", "off_duty")), work.line(work.clock(15), "logout")]


def rest_day_after_leave(work: Work) -> list[Line]:
    work.whole.off_duty.append((work.agent, work.clock(10), work.clock(12)))
    return [work.line(work.clock(12, 0, 1), "login", ("08", "off_duty"))]


def on_leave(work: Work) -> list[Line]:
    """The roster still has the shift."""
    work.whole.leaves.append((work.agent, work.day))
    work.whole.shifts.append((work.agent, work.day, work.start, work.end))
    return [work.line(work.clock(10), "login", ("08", "on_leave"))]


def used_while_on_leave(work: Work) -> list[Line]:
    work.whole.leaves.append((work.agent, work.day))
    return [work.line(work.clock(10), "query", ("07", "absent"), ticket="T-1")]


def at_another_s_computer(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "query", ("07", "other_seat"), ticket="T-1", seat="PC-999")]


def signed_in_elsewhere(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "login", ("24", "peer_pc"), seat="PC-999")]


def colleague_s_computer(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "peer_pc", ("24", "peer_pc"), seat="")]


def customer_without_request(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "customer_login", ("12", "customer_login"), subject=work.customer)]


def customer_not_executed(work: Work) -> list[Line]:
    work.asked("customer_login", executed=False)
    return customer_without_request(work)


def customer_without_ticket(work: Work) -> list[Line]:
    work.asked("customer_login", ticket="")
    return customer_without_request(work)


def change_without_request(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "modify", ("13", "modify"), subject=work.customer)]


def change_too_late(work: Work) -> list[Line]:
    work.asked("modify", valid_to=work.start + HOUR - SECOND)
    return change_without_request(work)


def change_before_approval(work: Work) -> list[Line]:
    work.asked("modify", approved_at=work.start + HOUR + SECOND)
    return change_without_request(work)


def change_by_another_s_request(work: Work) -> list[Line]:
    work.asked("modify", agent=(work.agent + 2) % (AGENTS - 2), subject=work.customer)
    return change_without_request(work)


def change_without_ticket(work: Work) -> list[Line]:
    work.asked("modify", ticket="")
    return change_without_request(work)


def second_change(work: Work) -> list[Line]:
    first = in_order(work)[0]
    return [first, first._replace(at=first.at + MINUTE, breach=("15", "unmatched"))]


def change_of_the_back_end(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "modify", ("15", "unmatched"))]


def export_without_leave(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "export", ("16", "export"))]


def copy_too_late(work: Work) -> list[Line]:
    work.asked("copy", valid_to=work.start + HOUR - SECOND)
    return [work.line(work.start + HOUR, "copy", ("16", "copy"))]


def delete_without_leave(work: Work) -> list[Line]:
    work.asked("copy")  # leave for something else
    return [work.line(work.start + HOUR, "delete", ("16", "delete"))]


def query_without_ticket(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "query", ("14", "no_ticket"), subject=work.customer)]


def query_of_many_rows(work: Work) -> list[Line]:
    return [work.line(work.start + HOUR, "query", ("14", "rows"), rows="101", ticket="T-1")]


def too_many(work: Work) -> list[Line]:
    """One more than three deviations above the mean: the last query of the day is the one too many."""
    work.wanted = work.wanted + SWING + 3 * SWING + 1
    return [work.line(work.end - SECOND, "query", ("14", "volume"), ticket="T-1")]


AWAY = frozenset(
    {rest_day_with_leave, lent_while_on_leave, rest_day, rest_day_after_leave, on_leave, used_while_on_leave}
)
"""Stories of days without a shift."""
STORIES: tuple[tuple[int, Callable[[Work], list[Line]]], ...] = (
    (20, on_the_edge), (10, evening_run_on), (10, evening_run_on_to_the_cap), (5, rest_day_with_leave),
    (5, lent_while_on_leave),
    (12, early), (12, evening_after_signing_off), (12, evening_past_the_cap), (8, rest_day), (6, rest_day_after_leave),
    (8, on_leave), (10, used_while_on_leave), (12, at_another_s_computer), (6, signed_in_elsewhere),
    (6, colleague_s_computer), (6, customer_without_request), (4, customer_not_executed), (4, customer_without_ticket),
    (8, change_without_request), (6, change_too_late), (5, change_before_approval), (5, change_by_another_s_request),
    (5, change_without_ticket), (10, second_change), (6, change_of_the_back_end), (10, export_without_leave),
    (8, copy_too_late), (8, delete_without_leave), (10, query_without_ticket), (12, query_of_many_rows),
)  # fmt: skip
"""With too_many they are 200 breaches."""


def write(department: Department, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in department.log())


if __name__ == "__main__":
    whole = Department()
    for _ in whole.log():
        pass
    with TRUTH.open("w", encoding="utf-8", newline="") as truth:
        csv.writer(truth, lineterminator="\n").writerows([Truth._fields, *whole.truth])
