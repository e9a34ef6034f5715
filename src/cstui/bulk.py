"""Many rows as one act: an import goes part by part through one locked transaction, and is stored whole or not at all.

However long it is, only a part of it is held in memory, and of the answers the counts and the first lines.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tortoise.exceptions import IntegrityError

from cstui.act import Act, Progress, RolledBack
from cstui.contract.action import Bulk, Mark
from cstui.contract.context import Context
from cstui.contract.errors import BadInput, Fault, Refusal
from cstui.contract.text import Text
from cstui.inputs import parse
from cstui.naming import Finder

MARKS = ("created", "updated", "unchanged", "refused")
PART = 500
"""Rows that are parsed, checked, done and journalled together; the result doesn't depend on it."""
KEPT = 1000
"""Lines whose answers are kept: the first of the file, and as many refused ones."""

RawRow = tuple[int, Mapping[str, Any]]
"""A row's line in the file, and its raw values; a value that can't be read is the BadInput that says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """The answer to one line of an import."""

    line: int
    mark: Mark | str
    fault: Fault | None = None

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with it. A line longer than its header can't be trusted as a whole: that stands once."""
        found = [*getattr(self.fault, "faults", ())] or ([self.fault] if self.fault else [])
        return list(
            {fault.text.id if fault.text.id == "sheet.beyond" else fault.field: fault for fault in found}.values()
        )


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What an import did, or would do.

    `lines` are the first `KEPT` lines, and of the further ones those that were refused, `KEPT` at most.
    `entry` is the number of the first of its `parts` journal entries, one for each part that changed something
    (0: nothing was stored).
    """

    counts: Mapping[str, int]
    lines: tuple[Line, ...] = ()
    entry: int = 0
    parts: int = 0
    changed: frozenset[str] = frozenset()

    def count(self, mark: str) -> int:
        return self.counts.get(mark, 0)

    @property
    def refused(self) -> tuple[Line, ...]:
        """The refused lines that were kept; `count("refused")` counts them all."""
        return tuple(line for line in self.lines if line.mark == "refused")


class BulkAct(Act):
    """One importable action for many rows, inside one locked transaction."""

    async def run(
        self, rows: Iterable[RawRow], dry_run: bool, skip_bad: bool, progress: Progress | None
    ) -> BulkOutcome:
        """Do it; a faulty line stores nothing, unless `skip_bad`. Raises Refusal where the store refuses a row."""
        self.counts: Counter[str] = Counter()
        self.lines: list[Line] = []
        self.first_lines: dict[int, int] = {}  # by the hash of a natural key: 100,000 keys take 10 MB
        self.entries: list[int] = []
        self.changed: frozenset[str] = frozenset()
        self.spoilt = False
        total = len(rows) if isinstance(rows, Sized) else None
        try:
            async with self.host.store.transaction() as client:
                ctx = await self._begin(client)
                for part, only in _parts(rows, PART):
                    told = await self._part(ctx, part)
                    self._keep(told)
                    if not (dry_run or self.spoilt or (self.counts["refused"] and not skip_bad)):
                        await self._entry(client, ctx, told, only)
                    if progress:
                        progress(self.counts.total(), total)
                if dry_run or self.spoilt or (self.counts["refused"] and not skip_bad):
                    raise RolledBack
        except RolledBack:
            return BulkOutcome(self.counts, tuple(self.lines))
        except IntegrityError as error:
            raise Refusal("engine.integrity", value=str(error)) from error
        first = self.entries[0] if self.entries else 0
        return BulkOutcome(self.counts, tuple(self.lines), first, len(self.entries), self.changed)

    @property
    def _bulk(self) -> Bulk:
        assert self.action.bulk
        return self.action.bulk

    async def _part(self, ctx: Context, part: Sequence[RawRow]) -> list[Line]:
        """Parse, check and do some rows; the answer to each, in order."""
        told: list[Line | None] = [None] * len(part)
        good: list[tuple[int, Any]] = []
        finder = Finder(self.host, ctx)
        for at, (line, raw) in enumerate(part):
            try:
                data = await parse(self.action, raw, ctx, finder, listed=True)
                await self._check(ctx, (), data)
                self._once(line, data)
                good.append((at, data))
            except Fault as fault:
                told[at] = Line(line, "refused", fault)
            if at % 50 == 0:
                await asyncio.sleep(0)  # a dashboard paints meanwhile
        marks = await self._bulk.run(ctx, [data for _, data in good]) if good else []
        for (at, data), mark in zip(good, marks, strict=True):
            refused = mark if isinstance(mark, Fault) else await self._follow_up(ctx, mark, data)
            told[at] = Line(part[at][0], "refused" if refused else mark, refused)
        return [line for line in told if line]

    def _once(self, line: int, data: Any) -> None:
        """Refuse a row whose natural key stands on an earlier line of the file, wherever that was."""
        values = [getattr(data, name) for name in self._bulk.natural_key]
        key = hash(tuple(getattr(value, "pk", value) for value in values))
        first = self.first_lines.setdefault(key, line)
        if first != line:
            named = ", ".join(str(getattr(value, "name", value)) for value in values)
            raise BadInput("engine.twice", field=self._bulk.natural_key[0], value=named, first=first)

    async def _follow_up(self, ctx: Context, mark: Any, data: Any) -> Fault | None:
        """What other areas do when a row was stored. Their refusal comes after the row: it spoils the whole import."""
        if mark == "unchanged":
            return None
        for consequence in self.host.consequences.get(self.action.id, ()):
            try:
                await consequence.run(ctx, (), data)
            except Refusal as fault:
                self.spoilt = True
                return fault
        return None

    def _keep(self, told: Sequence[Line]) -> None:
        for line in told:
            if self.counts.total() < KEPT or (line.fault and self.counts["refused"] < KEPT):
                self.lines.append(line)
            self.counts[line.mark] += 1

    async def _entry(self, client: Any, ctx: Context, told: Sequence[Line], only: bool) -> None:
        counts = Counter(line.mark for line in told)
        if not counts["created"] + counts["updated"]:
            return
        text_id = "engine.imported" if only else "engine.imported_part"
        text = Text(text_id, part=len(self.entries) + 1, **{mark: counts[mark] for mark in MARKS})
        made = await self._journal(client, ctx, (), text, {})
        self.entries.append(made.entry)
        self.changed |= made.changed


def _parts(rows: Iterable[RawRow], size: int) -> Iterator[tuple[list[RawRow], bool]]:
    """The rows in parts, each with whether it is the only one."""
    left = iter(rows)
    part, first = list(islice(left, size)), True
    while part:
        following = list(islice(left, size))
        yield part, first and not following
        part, first = following, False
