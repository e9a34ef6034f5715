"""The key register: taking keys on, one by one or a whole spreadsheet as one act.

A long spreadsheet comes in parts of one act, each at a fixed number of statements: what exists is read at once, what is
new is inserted at once. Where a part ends makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cstui.api import BadInput, Context, Refusal, Text, choice
from cstui_keys import custody, labels
from cstui_keys.kinds import GONE, HELD_BY_OFFICE, CustodyKind, Dept, DoorKind, HolderKind, SpaceKind
from cstui_keys.models import Building, Key, Ring, Space
from cstui_keys.register.inputs import RegisterKey
from cstui_keys.register.places import check_place, having, place, ring_ref_of, space_of


async def register(ctx: Context, data: RegisterKey) -> Text:
    """Take one key on the register, or correct its line. Raises what `register_rows` answers."""
    (answer,) = await register_rows(ctx, [data])
    if isinstance(answer, Exception):
        raise answer
    return Text(f"keys.done.{answer}", key=data.tag_no)


async def register_rows(ctx: Context, rows: Sequence[RegisterKey]) -> list[str | BadInput | Refusal]:
    """Answer each row with "created", "updated" or "unchanged", or why it can't be taken on."""
    book = await _Book.read(ctx, rows)
    answers: list[str | BadInput | Refusal] = []
    for row in rows:
        try:
            answers.append(book.take(row))
        except (BadInput, Refusal) as fault:
            answers.append(fault)
    await book.save()
    return answers


@dataclass
class _Act:
    """What a part of the act must know of those before it, by ids."""

    built: set[int] = field(default_factory=set)
    """Buildings that it made."""
    labelled: set[int] = field(default_factory=set)
    """Keys that it says bear their label: whatever further rows make of their texts, that is what the paper says."""
    unlabelled: dict[int, tuple[str, date]] = field(default_factory=dict)
    """Keys whose label must be made again because of other rows: what their paper says, and the day it was owed."""


@dataclass
class _Book:
    """The part of the register that the rows are about, and what becomes of it."""

    ctx: Context
    buildings: dict[str, Building]
    spaces: dict[str, Space]
    rings: dict[str, Ring]
    keys: dict[str, Key]
    copies: dict[tuple[str, DoorKind, int], str]
    blocks: dict[int, str]
    """Blocks of the buildings by their ids."""
    of_space: dict[str, str] = field(default_factory=dict)
    """Space code → block, for new spaces."""
    placed: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Tag → (space code, ring number), for keys whose place is new."""
    labelled: set[str] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    """Ids of spaces that a key was moved away from: the labels of the others may get shorter."""
    earlier: set[str] = field(default_factory=set)
    """Blocks that were taken over earlier than the rows before said."""
    spaces_changed: set[str] = field(default_factory=set)
    rings_changed: set[str] = field(default_factory=set)

    @property
    def act(self) -> _Act:
        carried: _Act = self.ctx.carried.setdefault("keys.register", _Act())
        return carried

    @classmethod
    async def read(cls, ctx: Context, rows: Sequence[RegisterKey]) -> _Book:
        buildings = {b.block: b for b in await having(Building, "block", {row.block for row in rows})}
        spaces = {s.code: s for s in await having(Space, "code", {space_of(ctx, row)[0] for row in rows})}
        rings = {r.ring_no: r for r in await having(Ring, "ring_no", {row.ring for row in rows if row.ring})}
        refs = {ring_ref_of(ctx, row) for row in rows if row.hook and not row.ring}
        rings |= {r.ring_no: r for r in await having(Ring, "space_ref", refs)}
        keys = {k.tag_no: k for k in await having(Key, "tag_no", {row.tag_no for row in rows}, "space", "ring")}
        spaces |= {key.space.code: key.space for key in keys.values() if key.space.code not in spaces}
        rings |= {key.ring.ring_no: key.ring for key in keys.values() if key.ring and key.ring.ring_no not in rings}
        codes = {space.id: space.code for space in spaces.values()}
        copies = {}
        for key in await having(Key, "space_id", set(codes)):
            if key.state not in GONE:
                copies[codes[key.space_id], key.door_kind, key.copy_no] = key.tag_no
        blocks = {b.id: b.block for b in buildings.values()}
        others = {space.building_id for space in spaces.values()} - set(blocks)
        blocks |= {b.id: b.block for b in await having(Building, "id", others)}
        return cls(ctx, buildings, spaces, rings, keys, copies, blocks)

    def take(self, row: RegisterKey) -> str:
        """Plan one row. Raises BadInput or Refusal before anything of it is planned."""
        check_place(row)
        code, space = self._space(row)
        key = self.keys.get(row.tag_no)
        if key is None or key.state not in GONE:  # its place may have gone to another
            self._check_copy(row, code)
        ring = self._ring(row, space, self._ring_no(row, key, space))
        if key is not None:
            return self._update(row, key, code, space, ring)
        if row.custodian_dept is Dept.ENGINEERING:
            self.ctx.rule("keys-19").forbid(
                row.space_kind is not SpaceKind.EQUIPMENT, "keys.refusal.not_equipment", field="custodian_dept",
                value=choice("keys", Dept.ENGINEERING), key=row.tag_no,
            )  # fmt: skip
        received = row.received_on or self.ctx.today
        self._check_day(received)
        self.keys[row.tag_no] = Key(
            tag_no=row.tag_no, door_kind=row.door_kind, copy_no=row.copy_no, label_text="", natural="",
            received_on=received, label_owed_since=received, custodian_dept=row.custodian_dept or Dept.CUSTOMER_SERVICE,
            holder_kind=HolderKind.NONE,
        )  # fmt: skip
        self._plan(row, code, space, ring)
        return "created"

    def _check_day(self, received: date) -> None:
        if received > self.ctx.today:
            raise BadInput("keys.refusal.day_to_come", field="received_on", value=received)

    def _space(self, row: RegisterKey) -> tuple[str, Space]:
        code, name, parts = space_of(self.ctx, row)
        known = self.spaces.get(code)
        if known is None:
            known = Space(
                code=code, name=name, kind=row.space_kind, owner_name=row.owner_name,
                natural=labels.space_natural(row.space_kind, row.block, *parts), **place(parts),
            )  # fmt: skip
        elif known.kind is not row.space_kind or any(getattr(known, n) != v for n, v in place(parts).items()):
            raise BadInput(
                "keys.refusal.other_space", field="room", value=code, kind=choice("keys", known.kind), rule="keys-13"
            )
        return code, known

    def _check_copy(self, row: RegisterKey, code: str) -> None:
        other = self.copies.get((code, row.door_kind, row.copy_no), row.tag_no)
        if other != row.tag_no:
            raise BadInput(
                "keys.refusal.copy_taken", field="copy_no", value=row.copy_no, key=other, space=code,
                door=choice("keys", row.door_kind),
            )  # fmt: skip

    def _ring_no(self, row: RegisterKey, key: Key | None, space: Space) -> str:
        """The ring that is told, else the key's own; a hook alone means the ring of its household, floor or room."""
        if row.ring or not row.hook or (key and key.ring):
            return row.ring or (key.ring.ring_no if key and key.ring else "")
        ref, _, number = labels.ring_of(labels.grouping_of(self.ctx, space.kind), space, row.block)
        return min((ring.ring_no for ring in self.rings.values() if ring.space_ref == ref), default=number)

    def _ring(self, row: RegisterKey, space: Space, ring_no: str) -> Ring | None:
        if not ring_no:
            return None
        grouping = labels.grouping_of(self.ctx, space.kind)
        ref, order, _ = labels.ring_of(grouping, space, row.block)
        known = self.rings.get(ring_no)
        if known is None:
            return Ring(ring_no=ring_no, natural=order, grouping=grouping, space_ref=ref, hook=row.hook)
        labels.check_ring(self.ctx, space, row.block, ring_no, known.space_ref)
        return known

    def _update(self, row: RegisterKey, key: Key, code: str, space: Space, ring: Ring | None) -> str:
        given = row.model_fields_set
        other_dept = row.custodian_dept if row.custodian_dept is not key.custodian_dept else None
        if other_dept and key.state not in GONE:
            raise BadInput(
                "keys.refusal.dept_by_act", field="custodian_dept", value=choice("keys", other_dept),
                key=row.tag_no, dept=choice("keys", key.custodian_dept),
            )  # fmt: skip
        labels_now = row.labelled and not key.labelled and key.id not in self.act.unlabelled
        differs = {
            "dept": other_dept is not None,
            "space": key.space.code != code,
            "door": key.door_kind is not row.door_kind or key.copy_no != row.copy_no,
            "ring": ring is not None and (key.ring is None or key.ring.ring_no != ring.ring_no),
            "received": row.received_on is not None and row.received_on != key.received_on,
            "owner": "owner_name" in given and space.owner_name != row.owner_name,
            "hook": ring is not None and "hook" in given and ring.hook != row.hook,
            "labelled": labels_now,
        }
        if not any(differs.values()):
            return "unchanged"
        if key.state in GONE:
            raise Refusal(
                "keys.refusal.gone", field="tag_no", value=row.tag_no, state=choice("keys", key.state), rule="keys-07"
            )
        if row.received_on:
            self._check_day(row.received_on)
            key.received_on = row.received_on
        self.copies.pop((key.space.code, key.door_kind, key.copy_no), None)
        key.door_kind, key.copy_no = row.door_kind, row.copy_no
        if differs["owner"]:
            space.owner_name = row.owner_name
            self.spaces_changed.add(code)
        if differs["hook"] and ring:
            ring.hook = row.hook
            self.rings_changed.add(ring.ring_no)
        if differs["space"]:
            self.left.add(key.space_id)
        self._plan(row, code, space, ring)
        return "updated"

    def _plan(self, row: RegisterKey, code: str, space: Space, ring: Ring | None) -> None:
        building = self.buildings.get(row.block)
        if building is None:
            building = Building(block=row.block, natural=labels.natural(row.block), taken_over_on=row.received_on)
            self.buildings[row.block] = building
        ours = not building.id or building.id in self.act.built
        if ours and row.received_on and building.taken_over_on and row.received_on < building.taken_over_on:
            building.taken_over_on = row.received_on
            self.earlier.add(row.block)
        self.spaces.setdefault(code, space)
        self.of_space[code] = row.block
        if ring:
            self.rings.setdefault(ring.ring_no, ring)
        self.placed[row.tag_no] = (code, ring.ring_no if ring else None)
        self.copies[code, row.door_kind, row.copy_no] = row.tag_no
        if row.labelled:
            self.labelled.add(row.tag_no)

    async def save(self) -> None:
        """Store what was planned: buildings, spaces, rings, keys, labels, custody events."""
        if not self.placed:
            return
        await Building.change(
            (b for b in self.buildings.values() if b.id and b.block in self.earlier), ("taken_over_on",)
        )
        made = await Building.insert(b for b in self.buildings.values() if not b.id)
        self.act.built.update(building.id for building in made)
        new_spaces = [space for space in self.spaces.values() if not space.id]
        for space in new_spaces:
            space.building_id = self.buildings[self.of_space[space.code]].id
        await Space.insert(new_spaces)
        await Space.change((self.spaces[code] for code in self.spaces_changed), ("owner_name",))
        await Ring.insert(ring for ring in self.rings.values() if not ring.id)
        await Ring.change((self.rings[no] for no in self.rings_changed if no in self.rings), ("hook",))
        for tag, (code, ring_no) in self.placed.items():
            key = self.keys[tag]
            key.space_id = self.spaces[code].id
            key.ring_id = self.rings[ring_no].id if ring_no else key.ring_id
        await self._save_keys()

    async def _save_keys(self) -> None:
        touched = [self.keys[tag] for tag in self.placed]
        new = [key for key in touched if not key.id]
        old = [key for key in touched if key.id]
        mine = {key.id for key in old}
        by_id = {space.id: space for space in self.spaces.values()}
        siblings = await having(Key, "space_id", {key.space_id for key in touched} | self.left)
        kept = [key for key in siblings if key.id not in mine and key.state not in GONE]
        papers = {key.id: key.label_text for key in (*kept, *old)}
        renamed = labels.label_all([*kept, *touched], by_id)
        for key in renamed:
            if key.id:
                self._relabel(key, papers[key.id])
        await Key.insert(new)
        made = {key.id for key in new}
        await Key.change(
            {key.id: key for key in (*old, *(k for k in renamed if k.id not in made))}.values(),
            ("space_id", "door_kind", "copy_no", "ring_id", "label_text", "natural", "labelled", "label_owed_since",
             "state", "received_on"),
        )  # fmt: skip
        await custody.move(self.ctx, new, CustodyKind.RECEIVE, custody.CABINET)
        labelled = [key for key in touched if key.tag_no in self.labelled and not key.labelled]
        await custody.mark_labelled(self.ctx, labelled)
        self.act.labelled.update(key.id for key in labelled)
        for key in labelled:
            self.act.unlabelled.pop(key.id, None)
        rest = [key for key in old if key.state in HELD_BY_OFFICE and key.state is not custody.at_rest(key)]
        for key in rest:
            key.state = custody.at_rest(key)
        await Key.change(rest, ("state",))

    def _relabel(self, key: Key, paper: str) -> None:
        """The text of a label has changed: its paper no longer says what it must, or does so again."""
        said, owed = self.act.unlabelled.get(key.id, ("", self.ctx.today))
        if key.labelled and key.id not in self.act.labelled:
            self.act.unlabelled[key.id] = paper, key.label_owed_since
            key.labelled, key.label_owed_since = False, self.ctx.today
        elif key.label_text == said:
            del self.act.unlabelled[key.id]
            key.labelled, key.label_owed_since = True, owed
        else:
            return
        key.state = custody.at_rest(key) if key.state in HELD_BY_OFFICE else key.state
