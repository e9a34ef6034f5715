"""What domain code is handed: who acts, when, under which rules. It reads no clock, environment or config."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol
from zoneinfo import ZoneInfo

from cstui.contract.errors import Refusal
from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.contract.action import Action
    from cstui.contract.declare import DueItem, Register
    from cstui.contract.paper import Content
    from cstui.contract.rules import Rule


class _Unknown:
    """The answer of a fact nobody reported: never zero, and false."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a login, the member of staff behind it (None: not on the staff list), and what they may do.

    `permissions` are patterns: "keys.*", "keys.lend", "*".
    """

    login: str
    staff_id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        if not permission:
            return True
        area = permission.split(".", 1)[0]
        return bool(self.permissions & {"*", f"{area}.*", permission})


SYSTEM: Final = Actor("system", name="system", permissions=frozenset({"*"}))
ANONYMOUS: Final = Actor("anonymous")


class RuleInForce:
    """A rule with its figures in force on one day. Figures are attributes: `ctx.rule("keys-22").loan_max`.

    `on` is whether the rule holds. Checks go through `forbid`, which does nothing when the rule is off.
    """

    __slots__ = ("figures", "id", "on", "rule")

    def __init__(self, rule: Rule, figures: Mapping[str, Any], on: bool = True) -> None:
        self.rule = rule
        self.id = rule.id
        self.figures = figures
        self.on = on

    def __getattr__(self, name: str) -> Any:
        try:
            return self.figures[name]
        except KeyError:
            raise AttributeError(f"rule {self.id} has no figure {name!r}") from None

    def forbid(self, when: bool, text_id: str, *, field: str = "", value: Any = None, **args: Any) -> None:
        """Raise Refusal(text_id) if the rule holds and `when` is true; `finding` and `suspect` as of Refusal."""
        if self.on and when:
            raise Refusal(text_id, field=field, value=value, rule=self.id, **args)


class RuleBook(Protocol):
    """All rules with their effective-dated figures."""

    def rule(self, rule_id: str, on: date) -> RuleInForce: ...


class WorkCalendar(Protocol):
    """Working days of the site; see `cstui.calendar`."""

    def is_workday(self, day: date) -> bool: ...
    def add_workdays(self, day: date, count: int) -> date: ...


class Services(Protocol):
    """What the host does for a context (facts, ledger, approvals, findings)."""

    async def fact(self, ctx: Context, fact_id: str, person_id: int, first: date, last: date) -> Any: ...
    async def post(self, ctx: Context, **posting: Any) -> Any: ...
    async def ask(self, ctx: Context, kind: str, record_id: int, title: str | Text) -> Any: ...
    async def propose(self, ctx: Context, **finding: Any) -> Any: ...

    def register(self, register_id: str) -> Register | None: ...
    def importing(self, register_id: str) -> Action | None: ...
    def agreeing(self, ctx: Context, area_id: str) -> Collection[str]: ...
    async def due(self, ctx: Context) -> Sequence[DueItem]: ...
    async def review(self, ctx: Context) -> Any: ...
    async def checkpoint(self, ctx: Context) -> Any: ...
    async def acts(self, ctx: Context, day: date) -> Sequence[tuple[str, int]]: ...

    @property
    def kinds(self) -> Mapping[str, Any]: ...
    @property
    def roles(self) -> Mapping[str, Collection[str]]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """One act, or one look, by one actor at one moment.

    `now` is an aware UTC moment, fixed for the whole act. `today` is the day in the site's zone.
    """

    actor: Actor
    now: datetime
    zone: ZoneInfo
    rules: RuleBook
    calendar: WorkCalendar
    services: Services
    site: str = ""
    notes: list[Text] = field(default_factory=list)
    """Remarks of the domain function beside its answer, shown after the act."""
    sealed: list[dict[str, Any]] = field(default_factory=list)
    """Commitments over anonymous rows, kept in the entry of the act that closes them."""
    pages: list[Content] = field(default_factory=list)
    """Pages handed to whoever acts, once: they stand in no journal and nowhere in the store (slips with codes)."""
    added: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    """By table of evidence that this act added to: its columns, and the highest id before; sealed in its entry."""
    about: set[str] = field(default_factory=set)
    """Records ("keys_key:17") that this act is about without changing them: it stands in their histories."""
    revealed: frozenset[str] = frozenset()
    """What this look shows in full, its reveal journalled: records ("keys.spaces:17"), or a whole register's."""
    told: Callable[[int, int | None], None] | None = None
    """Who is told how far a long act is."""
    carried: dict[str, Any] = field(default_factory=dict)
    """What an area's `Bulk.run` hands on from one part of an import to the next; empty when an act begins."""
    override: str = ""
    """Why this act is done although a permission or an approver's role is lacking: an emergency."""
    lacking: list[Text] = field(default_factory=list)
    """What the actor lacks that an emergency may go before; done all the same, it is put before somebody else."""

    @property
    def today(self) -> date:
        return self.local(self.now).date()

    def local(self, moment: datetime) -> datetime:
        """The moment in the site's zone."""
        return moment.astimezone(self.zone)

    def moment(self, day: date, minutes: int = 0) -> datetime:
        """The UTC moment `minutes` after the local midnight that begins `day` (wall-clock minutes)."""
        whole, rest = divmod(minutes, 24 * 60)
        wall = datetime(day.year, day.month, day.day) + timedelta(days=whole, minutes=rest)
        return wall.replace(tzinfo=self.zone).astimezone(_UTC)

    def rule(self, rule_id: str, on: date | None = None) -> RuleInForce:
        """The rule with the figures in force on a day (today unless told)."""
        return self.rules.rule(rule_id, on or self.today)

    def may(self, permission: str) -> bool:
        return self.actor.may(permission)

    def is_actor(self, staff_id: int | None, login: str) -> bool:
        """Whether the actor is that person: a login may change hands, a member of staff doesn't."""
        return login == self.actor.login if staff_id is None else staff_id == self.actor.staff_id

    def waive(self, lacking: Text) -> bool:
        """Whether an emergency goes before what the actor lacks; it is on record then."""
        self.lacking.append(lacking)
        return bool(self.override)

    def reveals(self, register_id: str, pk: int) -> bool:
        """Whether this look shows a record's secrets (`site.reveal`); a paper leaves them out otherwise."""
        return not self.revealed.isdisjoint({register_id, f"{register_id}:{pk}"})

    def progress(self, done: int, total: int | None = None) -> None:
        """Tell how far a long act is, now and then: whoever waits sees it, and by it may stop the act.

        Between such calls a long act yields (`await asyncio.sleep(0)`), or a dashboard stands still.
        """
        if self.told:
            self.told(done, total)

    def seal(self, table: str, rows: Iterable[Mapping[str, Any]]) -> str:
        """Commit to anonymous rows: a digest over the sorted set goes into this act's journal entry."""
        lines = sorted(json.dumps(row, sort_keys=True, default=str, ensure_ascii=False) for row in rows)
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        self.sealed.append({"table": table, "count": len(lines), "digest": digest})
        return digest

    async def fact(self, fact_id: str, person_id: int, first: date, last: date) -> Any:
        """A figure another area publishes for a person and period, or UNKNOWN."""
        return await self.services.fact(self, fact_id, person_id, first, last)

    async def post(self, **posting: Any) -> Any:
        """Post points or money to the ledger; see `cstui.ledger.actions.post`."""
        return await self.services.post(self, **posting)

    async def ask(self, kind: str, record_id: int, title: str | Text) -> Any:
        """Open a request of an ApprovalKind for a record of the area; the actor is its requester.

        A `reason` among the title's arguments is shown to whoever decides.
        """
        return await self.services.ask(self, kind, record_id, title)

    async def propose(self, **finding: Any) -> Any:
        """Put a finding before whoever decides it; see `cstui.approvals.actions.propose`."""
        return await self.services.propose(self, **finding)


_UTC = ZoneInfo("UTC")
