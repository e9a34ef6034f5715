"""What the department's records say of a span, as the judge needs it; and the events, part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from tortoise.expressions import Q
from tortoise.functions import Count

from cstui.api import Context
from cstui.people import Absence, Duty
from cstui_confidentiality.accounts.grants import off_duty_spans, use_spans
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
from cstui_confidentiality.audit.standing import REACH, SignOffs, holder_at, window_of
from cstui_confidentiality.kinds import EventKind
from cstui_confidentiality.models import (
    AccessEvent,
    Account,
    AccountHolding,
    OperationRequest,
    Workstation,
)

JUDGED: Final = (
    "confidentiality-07", "confidentiality-08", "confidentiality-12", "confidentiality-13", "confidentiality-14",
    "confidentiality-15", "confidentiality-16", "confidentiality-24",
)  # fmt: skip
PART: Final = 20_000
"""Events that are read together."""
DAY: Final = timedelta(days=1)
LAPSED: Final = 7 * DAY
"""So long a request that is over is still told as the one that came too late."""
READ: Final = ("id", "at", "kind", "system_id", "login", "subject_ref", "rows", "ticket", "seat")


def figures_on(ctx: Context) -> Callable[[date], Figures]:
    """The figures in force on a day: what happened is judged by those of its day."""

    @cache
    def figures(day: date) -> Figures:
        rules = {one: ctx.rule(one, day) for one in JUDGED}
        account, shift, queries = rules["confidentiality-07"], rules["confidentiality-08"], rules["confidentiality-14"]
        return Figures(
            rules=frozenset(one for one in JUDGED if rules[one].on),
            grace_before=shift.grace_before_shift,
            grace_after=shift.grace_after_shift,
            grants_count=account.account_sharing == "forbidden_without_grant",
            login_needs_ticket=rules["confidentiality-12"].customer_login_needs_ticket,
            without_ticket_max=queries.query_without_ticket_max,
            rows_warn=queries.query_rows_warn,
            zscore_warn=queries.query_zscore_warn,
            baseline_days=queries.baseline_days,
            baseline_days_min=queries.baseline_days_min,
        )

    return figures


async def facts_of(ctx: Context, first: datetime, last: datetime) -> Facts:
    """What is known of a span; of the rosters also as far back as a baseline of queries reaches."""
    figures = figures_on(ctx)
    began = first - DAY * figures(ctx.local(first).date()).baseline_days
    facts = Facts(
        zone=ctx.zone,
        figures=figures,
        accounts={(system, login): pk async for pk, system, login in _rows(Account, "id", "system_id", "login")},
        holdings=await _by(Holding, AccountHolding.all(), "account_id", "staff_id", "since", "until"),
        seats=await _seats(ctx.local(first).date()),
        shifts=await _by(Shift, Duty.filter(start_at__gte=began - REACH, start_at__lte=last + REACH), "staff_id",
                         "day", "start_at", "end_at"),
        leaves=await _by(Leave, Absence.filter(last_day__gte=ctx.local(first - REACH).date()), "staff_id", "first_day",
                         "last_day"),
        use_grants=_spans(UseGrant, await use_spans(first, last)),
        off_duty=_spans(OffDutyGrant, await off_duty_spans(first, last)),
        requests=await _requests(first, last),
    )  # fmt: skip
    facts = replace(facts, shifts=await _signed_off(facts, first, last))
    return replace(facts, queries=await _queries(ctx, facts, first, last))


async def _rows(model: Any, *names: str) -> AsyncIterator[tuple[Any, ...]]:
    for row in await model.all().values_list(*names):
        yield row


async def _by(make: Callable[..., Any], rows: Any, key: str, *names: str) -> dict[int, list[Any]]:
    """Rows as facts, by a column."""
    return _spans(make, await rows.order_by("id").values_list(key, *names))


def _spans(make: Callable[..., Any], rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    """Permits as facts, by what stands first."""
    made = defaultdict(list)
    for of, *values in rows:
        made[of].append(make(*values))
    return dict(made)


async def _seats(day: date) -> dict[int, frozenset[str]]:
    """The computers of each person: told with their accounts, or with the computers."""
    seats: dict[int, set[str]] = defaultdict(set)
    for person, seat in await Account.exclude(seat="").filter(holder_id__isnull=False).values_list("holder_id", "seat"):
        seats[person].add(seat)
    rows = Workstation.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), seat_user_id__isnull=False)
    for person, pc in await rows.values_list("seat_user_id", "pc"):
        seats[person].add(pc)
    return {person: frozenset(found) for person, found in seats.items()}


async def _requests(first: datetime, last: datetime) -> list[Request]:
    """Those that were approved, unless they were over long before."""
    rows = OperationRequest.filter(approved_at__isnull=False, approved_at__lte=last + REACH).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first - LAPSED) | Q(executed_event_id__isnull=False)
    )
    names = ("id", "requester_id", "system_id", "kind", "subject_ref", "ticket", "approved_at", "valid_to")
    found: list[Any] = await rows.values_list(*names, "executed_event_id", "executed_at")
    return [Request._make((*row[:-2], row[-1] is not None, row[-2])) for row in found]


async def _signed_off(facts: Facts, first: datetime, last: datetime) -> Mapping[int, Sequence[Shift]]:
    """The shifts, with what logouts tell of their ends."""
    grace = facts.figures(first.astimezone(facts.zone).date()).grace_before
    seen = SignOffs(facts.shifts, grace)
    async for part in events(first - REACH, last, EventKind.LOGIN, EventKind.LOGOUT):
        for one in part:
            account = facts.accounts.get((one.system, one.login))
            holder = holder_at(facts, account, one.at, []) if account else None
            if account and holder:
                seen.see(one.at, one.kind, account, holder)
    return seen.shifts()


async def _queries(ctx: Context, facts: Facts, first: datetime, last: datetime) -> dict[int, dict[date, int]]:
    """How many queries each person made on each day before, as far back as a baseline reaches.

    A shift past midnight belongs to the day on which it began.
    """
    counts: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    day, end = ctx.local(first).date(), ctx.local(last).date()
    day -= DAY * facts.figures(day).baseline_days
    nights = _nights(ctx, facts)
    while day < end:
        for holder, number in await _counted(facts, ctx.moment(day), ctx.moment(day + DAY)):
            counts[holder][day] += number
        for until, people in nights.get(day, {}).items():
            for holder, number in await _counted(facts, ctx.moment(day), until):
                if holder in people:
                    counts[holder][day] -= number
                    counts[holder][day - DAY] += number
        day += DAY
    return {holder: dict(days) for holder, days in counts.items()}


def _nights(ctx: Context, facts: Facts) -> dict[date, dict[datetime, set[int]]]:
    """For each day until when whose shift of the day before lasts."""
    nights: dict[date, dict[datetime, set[int]]] = defaultdict(lambda: defaultdict(set))
    for staff, rows in facts.shifts.items():
        for shift in rows:
            until = window_of(shift, facts.figures(shift.day))[1]
            if ctx.local(until).date() > shift.day:
                nights[shift.day + DAY][until].add(staff)
    return nights


async def _counted(facts: Facts, begin: datetime, over: datetime) -> list[tuple[int, int]]:
    """Queries of a span by whoever held the account at its end."""
    rows = AccessEvent.filter(kind=EventKind.QUERY, at__gte=begin, at__lt=over).annotate(number=Count("id"))
    found = []
    for system, login, number in await rows.group_by("system_id", "login").values_list("system_id", "login", "number"):
        account = facts.accounts.get((system, login))
        if account and (holder := holder_at(facts, account, over, [])):
            found.append((holder, number))
    return found


async def events(first: datetime, last: datetime, *kinds: EventKind) -> AsyncIterator[list[Event]]:
    """The events of a span in the order of time, part by part, as plain tuples: of a million records each costs.

    Without kinds all but logouts, which the judge has no question about.
    """
    client: Any = AccessEvent._choose_db(for_write=True)
    after = 0
    base = AccessEvent.filter(kind__in=kinds) if kinds else AccessEvent.exclude(kind=EventKind.LOGOUT)
    while True:
        rows = base.filter(at__gte=first, at__lte=last).filter(Q(at__gt=first) | Q(id__gt=after))
        query = rows.order_by("at", "id").limit(PART).values_list(*READ).sql(params_inline=True)
        _, found = await client.execute_query(query)
        part = [Event(row[0], _moment(row[1]), *row[2:]) for row in map(tuple, found)]
        if part:
            yield part
        if len(part) < PART:
            return
        after, first = part[-1].id, part[-1].at


def _moment(stored: Any) -> datetime:
    """SQLite keeps moments as text."""
    return stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
