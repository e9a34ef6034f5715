"""What is done with the records of a declared register: entered, changed, done, struck out, approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cstui.contract.context import Context
from cstui.contract.declare import ApprovalKind
from cstui.contract.errors import NotPermitted, Refusal
from cstui.contract.text import Text
from cstui.declared import deadlines
from cstui.declared.figures import hundredths
from cstui.declared.file import ProposalTable
from cstui.declared.kept import Kept
from cstui.declared.models import Standing, stored


@dataclass(frozen=True)
class Keeper:
    """The acts of one register."""

    kept: Kept

    async def add(self, ctx: Context, data: Any) -> Text:
        """Raises Refusal where a record of that key is there, or nothing is due for its day."""
        if (row := await self._same(data)) is not None:
            raise Refusal("declared.refusal.there", field=self.kept.table.key[0], value=self.kept.record(row))
        return Text("declared.done.added", record=self.kept.record(await self._create(ctx, data)))

    async def take_over(self, ctx: Context, rows: Sequence[Any]) -> list[Any]:
        """An import: a record by its key is entered, or changed where it is there."""
        marks: list[Any] = []
        for data in rows:
            try:
                row = await self._same(data)
                if row is None:
                    await self._create(ctx, data)
                    marks.append("created")
                else:
                    marks.append("updated" if await self._update(ctx, row, data) else "unchanged")
            except Refusal as fault:
                marks.append(fault)
        return marks

    async def first_values(self, ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
        """A new record is for the earliest day for which one is missing."""
        due = self.kept.table.due
        if not (due and due.every):
            return {}
        there = {*await self.kept.model.filter(**{f"{due.day}__gte": due.since}).values_list(due.day, flat=True)}
        missing = next(deadlines.days(self.kept, ctx, there), None)
        return {due.day: missing} if missing else {}

    async def held(self, ctx: Context, rows: Sequence[Any]) -> Mapping[str, Any]:
        """What a record holds by now, to be written over."""
        return {name: getattr(rows[0], name) for name in (*self.kept.table.field, *self.kept.table.items)}

    async def change(self, ctx: Context, row: Any, data: Any) -> Text:
        """What was filled in takes the place of what stood there. What was done is only changed with a reason."""
        changed = await self._update(ctx, row, data, data.correction)
        return Text(f"declared.done.{'changed' if changed else 'same'}", record=self.kept.record(row))

    async def finish_blocked(self, ctx: Context, row: Any) -> Text | None:
        if row.done_at:
            return Text("declared.refusal.done", value=self.kept.record(row), at=row.done_at)
        return self._unapproved(ctx, row)

    async def finish(self, ctx: Context, row: Any, data: Any) -> Text:
        Refusal.because(await self.finish_blocked(ctx, row), field=self.kept.name)
        self._put(row, data, self._filled(data))
        self._done(ctx, row)
        await self._save(ctx, row, set(), set())
        return Text("declared.done.late" if row.late else "declared.done.done", record=self.kept.record(row))

    async def strike_blocked(self, ctx: Context, row: Any) -> Text | None:
        if row.approval is Standing.ASKED:
            return Text("declared.refusal.asked", value=self.kept.record(row))
        return None

    async def strike(self, ctx: Context, row: Any, data: Any) -> Text:
        """The journal keeps it."""
        Refusal.because(await self.strike_blocked(ctx, row), field=self.kept.name)
        told = self.kept.record(row)
        await row.delete()
        return Text("declared.done.struck", record=told, reason=data.reason)

    async def _same(self, data: Any) -> Any:
        """The stored record that has the key of an input or a record, or None."""
        key = {name: stored(self.kept.model, name, getattr(data, name)) for name in self.kept.table.key}
        return await self.kept.rows(**key).first()

    async def _create(self, ctx: Context, data: Any) -> Any:
        kept = self.kept
        self._check_day(ctx, data)
        row: Any = kept.model(added_at=ctx.now, added_by=ctx.actor.login)
        self._put(row, data, self._filled(data))
        if kept.table.finish is None:
            self._done(ctx, row)
        await self._save(ctx, row, {*kept.table.field}, set())
        return row

    def _check_day(self, ctx: Context, data: Any) -> None:
        """Refuse a day for which nothing is due."""
        kept, due = self.kept, self.kept.table.due
        day = getattr(data, due.day) if due and due.every else None
        if due and day:
            ctx.rule(kept.rule(due.rule), day).forbid(
                not deadlines.falls_on(kept, ctx, day), "declared.refusal.no_such_day", field=due.day, value=day,
                near=deadlines.near(kept, ctx, day),
            )  # fmt: skip

    async def _update(self, ctx: Context, row: Any, data: Any, why: str = "") -> bool:
        """Whether anything changed; an import gives no reasons."""
        names = [name for name in self._filled(data) if not self._equal(row, name, data)]
        if not names:
            return False
        if row.done_at and not why:
            raise Refusal("declared.refusal.no_correction", field="correction", value=self.kept.record(row))
        watched = self._watched & {*names}
        if watched and row.approval is Standing.ASKED:
            raise Refusal("declared.refusal.asked", field=min(watched), value=self.kept.record(row))
        self._check_day(ctx, data)
        before = self._holding(ctx, row)
        self._put(row, data, names)
        if (other := await self._same(row)) is not None and other.pk != row.pk:
            raise Refusal("declared.refusal.there", field=self.kept.table.key[0], value=self.kept.record(other))
        if self.kept.table.checklist and row.done_at:
            row.score = self._score(row)
        await self._save(ctx, row, watched, before)
        return True

    async def _save(self, ctx: Context, row: Any, changed: set[str], before: set[str]) -> None:
        """Store a record, ask for the approval of what is new, and propose what holds since."""
        asked = self._to_be_approved(ctx, row, changed)
        row.approval = Standing.ASKED if asked else row.approval
        await row.save()
        if asked:
            await ctx.ask(self.kept.id, row.pk, self.kept.record(row))
        await self._propose(ctx, row, before)

    def _filled(self, data: Any) -> list[str]:
        """The names of the record's fields that were filled in."""
        table = self.kept.table
        known = {*table.field, *table.items} & {*type(data).model_fields} if data else set()
        return [name for name in (*table.field, *table.items) if name in known and getattr(data, name) is not None]

    def _put(self, row: Any, data: Any, names: Sequence[str]) -> None:
        for name in names:
            setattr(row, name, stored(self.kept.model, name, getattr(data, name)))

    def _equal(self, row: Any, name: str, data: Any) -> bool:
        new, old = getattr(data, name), getattr(row, name)
        return bool(new.pk == getattr(row, f"{name}_id")) if name in self.kept.relations else bool(new == old)

    def _done(self, ctx: Context, row: Any) -> None:
        kept = self.kept
        row.done_at, row.done_by = ctx.now, ctx.actor.login
        due = deadlines.due_of(kept, ctx, row)
        row.late = due is not None and deadlines.late(kept, due, ctx.now)
        row.score = self._score(row) if kept.table.checklist else None

    def _score(self, row: Any) -> int:
        return sum(getattr(row, name) or 0 for name in self.kept.table.items)

    @property
    def _watched(self) -> set[str]:
        """The fields whose value is approved: one, or all but those that are filled in at the end."""
        approval, finish = self.kept.table.approval, self.kept.table.finish
        if approval is None or approval.field:
            return {approval.field} if approval else set()
        return {*self.kept.table.field} - {*(finish.field if finish else ())}

    def _to_be_approved(self, ctx: Context, row: Any, changed: set[str]) -> bool:
        approval = self.kept.table.approval
        if approval is None or not self._watched & changed or not ctx.rule(self.kept.rule(approval.rule)).on:
            return False
        return not approval.field or bool(getattr(row, approval.field))

    def _unapproved(self, ctx: Context, row: Any) -> Text | None:
        """That an approval which it needs isn't there."""
        approval = self.kept.table.approval
        if approval is None or row.approval in (None, Standing.APPROVED):
            return None
        if not ctx.rule(self.kept.rule(approval.rule)).on:
            return None
        return Text(f"declared.refusal.{row.approval}", value=self.kept.record(row), rule=self.kept.rule(approval.rule))

    def _holding(self, ctx: Context, row: Any) -> set[str]:
        """The proposals whose condition a record that is done meets now."""
        return {name for name, one in self.kept.table.proposal.items() if row.done_at and self._holds(ctx, one, row)}

    def _holds(self, ctx: Context, proposal: ProposalTable, row: Any) -> bool:
        if not ctx.rule(self.kept.rule(proposal.rule)).on or getattr(row, f"{proposal.person}_id") is None:
            return False
        if proposal.when == "late":
            return bool(row.late)
        if proposal.when == "failed":
            checklist = self.kept.table.checklist
            return bool(checklist and row.score < self.kept.figure(ctx, checklist.needed))
        return all(getattr(row, name) == value for name, value in proposal.when.items())

    async def _propose(self, ctx: Context, row: Any, before: set[str]) -> None:
        """Put what holds now, and didn't before, before whoever decides it: nothing is taken or given by itself."""
        kept = self.kept
        for name in sorted(self._holding(ctx, row) - before):
            one = kept.table.proposal[name]
            if one.reward:
                await ctx.ask(f"{kept.id}_{name}", row.pk, self._about(row, one))
                continue
            person = await getattr(row, one.person)
            fen = hundredths(kept.figure(ctx, one.amount)) if one.amount else None
            # without the record's id: each proposal is an act of its own to the ledger, which punishes an act once
            await ctx.propose(rule=kept.rule(one.rule), title=self._about(row, one), person=person, figure_fen=fen)
            ctx.notes.append(Text("declared.note.proposed", about=self._about(row, one)))

    def _about(self, row: Any, proposal: ProposalTable) -> Text:
        because = Text(f"{self.kept.area}.rule.{proposal.rule}")
        return Text("declared.title.proposal", record=self.kept.record(row), because=because)

    def kinds(self) -> list[ApprovalKind]:
        """What others decide about this register: its approval, its rewards."""
        kept = self.kept
        approval = kept.table.approval
        made = []
        if approval is not None:
            made.append(
                ApprovalKind(
                    kept.id, self._steps(approval.steps), approved=self._set(Standing.APPROVED),
                    refused=self._set(Standing.REFUSED), withdrawn=self._set(Standing.WITHDRAWN),
                    rule=kept.rule(approval.rule),
                )
            )  # fmt: skip
        for name, one in kept.table.proposal.items():
            if one.reward:
                steps, rule = self._steps(one.steps), kept.rule(one.rule)
                made.append(ApprovalKind(f"{kept.id}_{name}", steps, approved=self._grant(one), rule=rule))
        return made

    def _steps(self, steps: Sequence[str]) -> tuple[Any, ...]:
        """Roles; one that is a figure of the area is looked up when it is decided."""
        figures = self.kept.figures
        return tuple(
            (lambda ctx, name=step: self.kept.figure(ctx, name)) if step in figures else step for step in steps
        )

    def _set(self, standing: Standing) -> Any:
        async def decided(ctx: Context, request: Any) -> None:
            row: Any = await self.kept.rows(id=request.record_id).first()
            if row is not None:
                row.approval = standing
                await row.save()

        return decided

    def _grant(self, proposal: ProposalTable) -> Any:
        async def approved(ctx: Context, request: Any) -> None:
            row: Any = await self.kept.rows(id=request.record_id).first()
            if row is None:
                raise Refusal("declared.refusal.gone", value=request.told)
            person = getattr(row, proposal.person)
            if person.pk == ctx.actor.staff_id:
                raise NotPermitted("declared.refusal.own_reward", field=proposal.person, value=person.name)
            rule = ctx.rule(self.kept.rule(proposal.rule))
            unit = next(one.unit for one in rule.rule.params if one.name == proposal.reward)
            await ctx.post(
                person=person, kind="points" if unit == "pts" else "money", rule=rule.id,
                amount=hundredths(self.kept.figure(ctx, proposal.reward)), source=f"{self.kept.id}:{row.pk}",
            )  # fmt: skip

        return approved
