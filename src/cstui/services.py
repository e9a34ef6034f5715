"""What the host does for a context: rules, due items, facts, postings, requests and proposals by their room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from cstui import journal
from cstui.contract.action import Action
from cstui.contract.context import UNKNOWN, Context
from cstui.contract.declare import ApprovalKind, DueItem, Register
from cstui.contract.text import Text
from cstui.journal.chain import Checkpoint

if TYPE_CHECKING:
    from cstui.host import Host


@dataclass(frozen=True)
class Services:
    """What the host does for a context."""

    host: Host

    @property
    def kinds(self) -> Mapping[str, ApprovalKind]:
        return self.host.kinds

    @property
    def roles(self) -> Mapping[str, Collection[str]]:
        """The roles that the site knows, with what they may do."""
        return self.host.settings.roles

    def register(self, register_id: str) -> Register | None:
        return self.host.registers.get(register_id)

    def importing(self, register_id: str) -> Action | None:
        return self.host.importing(register_id)

    def agreeing(self, ctx: Context, area_id: str) -> Collection[str]:
        """The roles any one of which agrees to a change of an area's figures."""
        area = self.host.areas.get(area_id)
        return area.figures_approver(ctx) if area and area.figures_approver else ()

    async def due(self, ctx: Context) -> list[DueItem]:
        from cstui.review.asking import due_items

        return (await due_items(self.host, ctx))[0]

    async def review(self, ctx: Context) -> Any:
        from cstui.review.collect import review_of

        return await review_of(self.host, ctx)

    async def checkpoint(self, ctx: Context) -> Checkpoint:
        return await journal.head(self.host)

    async def acts(self, ctx: Context, day: date) -> list[tuple[str, int]]:
        """What was done on a day besides its review, most often first."""
        first, last = (ctx.moment(day, minutes).astimezone(UTC).isoformat() for minutes in (0, 24 * 60))
        rows = await self.host.store.query(
            "SELECT action, count(*) AS n FROM house_entry WHERE action NOT LIKE 'review.%' "
            f"AND at >= '{first}' AND at < '{last}' GROUP BY action ORDER BY n DESC, action"
        )
        return [(row["action"], row["n"]) for row in rows]

    async def fact(self, ctx: Context, fact_id: str, person_id: int, first: date, last: date) -> Any:
        area = self.host.areas.get(fact_id.split(".", 1)[0])
        for fact in area.facts if area else ():
            if fact.id == fact_id:
                return await fact.fn(ctx, person_id, first, last)
        return UNKNOWN

    async def post(self, ctx: Context, **posting: Any) -> Any:
        from cstui.ledger import post

        return await post(ctx, **posting)

    async def ask(self, ctx: Context, kind: str, record_id: int, title: str | Text) -> Any:
        from cstui.approvals import ask

        return await ask(ctx, kind, record_id, title)

    async def propose(self, ctx: Context, **finding: Any) -> Any:
        from cstui.approvals import propose

        return await propose(ctx, **finding)
