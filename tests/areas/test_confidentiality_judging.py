"""The judge of the audit: the specification's worked examples, each boundary, and a slow obvious judge beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstui_confidentiality.audit.facts import (
    Event,
    Facts,
    Figures,
    Holding,
    Leave,
    OffDutyGrant,
    Request,
    Shift,
    UseGrant,
)
from cstui_confidentiality.audit.gathering import JUDGED
from cstui_confidentiality.audit.judging import Breach, judge
from cstui_confidentiality.audit.standing import SignOffs, most_queries

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 11, 24)
AN, BO, CAI = 1, 2, 3
CRM, GATE = 1, 2
ALL = frozenset(JUDGED)
MINUTE = timedelta(minutes=1)
Judged = Callable[..., list[tuple[str, str, str]]]


def at(text: str) -> datetime:
    """24 09:00:00 of November in Shanghai, as UTC."""
    return datetime.fromisoformat(f"2026-11-{text}+08:00").astimezone(UTC)


def figures_of(rules: frozenset[str] = ALL) -> Figures:
    return Figures(rules, 10 * MINUTE, 60 * MINUTE, True, True, 0, 100, Decimal("3.0"), 30, 10)


def facts_of(rules: frozenset[str] = ALL, **more: Any) -> Facts:
    """an holds cs01 in both systems, bo cs02."""
    accounts = {(CRM, "cs01"): 11, (GATE, "cs01"): 12, (CRM, "cs02"): 21}
    holdings = {number: [Holding(number // 10, at("01 00:00"))] for number in accounts.values()}
    figures = more.pop("figures", figures_of(rules))
    shifts = more.pop("shifts", {AN: [day_shift()], BO: [day_shift()]})
    return Facts(SHANGHAI, lambda _: figures, accounts, holdings, shifts=shifts, **more)


def day_shift(start: str = "24 09:00", end: str = "24 18:00", **more: Any) -> Shift:
    return Shift(at(start).astimezone(SHANGHAI).date(), at(start), at(end), **more)


def event(when: str, kind: str = "login", login: str = "cs01", number: int = 1, **more: Any) -> Event:
    return Event(number, at(when), kind, more.pop("system", CRM), login, **more)


@pytest.fixture
def judged(request: pytest.FixtureRequest) -> Judged:
    """Rule, way and reason of what the judge says, with the rules that hold in this run."""
    off = {*(request.config.getoption("rule_off", default=None) or ())}

    def told(*events: Event, **more: Any) -> list[tuple[str, str, str]]:
        return [
            (one.rule.removeprefix("confidentiality-"), one.way, one.why.id.rpartition(".")[2])
            for one in judge(events, facts_of(ALL - off, **more))
        ]

    return told


# when one may sign in


OFF = [("08", "off_duty", "off_duty")]
EVENING = day_shift("23 18:00", "24 00:00")


@pytest.mark.rule("confidentiality-08")
@pytest.mark.parametrize(
    ("shifts", "when", "breaches"),
    [
        ([day_shift()], "24 08:50:00", []),
        ([day_shift()], "24 08:49:59", OFF),
        ([day_shift()], "24 18:00:00", []),
        ([day_shift()], "24 18:00:01", OFF),
        ([EVENING._replace(signed_off=at("24 00:35"))], "24 00:20:00", []),
        ([EVENING._replace(signed_off=at("24 00:35"))], "24 00:35:00", []),
        ([EVENING._replace(signed_off=at("24 00:35"))], "24 00:40:00", OFF),
        ([EVENING._replace(signed_off=at("24 01:30"))], "24 01:00:00", []),
        ([EVENING._replace(signed_off=at("24 01:30"))], "24 01:00:01", OFF),
        ([day_shift(signed_off=at("24 17:00"))], "24 17:59:00", []),  # who went early may come back within the shift
        ([], "24 10:00:00", [("08", "off_duty", "no_shift")]),
    ],
)
def test_a_login_is_inside_from_grace_before_the_shift_until_signing_off(
    judged: Judged, shifts: list[Shift], when: str, breaches: list[Any]
) -> None:
    assert judged(event(when), shifts={AN: shifts}) == breaches


@pytest.mark.rule("confidentiality-08")
def test_after_a_swap_the_roster_s_person_is_inside_and_the_other_isn_t(judged: Judged) -> None:
    shifts = {BO: [day_shift()]}
    assert judged(event("24 10:00"), event("24 10:00", login="cs02"), shifts=shifts) == [("08", "off_duty", "no_shift")]


@pytest.mark.rule("confidentiality-08")
def test_on_leave_nobody_signs_in_though_the_roster_has_a_shift(judged: Judged) -> None:
    leaves = {AN: [Leave(DAY, DAY)]}
    assert judged(event("24 10:00"), leaves=leaves) == [("08", "on_leave", "on_leave")]
    night = {AN: [day_shift("24 22:00", "25 06:00")]}  # its shift of the day of leave is none past midnight, either
    assert judged(event("25 01:00"), leaves=leaves, shifts=night) == [("08", "on_leave", "on_leave")]
    before = {AN: [day_shift("23 22:00", "24 06:00")]}  # that of the day before is
    assert judged(event("24 01:00"), leaves=leaves, shifts=before) == []


@pytest.mark.rule("confidentiality-08")
@pytest.mark.parametrize(
    ("when", "system", "breaches"),
    [
        ("24 12:00:00", CRM, 0), ("24 12:00:01", CRM, 1), ("24 09:59:59", CRM, 1), ("24 11:00:00", GATE, 1),
    ],
)  # fmt: skip
def test_leave_to_sign_in_holds_to_its_last_second_and_for_its_system(
    judged: Judged, when: str, system: int, breaches: int
) -> None:
    granted = {AN: [OffDutyGrant(CRM, at("24 10:00"), at("24 12:00"))]}
    assert len(judged(event(when, system=system), shifts={}, off_duty=granted)) == breaches


def test_an_account_nobody_has_has_no_shift(judged: Judged) -> None:
    assert judged(event("24 03:00", login="root")) == []
    assert judged(event("24 03:00", "export", login="root")) == [("16", "export", "no_request")]


@pytest.mark.parametrize(
    ("told", "signed_off"),
    [
        (["login 23 18:00", "logout 24 00:35"], "24 00:35"),
        (["login 23 18:00", "login 24 00:20", "logout 24 00:35"], "24 00:35"),
        (["login 23 18:00", "login 23 19:00", "logout 23 20:00", "logout 24 00:35"], "24 00:35"),  # side by side
        (["login 23 17:50", "logout 24 00:10", "logout 24 00:10"], "24 00:10"),  # told twice
        (["login 23 18:00", "logout 24 00:00", "login 24 00:20", "logout 24 00:30"], None),  # begun off duty
        (["login 23 17:49", "logout 24 00:10"], None),
        (["logout 24 00:10"], None),
        ([], None),
    ],
)
def test_signing_off_is_the_logout_of_what_was_begun_on_duty(told: list[str], signed_off: str | None) -> None:
    seen = SignOffs({AN: [EVENING]}, 10 * MINUTE)
    for line in told:
        seen.see(at(line.partition(" ")[2]), line.partition(" ")[0], 11, AN)
    ((shift,),) = seen.shifts().values()
    assert shift.signed_off == (at(signed_off) if signed_off else None)


# another's account, another's computer


SEATS = {AN: frozenset({"PC-1"}), BO: frozenset({"PC-2"})}


@pytest.mark.rule("confidentiality-07")
def test_work_on_an_account_whose_holder_is_on_leave_is_somebody_else_s(judged: Judged) -> None:
    leaves = {AN: [Leave(DAY, DAY)]}
    query = event("24 10:00", "query", ticket="T-1")
    assert judged(query, leaves=leaves) == [("07", "absent", "absent")]
    lent = {11: [UseGrant(BO, at("24 09:00"), at("24 10:00"))]}
    assert judged(query, leaves=leaves, use_grants=lent) == []
    assert judged(query._replace(at=at("24 10:00:01")), leaves=leaves, use_grants=lent) == [("07", "absent", "absent")]
    alone = replace(figures_of(), grants_count=False)
    assert judged(query, leaves=leaves, use_grants=lent, figures=alone)[0][:2] == ("07", "absent")


@pytest.mark.rule("confidentiality-07")
def test_work_at_another_computer_than_the_holder_s_is_somebody_else_s(judged: Judged) -> None:
    query = event("24 10:00", "query", ticket="T-1", seat="PC-2")
    assert judged(query, seats=SEATS) == [("07", "other_seat", "other_seat")]
    assert judged(query._replace(seat="PC-1"), seats=SEATS) == []
    assert judged(query._replace(seat=""), seats=SEATS) == []
    assert judged(query) == []  # nobody knows where an sits
    assert judged(query, seats=SEATS, use_grants={11: [UseGrant(BO, at("24 09:00"), at("24 12:00"))]}) == []


@pytest.mark.rule("confidentiality-07")
def test_an_account_that_was_taken_back_is_nobody_s(request: pytest.FixtureRequest) -> None:
    held = facts_of(ALL - {*(request.config.getoption("rule_off", default=None) or ())})
    facts = replace(held, holdings={11: [Holding(AN, at("20 00:00"), at("24 10:00"))]})
    moments = ["19 23:59", "24 09:59", "24 10:00", "24 10:01"]
    told = list(judge([event(when, number=n) for n, when in enumerate(moments)], facts))
    assert [(one.event, one.way, one.staff) for one in told] == [(3, "given_up", None)]


def test_with_leave_to_use_an_account_the_grantee_s_shift_counts_too(judged: Judged) -> None:
    lent = {11: [UseGrant(BO, at("24 09:00"), at("24 12:00"))]}
    assert judged(event("24 10:00"), shifts={BO: [day_shift()]}, use_grants=lent) == []
    assert judged(event("24 10:00"), shifts={}, use_grants=lent) == [("08", "off_duty", "no_shift")]


@pytest.mark.rule("confidentiality-24")
def test_signing_in_at_a_colleague_s_computer_is_told(judged: Judged) -> None:
    assert judged(event("24 10:00", seat="PC-2"), seats=SEATS) == [("24", "peer_pc", "peer_pc")]
    assert judged(event("24 10:00", "peer_pc"), seats=SEATS) == [("24", "peer_pc", "peer_pc_alone")]
    assert judged(event("24 10:00", "peer_pc", seat="PC-1"), seats=SEATS) == []
    assert judged(event("24 10:00", seat="PC-1"), seats=SEATS) == []


# acts that need leave


def leave_for(kind: str, **more: Any) -> Request:
    values = {"id": 7, "requester": AN, "system": CRM, "subject": "C1", "ticket": "T-1", "approved_at": at("24 10:00"),
              "valid_to": at("24 12:00"), **more}  # fmt: skip
    return Request(kind=kind, **values)


@pytest.mark.rule("confidentiality-12")
def test_a_customer_s_account_is_entered_only_by_an_executed_request_with_a_ticket(judged: Judged) -> None:
    entered = event("24 11:00", "customer_login", subject="C1")

    def why(*requests: Request) -> list[str]:
        return [reason for _, _, reason in judged(entered, requests=requests)]

    assert why() == ["no_request"]
    assert why(leave_for("customer_login")) == ["not_executed"]
    assert why(leave_for("customer_login", executed=True, ticket="")) == ["no_ticket_of_request"]
    assert why(leave_for("customer_login", executed=True)) == []
    assert why(leave_for("customer_login", executed=True, subject="C2")) == ["no_request"]
    assert why(leave_for("query", executed=True)) == ["no_request"]


@pytest.mark.rule("confidentiality-13")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, []),
        ({"requester": BO}, ["no_request"]),
        ({"system": GATE}, ["no_request"]),
        ({"subject": "C2"}, ["no_request"]),
        ({"ticket": "T-2"}, ["no_request"]),
        ({"ticket": ""}, ["no_ticket_of_request"]),
        ({"approved_at": at("24 11:00:00")}, []),
        ({"approved_at": at("24 11:00:01")}, ["approved_later"]),
        ({"valid_to": at("24 11:00:00")}, []),
        ({"valid_to": at("24 10:59:59")}, ["expired"]),
        ({"valid_to": None}, []),
        ({"subject": ""}, []),
    ],
)
def test_a_customer_s_data_are_changed_only_by_a_request_that_fits(
    judged: Judged, change: dict[str, Any], why: list[str]
) -> None:
    changed = event("24 11:00", "modify", subject="C1", ticket="T-1")
    found = judged(changed, requests=[leave_for("modify", **change)])
    assert found == [("13", "modify", reason) for reason in why]


@pytest.mark.rule("confidentiality-15")
def test_each_change_takes_up_a_request_of_its_own(judged: Judged) -> None:
    changes = [event("24 11:00", "modify", subject="C1"), event("24 11:01", "modify", subject="C1", number=2)]
    one = leave_for("modify")
    assert judged(*changes, requests=[one]) == [("15", "unmatched", "used")]
    assert judged(*changes, requests=[one, one._replace(id=8)]) == []
    assert judged(event("24 11:00", "modify")) == [("15", "unmatched", "no_request")]
    kept = one._replace(event=2)  # a person matched it with the second one
    assert judged(*changes, requests=[kept]) == [("15", "unmatched", "used")]


@pytest.mark.rule("confidentiality-16")
@pytest.mark.parametrize("kind", ["export", "copy", "delete"])
def test_what_leaves_the_back_end_has_a_request_that_is_still_valid(judged: Judged, kind: str) -> None:
    asked = leave_for(kind, subject="September's complaints")
    taken = [event("24 12:00:00", kind), event("24 12:00:01", kind, number=2)]
    assert judged(*taken, requests=[asked]) == [("16", kind, "expired")]
    assert judged(taken[0]) == [("16", kind, "no_request")]


# queries


@pytest.mark.rule("confidentiality-14")
def test_queries_have_a_ticket_or_a_request_and_few_rows(judged: Judged) -> None:
    def told(**more: Any) -> list[str]:
        query = event("24 11:00", "query", **more)
        return [way for _, way, _ in judged(query, requests=[leave_for("query")])]

    assert told(ticket="T-9", rows=100, subject="C9") == []
    assert told(ticket="T-9", rows=101, subject="C9") == ["rows"]
    assert told(rows=101, subject="C9") == ["no_ticket", "rows"]
    assert told(subject="C9") == ["no_ticket"]
    assert told(subject="C1") == []


def test_a_site_may_allow_some_queries_without_a_ticket_in_a_shift(judged: Judged) -> None:
    some = replace(figures_of(), without_ticket_max=2)
    queries = [event(f"24 11:0{n}", "query", number=n) for n in range(4)]
    assert len(judged(*queries, figures=some)) == 2


def history(*counts: int) -> dict[date, int]:
    return {DAY - timedelta(days=back): count for back, count in enumerate(counts, 1)}


@pytest.mark.rule("confidentiality-14")
@pytest.mark.parametrize(("today", "breaches"), [(35, 0), (36, 1), (40, 1)])
def test_a_day_s_queries_are_far_above_the_mean_only_if_strictly_over(
    judged: Judged, today: int, breaches: int
) -> None:
    queries = {AN: history(*[15, 25] * 5)}  # ten days: mean 20, deviation 5
    asked = [event(f"24 11:{n:02}", "query", ticket="T", number=n) for n in range(today)]
    assert judged(*asked, queries=queries) == [("14", "volume", "volume")] * breaches


@pytest.mark.parametrize(
    ("counts", "most"),
    [([15, 25] * 5, 35), ([15, 25] * 4 + [20], None), ([20] * 12, None), ([15, 25] * 4 + [15, 25, 0, 0], 35),
     ([0] * 30 + [15, 25] * 5, None), ([], None)],
)  # fmt: skip
def test_too_few_or_equal_days_are_no_baseline(counts: list[int], most: int | None) -> None:
    assert most_queries(history(*counts), DAY, figures_of()) == most


def test_queries_of_a_shift_past_midnight_are_of_the_day_on_which_it_began(judged: Judged) -> None:
    queries = {AN: {date(2026, 11, day): 15 + day % 2 * 10 for day in range(13, 23)}}  # 35 are not too many
    night = {AN: [day_shift("23 22:00", "24 06:00"), day_shift("24 22:00", "25 06:00")]}
    asked = [event(f"23 23:{n:02}", "query", ticket="T", number=n) for n in range(20)]
    asked += [event(f"24 00:{n:02}", "query", ticket="T", number=30 + n) for n in range(15)]
    asked += [event(f"24 23:{n:02}", "query", ticket="T", number=60 + n) for n in range(21)]
    assert judged(*asked, queries=queries, shifts=night) == []
    one_more = sorted([*asked, event("24 03:00", "query", ticket="T", number=99)], key=lambda one: one.at)
    assert judged(*one_more, queries=queries, shifts=night) == [("14", "volume", "volume")]


@given(st.lists(st.integers(0, 60), max_size=32), st.sampled_from(["3.0", "2.5", "1", "0.1"]))
def test_the_most_queries_are_where_the_score_is_no_more_than_the_figure(counts: list[int], score: str) -> None:
    figures = replace(figures_of(), zscore_warn=Decimal(score))
    most = most_queries(history(*counts), DAY, figures)
    known = [count for count in counts[:30] if count]
    if most is None:
        assert len(known) < 10 or len({*known}) == 1
        return
    mean = Decimal(sum(known)) / len(known)
    deviation = (sum((count - mean) ** 2 for count in known) / len(known)).sqrt()
    tiny = Decimal("1e-20")
    assert (most - mean) / deviation <= Decimal(score) + tiny
    assert (most + 1 - mean) / deviation > Decimal(score) - tiny


# a slow obvious judge


def slow(events: Sequence[Event], facts: Facts) -> set[tuple[str, str, int]]:
    """Each event looked at by itself, with everything that is known."""
    found: set[tuple[str, str, int]] = set()
    used: set[int] = set()
    loose: dict[Any, int] = {}
    volume: dict[Any, int] = {}
    figures = facts.figures(DAY)
    for one in events:
        day = one.at.astimezone(facts.zone).date()
        account = facts.accounts.get((one.system, one.login), 0)
        holder = next(
            (
                h.staff
                for h in facts.holdings.get(account, ())
                if h.since <= one.at and (h.until is None or one.at <= h.until)
            ),
            None,
        )
        grantees = [g.grantee for g in facts.use_grants.get(account, ()) if g.start <= one.at <= g.end]
        users = [*([holder] if holder else []), *grantees]

        def shifts_on(person: int, now: datetime = one.at) -> list[Shift]:
            made = []
            for shift in facts.shifts.get(person, ()):
                late = min(shift.signed_off or shift.end, shift.end + figures.grace_after)
                if shift.start - figures.grace_before <= now <= max(late, shift.end):
                    made.append(shift)
            return made

        def away(person: int, on: date) -> bool:
            return any(leave.first <= on <= leave.last for leave in facts.leaves.get(person, ()))

        def on_duty(person: int) -> bool:
            return any(not away(person, shift.day) for shift in shifts_on(person))

        def excused(person: int, event: Event = one) -> bool:
            granted = facts.off_duty.get(person, ())
            return any(g.start <= event.at <= g.end and g.system in (None, event.system) for g in granted)

        def fitting(taken: set[int] = frozenset(), event: Event = one, who: Any = (holder, users)) -> Request | None:  # type: ignore[assignment]
            fit = [
                r for r in facts.requests
                if r.kind == event.kind and r.system == event.system and r.id not in taken
                and (who[0] is None or r.requester in who[1])
                and (not r.subject or not event.subject or r.subject == event.subject)
                and (not r.ticket or not event.ticket or r.ticket == event.ticket)
                and r.approved_at <= event.at and (r.valid_to is None or event.at <= r.valid_to)
            ]  # fmt: skip
            return min(fit, key=lambda r: (r.valid_to or datetime.max.replace(tzinfo=UTC), r.id), default=None)

        gone = (
            holder is not None
            and not on_duty(holder)
            and (away(holder, day) or any(away(holder, s.day) for s in shifts_on(holder)))
        )
        lone = gone and not grantees and not excused(holder or 0)
        seats = facts.seats.get(holder or 0, frozenset()) if not grantees else frozenset()
        elsewhere = bool(one.seat and seats and one.seat not in seats)
        kind = one.kind
        if (
            kind != "logout"
            and not holder
            and any(h.until and h.until < one.at for h in facts.holdings.get(account, ()))
        ):
            found.add(("07", "given_up", one.id))
        shift = next((s for s in shifts_on(holder or 0) if not away(holder or 0, s.day)), None)
        worked = shift.day if shift else day
        if kind == "login":
            if holder and not any(on_duty(user) or excused(user) for user in users):
                found.add(("08", "on_leave" if lone else "off_duty", one.id))
            if elsewhere:
                found.add(("24", "peer_pc", one.id))
        elif kind == "peer_pc":
            if elsewhere or not one.seat:
                found.add(("24", "peer_pc", one.id))
        elif kind != "logout":
            if lone:
                found.add(("07", "absent", one.id))
            if elsewhere:
                found.add(("07", "other_seat", one.id))
        if kind == "customer_login":
            request = fitting()
            if not request or not request.executed or not (request.ticket or one.ticket):
                found.add(("12", "customer_login", one.id))
        if kind == "modify":
            request = fitting(used)
            if request:
                used.add(request.id)
                if one.subject and not request.ticket:
                    found.add(("13", "modify", one.id))
            else:
                found.add(("15", "unmatched", one.id) if not one.subject or fitting() else ("13", "modify", one.id))
        if kind in {"export", "copy", "delete"} and not fitting():
            found.add(("16", kind, one.id))
        if kind == "query":
            if not one.ticket and not fitting():
                key = (holder or one.login, shift or day)
                loose[key] = loose.get(key, 0) + 1
                if loose[key] > figures.without_ticket_max:
                    found.add(("14", "no_ticket", one.id))
            if one.rows > figures.rows_warn:
                found.add(("14", "rows", one.id))
            if holder:
                volume[holder, worked] = volume.get((holder, worked), 0) + 1
                most = most_queries(facts.queries.get(holder, {}), worked, figures)
                if most is not None and volume[holder, worked] == most + 1:
                    found.add(("14", "volume", one.id))
    return found


BEGIN = at("23 00:00")
moments = st.integers(0, 3 * 24 * 12).map(lambda five: BEGIN + timedelta(minutes=5 * five))
spans = st.tuples(moments, st.sampled_from([0, 5, 60, 240, 540])).map(lambda one: (one[0], one[0] + one[1] * MINUTE))
people = st.sampled_from([AN, BO])
subjects, tickets = st.sampled_from(["", "C1", "C2"]), st.sampled_from(["", "T-1", "T-2"])
systems = st.sampled_from([CRM, GATE])
KINDS = ("login", "logout", "query", "modify", "export", "customer_login", "peer_pc")
found_events = st.lists(
    st.builds(
        Event, st.just(0), moments, st.sampled_from(KINDS), systems, st.sampled_from(["cs01", "cs02", "root"]),
        subjects, st.sampled_from([0, 100, 101]), tickets, st.sampled_from(["", "PC-1", "PC-2"]),
    ), max_size=25,
).map(lambda rows: [row._replace(id=n) for n, row in enumerate(sorted(rows, key=lambda row: row.at))])  # fmt: skip
shift_rows = st.lists(
    st.tuples(spans, st.sampled_from([None, 20, 90])), max_size=3, unique_by=lambda one: one[0][0]
).map(
    lambda rows: [
        Shift(first.astimezone(SHANGHAI).date(), first, last, last + late * MINUTE if late else None)
        for (first, last), late in rows
    ]
)
days = st.integers(22, 26).map(lambda day: date(2026, 11, day))
requests = st.lists(
    st.builds(
        lambda who, system, kind, subject, ticket, span, done: Request(0, who, system, kind, subject, ticket, *span, done),
        people, systems, st.sampled_from(KINDS[2:6]), subjects, tickets, spans, st.booleans(),
    ), max_size=6,
).map(lambda rows: [row._replace(id=n) for n, row in enumerate(rows)])  # fmt: skip


@st.composite
def departments(draw: Any) -> Facts:
    per = lambda rows: st.dictionaries(people, st.lists(rows, max_size=2), max_size=2)  # noqa: E731
    handed = at("24 12:00")
    shifts = {AN: draw(shift_rows), BO: draw(shift_rows)}
    base = facts_of(
        shifts=apart(shifts),
        seats=draw(st.dictionaries(people, st.just(frozenset({"PC-1"})), max_size=2)),
        leaves=draw(per(st.tuples(days, days).map(lambda two: Leave(min(two), max(two))))),
        use_grants=draw(st.dictionaries(st.sampled_from([11, 12, 21]), st.lists(st.builds(
            lambda who, span: UseGrant(who, *span), people, spans), max_size=2), max_size=2)),
        off_duty=draw(per(st.builds(lambda system, span: OffDutyGrant(system, *span), st.sampled_from([None, CRM]), spans))),
        requests=draw(requests),
        queries=draw(st.sampled_from([{}, {AN: {date(2026, 11, n): 1 + n % 2 for n in range(1, 23)}}])),
    )  # fmt: skip
    tick = timedelta(microseconds=1)
    ends = {
        "kept": base.holdings[11],
        "handed over in the middle": [Holding(AN, BEGIN, handed - tick), Holding(BO, handed)],
        "taken back": [Holding(AN, BEGIN, handed)],
        "given in the middle": [Holding(AN, handed)],
    }
    return replace(base, holdings={**base.holdings, 11: ends[draw(st.sampled_from(sorted(ends)))]})


def apart(shifts: dict[int, list[Shift]]) -> dict[int, list[Shift]]:
    """No two shifts of a person near each other: which of two a query belongs to is nobody's question here."""
    made: dict[int, list[Shift]] = {}
    for person, rows in shifts.items():
        for row in sorted(rows, key=lambda one: one.start):
            if not made.get(person) or row.start - made[person][-1].end > timedelta(hours=3):
                made.setdefault(person, []).append(row)
    return made


@settings(max_examples=80, deadline=None)
@given(found_events, departments())
def test_the_judge_says_what_a_slow_obvious_one_says(events: list[Event], facts: Facts) -> None:
    told: list[Breach] = list(judge(events, facts))
    assert {(one.rule[-2:], one.way, one.event) for one in told} == slow(events, facts)
    assert len(told) == len({(one.rule, one.way, one.event) for one in told})
