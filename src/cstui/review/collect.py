"""One queue out of every area's due items, with what became of each today."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cstui.contract.context import Actor, Context
from cstui.contract.declare import SEVERITIES, DueItem
from cstui.contract.text import Text, Verbatim
from cstui.review.models import Disposition, Kind, SignOff

if TYPE_CHECKING:
    from cstui.host import Host

log = logging.getLogger(__name__)
PATIENCE = 10.0
"""Seconds an area may take to say what is due."""
REMEMBERED = 31
"""Days back for which an unsigned day is put before the supervisor."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A due item and what became of it. `settled_by` is the action decided on it today."""

    item: DueItem
    read: bool = False
    deferred: Disposition | None = None
    delegated: Disposition | None = None
    notes: tuple[Disposition, ...] = ()
    settled_by: str = ""

    @property
    def decided(self) -> bool:
        """Whether a critical matter is settled enough for the sign-off."""
        return bool(self.settled_by or self.deferred or self.delegated)

    @property
    def open(self) -> bool:
        """Whether the sign-off still waits for it."""
        if self.item.severity == "critical":
            return not self.decided
        return not (self.read or self.decided)


@dataclass(frozen=True, slots=True)
class Review:
    """The day as it stands."""

    day: date
    matters: Sequence[Matter]
    unknown: Sequence[tuple[str, Text]] = ()
    unsigned: Sequence[date] = ()
    signed: SignOff | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def open(self) -> list[Matter]:
        """What the sign-off waits for. Earlier unsigned days don't hold up today's."""
        return [matter for matter in self.matters if matter.open and matter.item.area != "review"]


async def collect(host: Host, actor: Actor) -> Review:
    """Today as this actor sees it: everything, or (without `review.all`) what concerns oneself."""
    return await host.call(_collect(host, actor))


async def _collect(host: Host, actor: Actor) -> Review:
    ctx = await host.context(actor)
    return await review_of(host, ctx)


async def review_of(host: Host, ctx: Context) -> Review:
    """The review for a context (inside or outside a transaction)."""
    items, unknown = await due_items(host, ctx)
    if not ctx.may("review.all"):
        items = [item for item in items if item.person_id is not None and item.person_id == ctx.actor.staff_id]
    unsigned = await unsigned_days(host, ctx) if ctx.may("review.sign_off") else []
    items += [_unsigned_item(ctx, day) for day in unsigned]
    matters = await _with_dispositions(host, ctx, items)
    order = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    late = datetime.max.replace(tzinfo=UTC)
    matters.sort(key=lambda m: (m.item.area != "review", order[m.item.severity], m.item.due or late, m.item.id))
    counts: dict[str, int] = {severity: sum(m.item.severity == severity for m in matters) for severity in SEVERITIES}
    counts["read"] = sum(m.read or m.decided for m in matters)
    signed = await SignOff.filter(day=ctx.today).first()
    return Review(ctx.today, matters, unknown, unsigned, signed, counts)


async def due_items(host: Host, ctx: Context) -> tuple[list[DueItem], list[tuple[str, Text]]]:
    """Every area's items; an area that fails, or was quarantined, is unknown and never counts as done."""
    items: list[DueItem] = []
    unknown = [(fault.plugin, fault.reason) for fault in host.quarantine]
    for area in host.areas.values():
        if area.due is None:
            continue
        try:
            found = await asyncio.wait_for(area.due(ctx), PATIENCE)
            items += [replace(item, area=area.id) for item in found]
        except Exception as error:
            if host.loaded.strict:
                raise
            log.exception("area %s could not say what is due", area.id)
            unknown.append((area.id, Verbatim(f"{type(error).__name__}: {error}")))
    return items, unknown


async def unsigned_days(host: Host, ctx: Context) -> list[date]:
    """Earlier working days nobody signed off, since the store (or the last sign-off) began; oldest first."""
    rows = await host.store.query("SELECT at FROM house_entry ORDER BY seq LIMIT 1")
    if not rows:
        return []
    began = ctx.local(datetime.fromisoformat(rows[0]["at"])).date()
    first = max(began, ctx.today - timedelta(days=REMEMBERED))
    signed = set(await SignOff.filter(day__gte=first).values_list("day", flat=True))
    days = (first + timedelta(days=n) for n in range((ctx.today - first).days))
    return [day for day in days if day not in signed and ctx.calendar.is_workday(day)]


def _unsigned_item(ctx: Context, day: date) -> DueItem:
    return DueItem(
        id=f"review.unsigned:{day.isoformat()}",
        severity="critical",
        title=Text("review.due.unsigned", day=day),
        state=Text("review.due.unsigned_state", days=(ctx.today - day).days),
        due=ctx.moment(day, 24 * 60),
        actions=("review.sign_off",),
        area="review",
    )


async def _with_dispositions(host: Host, ctx: Context, items: Sequence[DueItem]) -> list[Matter]:
    said = await Disposition.filter(day__gte=ctx.today - timedelta(days=REMEMBERED)).order_by("id")
    by_item: dict[str, list[Disposition]] = {}
    for word in said:
        by_item.setdefault(word.item, []).append(word)
    settled = await _settled_today(host, ctx, items)
    matters = []
    for item in items:
        words = by_item.get(item.id, [])
        today = {word.kind: word for word in words if word.day == ctx.today}
        deferred = next(
            (w for w in reversed(words) if w.kind == Kind.DEFERRED and w.until and w.until > ctx.today), None
        )
        matters.append(
            Matter(
                item,
                read=Kind.READ in today,
                deferred=deferred,
                delegated=today.get(Kind.DELEGATED),
                notes=tuple(word for word in words if word.note),
                settled_by=settled.get(item.id, ""),
            )
        )
    return matters


async def _settled_today(host: Host, ctx: Context, items: Sequence[DueItem]) -> dict[str, str]:
    """Which of an item's own actions was done today on its records, from the journal."""
    midnight = ctx.moment(ctx.today).astimezone(UTC).isoformat(timespec="microseconds")
    rows = await host.store.query(
        "SELECT r.ref, e.action FROM house_entry e JOIN house_ref r ON r.seq = e.seq "
        f"WHERE e.at >= '{midnight}' ORDER BY e.seq"
    )
    done: dict[str, set[str]] = {}
    for row in rows:
        done.setdefault(row["ref"], set()).add(row["action"])
    answer: dict[str, str] = {}
    for item in items:
        if not item.register or item.register not in host.registers:
            continue
        model: Any = host.registers[item.register].model
        for pk in item.records:
            acted = done.get(f"{model._meta.db_table}:{pk}", set()) & set(item.actions)
            if acted:
                answer[item.id] = sorted(acted)[0]
    return answer
