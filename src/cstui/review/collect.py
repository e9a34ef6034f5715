"""One queue out of every area's due items, with what became of each, and what changed since one last looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from cstui.contract.context import Actor, Context
from cstui.contract.declare import SEVERITIES, DueItem
from cstui.contract.text import Text
from cstui.review.asking import due_items
from cstui.review.deeds import Deed, Settled, deeds, refs_of
from cstui.review.looks import Looks, looks, remember
from cstui.review.models import Disposition, Kind, Question, SignOff
from cstui.review.said import REMEMBERED, Said, said_of
from cstui.veil import hidden

if TYPE_CHECKING:
    from cstui.host import Host

UNSIGNED = timedelta(days=31)
"""So far back an unsigned day is put before the supervisor."""
ANSWERS = "review.answer:"
RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True, slots=True)
class Matter:
    """A due item and what became of it, each with who said so and when.

    `day` is the day that is looked at. `deferred` holds until its day comes, `delegated` until it is handed or taken
    back. `settled_by` is the last of the item's own actions done today. `new`: since this login last looked it came,
    came back or grew worse.
    """

    item: DueItem
    day: date
    reading: Disposition | None = None
    deferred: Disposition | None = None
    delegated: Disposition | None = None
    notes: tuple[Disposition, ...] = ()
    questions: tuple[Question, ...] = ()
    settled_by: Deed | None = None
    new: bool = False

    @property
    def read(self) -> bool:
        return self.reading is not None

    @property
    def decided(self) -> bool:
        """Whether a critical matter is settled enough for the sign-off: a delegation counts on its own day."""
        return bool(self.settled_by or self.deferred or (self.delegated and self.delegated.day == self.day))

    @property
    def open(self) -> bool:
        """Whether the sign-off still waits for it."""
        if self.item.severity == "critical":
            return not self.decided
        return not (self.read or self.decided)

    @property
    def unsigned_day(self) -> date | None:
        """The day that nobody signed off, where this matter is one."""
        kind, _, day = self.item.id.partition(":")
        return date.fromisoformat(day) if kind == "review.unsigned" else None

    @property
    def became(self) -> Text | None:
        """In one line what became of it, by whom: None where nothing did."""
        told = []
        if by := self.settled_by:
            told.append(Text("review.became.done", what=by.told, name=by.name, at=by.at))
        if word := self.deferred:
            told.append(Text("review.became.deferred", until=word.until, name=word.by_name))
        if (word := self.delegated) and word.to:
            told.append(Text("review.became.delegated", to=word.to.name, name=word.by_name))
        if self.questions:
            last = self.questions[-1]
            told.append(
                Text("review.became.answered", person=last.person.name, answer=last.answer)
                if last.answered_at
                else Text("review.became.asked", person=last.person.name, name=last.by_name)
            )
        if not told and self.reading:
            told.append(Text("review.became.read", name=self.reading.by_name))
        return told[0] if len(told) == 1 else Text("review.became.all", told=told) if told else None


@dataclass(frozen=True, slots=True)
class Review:
    """The day as it stands at a moment.

    `settled`: what was due before and was settled today, by whomever, the latest first. `news`: what others settled
    since this login last looked, at `since` (None: never). `known` is all that was due at any look of this session.
    """

    day: date
    at: datetime
    matters: Sequence[Matter]
    unknown: Sequence[tuple[str, Text]] = ()
    unsigned: Sequence[date] = ()
    signed: SignOff | None = None
    counts: dict[str, int] = field(default_factory=dict)
    since: datetime | None = None
    settled: Sequence[Settled] = ()
    news: Sequence[Settled] = ()
    known: Mapping[str, DueItem] = field(default_factory=dict)

    @property
    def to_sign(self) -> list[Matter]:
        """The matters of the day itself: earlier unsigned days are signed for themselves."""
        return [matter for matter in self.matters if matter.unsigned_day is None]

    @property
    def open(self) -> list[Matter]:
        """What the sign-off waits for. Earlier unsigned days don't hold up today's."""
        return [matter for matter in self.to_sign if matter.open]


async def collect(host: Host, actor: Actor, earlier: Review | None = None) -> Review:
    """Today as this actor sees it: everything, or (without `review.all`) what concerns oneself.

    `earlier` is what the same session showed before: what has gone since then is found among `settled`.
    """
    return await host.call(_collect(host, actor, earlier))


async def seen(host: Host, actor: Actor, shown: Review | None = None) -> None:
    """This login has looked: at the review it was shown, else at today as it stands. Nothing is journalled."""
    if shown is None:
        shown = await collect(host, actor)
    await host.call(remember(host, actor, shown.at, [matter.item for matter in shown.to_sign]))


async def _collect(host: Host, actor: Actor, earlier: Review | None) -> Review:
    ctx = await host.context(actor)
    found = await looks(ctx)
    review = await review_of(host, ctx, found)
    known = dict(earlier.known) if earlier and earlier.day == ctx.today else {}
    here = {matter.item.id: matter.item for matter in review.matters}
    before = [item for key, item in {**found.others, **found.mine, **known}.items() if key not in here]
    gone = await _shown(host, ctx, (await _theirs(ctx, before))[0])  # a role may have ended since they were seen
    midnight = ctx.moment(ctx.today)
    first = min(midnight, found.since or midnight)
    done = await deeds(host, gone, first, others=True)
    settled = sorted(
        (Settled(item, done[item.id]) for item in gone if item.id in done), key=lambda one: one.by.at, reverse=True
    )
    since = found.since
    return replace(
        review,
        since=since,
        settled=[one for one in settled if one.by.at >= midnight],
        news=[one for one in settled if since and one.by.at > since and one.by.login != actor.login],
        known=known | here,
    )


async def _shown(host: Host, ctx: Context, items: Sequence[DueItem]) -> list[DueItem]:
    """Without those that others saw and that are about what is kept from this actor."""
    refs = {item.id: refs_of(host, item) for item in items}
    kept = await hidden(host, ctx, {ref for group in refs.values() for ref in group})
    return [item for item in items if not kept & {*refs[item.id]}]


async def review_of(host: Host, ctx: Context, before: Looks | None = None) -> Review:
    """The review for a context (inside or outside a transaction)."""
    items, unknown = await due_items(host, ctx)
    items, given = await _theirs(ctx, items)
    said = await said_of(ctx, [item.id for item in items])
    asked = {f"{ANSWERS}{one.pk}" for words in said.values() for one in words.questions}
    items = [item for item in items if item.id not in asked]  # the answer stands at its matter
    unsigned = await unsigned_days(host, ctx) if ctx.may("review.sign_off") else []
    items += [_unsigned_item(ctx, day) for day in unsigned]
    done = await deeds(host, items, ctx.moment(ctx.today))
    matters = [_matter(ctx, item, said.get(item.id, Said()), _after_due(ctx, item, done), before) for item in items]
    matters = [one for one in matters if one.item.id not in given or _concerns(ctx, one.item) or _mine(ctx, one)]
    late = datetime.max.replace(tzinfo=UTC)
    matters.sort(key=lambda m: (m.unsigned_day is None, RANK[m.item.severity], m.item.due or late, m.item.id))
    counts: dict[str, int] = {severity: sum(m.item.severity == severity for m in matters) for severity in SEVERITIES}
    counts["read"] = sum(m.read or m.decided for m in matters)
    signed = await SignOff.filter(day=ctx.today).first()
    return Review(ctx.today, ctx.now, matters, unknown, unsigned, signed, counts)


async def _theirs(ctx: Context, items: list[DueItem]) -> tuple[list[DueItem], set[str]]:
    """What this actor sees of them; and the ids of what was once delegated to somebody who doesn't see all."""
    if ctx.may("review.all"):
        return items, set()
    given = await _delegated_to(ctx)
    return [item for item in items if _concerns(ctx, item) or item.id in given], given


def _concerns(ctx: Context, item: DueItem) -> bool:
    """Whether an item names the actor, waits for them, or is of an area that is wholly in their hands.

    Those of the review itself are only told to those whom they concern.
    """
    named = item.person_id is not None and item.person_id == ctx.actor.staff_id
    return item.area == "review" or named or item.mine or ctx.may(f"{item.area}.*")


def _after_due(ctx: Context, item: DueItem, done: Mapping[str, Deed]) -> Deed | None:
    """What settled an item today: of one that is overdue, an act that came after it was due."""
    deed = done.get(item.id)
    early = deed is not None and item.due is not None and deed.at < item.due <= ctx.now
    return None if early else deed


def _mine(ctx: Context, matter: Matter) -> bool:
    return matter.delegated is not None and matter.delegated.to_id == ctx.actor.staff_id


async def _delegated_to(ctx: Context) -> set[str]:
    """Ids of what was once delegated to the actor."""
    if ctx.actor.staff_id is None:
        return set()
    words = Disposition.filter(to_id=ctx.actor.staff_id, kind=Kind.DELEGATED, day__gte=ctx.today - REMEMBERED)
    return {str(item) for item in await words.values_list("item", flat=True)}


def _matter(ctx: Context, item: DueItem, said: Said, done: Deed | None, before: Looks | None) -> Matter:
    return Matter(
        item,
        ctx.today,
        reading=said.reading,
        deferred=said.deferred,
        delegated=said.delegated,
        notes=said.notes,
        questions=said.questions,
        settled_by=done,
        new=_is_new(item, said, before),
    )


def _is_new(item: DueItem, said: Said, before: Looks | None) -> bool:
    if before is None or before.since is None:
        return False
    known = before.mine.get(item.id)
    if known is None or RANK[item.severity] < RANK[known.severity]:
        return not item.id.startswith("review.unsigned:")
    return said.back_at is not None and said.back_at > before.since


async def unsigned_days(host: Host, ctx: Context) -> list[date]:
    """Earlier working days nobody signed off, since the store (or the last sign-off) began; oldest first."""
    rows = await host.store.query("SELECT at FROM house_entry ORDER BY seq LIMIT 1")
    if not rows:
        return []
    began = ctx.local(datetime.fromisoformat(rows[0]["at"])).date()
    first = max(began, ctx.today - UNSIGNED)
    signed = set(await SignOff.filter(day__gte=first).values_list("day", flat=True))
    days = (first + timedelta(days=n) for n in range((ctx.today - first).days))
    return [day for day in days if day not in signed and ctx.calendar.is_workday(day)]


def _unsigned_item(ctx: Context, day: date) -> DueItem:
    return DueItem(
        id=f"review.unsigned:{day.isoformat()}",
        severity="critical",
        title=Text("review.due.unsigned", day=day),
        state=Text("review.due.unsigned_state", days=(ctx.today - day).days),
        proof=(Text("review.proof.unsigned"),),
        due=ctx.moment(day, 24 * 60),
        actions=("review.sign_off",),
        area="review",
    )
