"""Taking over a building's keys: declared, counted line by line, signed, taken on the register (keys-03, keys-05)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from cstui.api import BadInput, Context, Refusal, Text, choice, utc
from cstui.people import is_gone
from cstui_keys import labels
from cstui_keys.kinds import DOOR_LABELS, GONE, BuildingState, DoorKind, Signed, SpaceKind, TakeoverState
from cstui_keys.models import Building, Key, Takeover, TakeoverLine
from cstui_keys.numbers import next_number
from cstui_keys.register.book import register_rows
from cstui_keys.register.inputs import RegisterKey
from cstui_keys.takeover.inputs import CountTaken, OpenTakeover, SignTakeover, TakeoverKeys

COUNTING = (TakeoverState.DRAFT, TakeoverState.COUNTED, TakeoverState.DISPUTED)
"""States in which lines may still change; which of them it is follows from the lines."""
_PLACE = ("space_kind", "unit", "floor", "room", "equipment_room_name")


async def open_takeover(ctx: Context, data: OpenTakeover) -> Text:
    """Begin the takeover of a building's keys; a building nobody knew yet is planned until it is signed."""
    made = await _open(ctx, data)
    return Text("keys.done.takeover_opened", takeover=made.takeover_no, block=data.block)


async def _open(ctx: Context, data: OpenTakeover) -> Takeover:
    building = await Building.filter(block=data.block).first()
    if building is None:
        building = await Building.create(
            block=data.block, natural=labels.natural(data.block), state=BuildingState.PLANNED
        )
    other = await Takeover.filter(building_id=building.id).exclude(state=TakeoverState.CLOSED).first()
    if other:
        raise Refusal(
            "keys.refusal.takeover_open", field="block", value=data.block, rule="keys-05", takeover=other.takeover_no
        )
    if data.units or data.floors:
        building.units, building.floors = data.units or building.units, data.floors or building.floors
        await building.save(update_fields=["units", "floors"])
    return await Takeover.create(
        takeover_no=await next_number(Takeover, "takeover_no", "T", ctx.today),
        building=building, from_party=data.from_party, on=data.on or ctx.today,
    )  # fmt: skip


async def declare(ctx: Context, data: TakeoverKeys) -> Text:
    """Enter or change one line. Raises what `declare_rows` answers."""
    (answer,) = await declare_rows(ctx, [data])
    if isinstance(answer, Exception):
        raise answer
    return Text("keys.done.takeover_line", block=data.block, door=choice("keys", data.door_kind))


async def declare_rows(ctx: Context, rows: Sequence[TakeoverKeys]) -> list[str | BadInput | Refusal]:
    """Lines of takeovers: what was declared, what was counted. A line nobody declared counts as declared 0.

    Where a building has no open takeover, the first row that names who hands over opens one.
    """
    lists = await _Lists.read({row.block for row in rows})
    answers: list[str | BadInput | Refusal] = []
    for row in rows:
        try:
            answers.append(await lists.take(ctx, row))
        except (BadInput, Refusal) as fault:
            answers.append(fault)
    await lists.save(ctx)
    return answers


class _Lists:
    """The takeovers of some buildings with their lines, and what becomes of them."""

    def __init__(self) -> None:
        self.open: dict[str, Takeover] = {}
        self.lines: dict[tuple[str, str, DoorKind], TakeoverLine] = {}
        """The newest line of each place and kind of door."""
        self.last: Counter[int] = Counter()
        self.made: list[TakeoverLine] = []
        self.changed: dict[int, TakeoverLine] = {}

    @classmethod
    async def read(cls, blocks: set[str]) -> _Lists:
        lists = cls()
        takeovers = Takeover.filter(building__block__in=blocks).select_related("building").order_by("id")
        for takeover in await takeovers.prefetch_related("lines"):
            block = takeover.building.block
            if takeover.state is not TakeoverState.CLOSED:
                lists.open[block] = takeover
            for line in takeover.lines:
                line.takeover = takeover
                lists.lines[block, line.code, line.door_kind] = line
                lists.last[takeover.id] = max(lists.last[takeover.id], int(line.line_no.rpartition("/")[2]))
        return lists

    async def take(self, ctx: Context, row: TakeoverKeys) -> str:
        """Plan one row. Raises BadInput or Refusal before anything of it is planned."""
        code, order = _space_of(ctx, row)
        if row.declared is None and row.counted is None:
            raise BadInput("keys.refusal.no_number", field="declared", value="", rule="keys-05", space=code)
        place = (row.block, code, row.door_kind)
        line = self.lines.get(place)
        if line is not None and not _differs(line, row):
            return "unchanged"
        takeover = self.open.get(row.block)
        if takeover is None and not row.from_party:
            raise BadInput("keys.refusal.no_takeover", field="block", value=row.block, rule="keys-05")
        if takeover is None:
            takeover = await _open(ctx, OpenTakeover(block=row.block, from_party=row.from_party))
            self.open[row.block] = takeover
        if takeover.state not in COUNTING:
            raise Refusal(
                "keys.refusal.takeover_done", field="block", value=takeover.takeover_no, rule="keys-05",
                state=choice("keys", takeover.state),
            )  # fmt: skip
        if line is not None and line.takeover_id == takeover.id:
            _say(line, row)
            self.changed |= {line.id: line} if line.id else {}
            return "updated"
        self.last[takeover.id] += 1
        line = TakeoverLine(
            takeover=takeover, line_no=f"{takeover.takeover_no}/{self.last[takeover.id]}", code=code,
            natural=f"{order} {list(DOOR_LABELS).index(row.door_kind)}", door_kind=row.door_kind,
            **{name: getattr(row, name) for name in _PLACE},
        )  # fmt: skip
        _say(line, row)
        self.lines[place] = line
        self.made.append(line)
        return "created"

    async def save(self, ctx: Context) -> None:
        await TakeoverLine.insert(self.made)
        await TakeoverLine.change(self.changed.values(), ("declared", "counted"))
        await _follow(ctx, [one for one in self.open.values() if one.state in COUNTING])


def _differs(line: TakeoverLine, row: TakeoverKeys) -> bool:
    declared = line.declared if row.declared is None else row.declared
    return (declared, line.counted if row.counted is None else row.counted) != (line.declared, line.counted)


def _say(line: TakeoverLine, row: TakeoverKeys) -> None:
    line.declared = line.declared if row.declared is None else row.declared
    line.counted = line.counted if row.counted is None else row.counted


def _space_of(ctx: Context, row: TakeoverKeys) -> tuple[str, str]:
    """(code, sort text) of the space a line is about, as the register will name it."""
    if row.space_kind is SpaceKind.EQUIPMENT and not row.equipment_room_name:
        raise BadInput("keys.refusal.no_equipment_name", field="equipment_room_name", value="", rule="keys-13")
    if row.space_kind is SpaceKind.OWNER_UNIT and not row.room:
        raise BadInput("keys.refusal.no_room", field="room", value="", rule="keys-13")
    room = labels.room_of(row.space_kind, row.floor, row.room)
    name = labels.space_name(ctx, row.space_kind, row.block, row.unit, row.floor, room, row.equipment_room_name)
    order = labels.space_natural(row.space_kind, row.block, row.unit, row.floor, room, row.equipment_room_name)
    return (f"{row.block} {name}" if row.space_kind is SpaceKind.EQUIPMENT else name), order


async def count(ctx: Context, lines: Sequence[TakeoverLine], data: CountTaken) -> Text:
    """How many keys of some lines were really there; left empty, as many as declared."""
    for line in lines:
        if line.takeover.state not in COUNTING:
            raise Refusal(
                "keys.refusal.takeover_done", field="counted", value=line.line_no, rule="keys-05",
                state=choice("keys", line.takeover.state),
            )  # fmt: skip
        line.counted = line.declared if data.counted is None else data.counted
    await TakeoverLine.change(lines, ("counted",))
    await _follow(ctx, list({line.takeover_id: line.takeover for line in lines}.values()))
    left = await TakeoverLine.filter(takeover_id=lines[0].takeover_id, counted__isnull=True).count()
    return Text("keys.done.takeover_counted", lines=len(lines), takeover=lines[0].takeover.takeover_no, left=left)


async def _follow(ctx: Context, takeovers: Sequence[Takeover]) -> None:
    """The state follows from the lines: all counted, and no difference beyond what is allowed."""
    allowed = ctx.rule("keys-05").takeover_difference_max
    lines = defaultdict(list)
    for line in await TakeoverLine.filter(takeover_id__in=[one.id for one in takeovers]):
        lines[line.takeover_id].append(line.difference)
    changed = []
    for takeover in takeovers:
        differences = lines[takeover.id]
        known = [abs(one) for one in differences if one is not None]
        state = (
            TakeoverState.DRAFT if not known or len(known) < len(differences)
            else TakeoverState.DISPUTED if sum(known) > allowed
            else TakeoverState.COUNTED
        )  # fmt: skip
        if takeover.state is not state:
            takeover.state = state
            changed.append(takeover)
    await Takeover.change(changed, ("state",))


async def sign(ctx: Context, takeover: Takeover, data: SignTakeover) -> Text:
    """Both sides sign what was counted; from then on the building is the department's, and its keys are kept."""
    if takeover.state not in COUNTING:
        raise Refusal(
            "keys.refusal.takeover_done", field="takeover", value=takeover.takeover_no, rule="keys-05",
            state=choice("keys", takeover.state),
        )  # fmt: skip
    rule, custodian = ctx.rule("keys-05"), takeover.building.custodian
    lines = await TakeoverLine.filter(takeover_id=takeover.id)
    left = sum(line.counted is None for line in lines)
    rule.forbid(
        takeover.state is TakeoverState.DRAFT,
        "keys.refusal.takeover_uncounted", field="takeover", value=takeover.takeover_no, left=left, lines=len(lines),
    )  # fmt: skip
    rule.forbid(
        takeover.state is TakeoverState.DISPUTED and not data.discrepancy,
        "keys.refusal.no_discrepancy", field="discrepancy", value="", takeover=takeover.takeover_no,
        declared=sum(line.declared for line in lines), counted=sum(line.counted or 0 for line in lines),
    )  # fmt: skip
    ctx.rule("keys-03").forbid(
        ctx.rule("keys-03").custodian_required > 0 and (custodian is None or is_gone(custodian, ctx.today)),
        "keys.refusal.takeover_no_custodian", field="takeover", value=takeover.takeover_no,
        block=takeover.building.block,
    )  # fmt: skip
    takeover.state, takeover.received_by_id = TakeoverState.SIGNED, data.receiver.id
    takeover.signed_at, takeover.signed = utc(ctx.now), Signed.PIN if data.receiver_pin else Signed.PAPER
    takeover.signature_ref, takeover.their_ref = data.signature_ref, data.their_ref
    takeover.discrepancy = data.discrepancy
    await takeover.save()
    building = takeover.building
    building.state, building.taken_over_on = BuildingState.TAKEN_OVER, building.taken_over_on or takeover.on
    await building.save(update_fields=["state", "taken_over_on"])
    return Text("keys.done.takeover_signed", takeover=takeover.takeover_no, person=data.receiver.name)


async def sign_prefill(ctx: Context, rows: Sequence[Takeover]) -> Mapping[str, Any]:
    custodian = rows[0].building.custodian
    return {"receiver": custodian.login} if custodian else {}


async def close(ctx: Context, takeover: Takeover, data: None) -> Text:
    """Take the counted keys on the register, as far as they aren't there yet; their labels are due from the signing."""
    if takeover.state is not TakeoverState.SIGNED or takeover.signed_at is None:
        raise Refusal("keys.refusal.takeover_unsigned", field="takeover", value=takeover.takeover_no, rule="keys-05")
    lines = await TakeoverLine.filter(takeover_id=takeover.id).order_by("natural")
    tags = await _Tags.read(takeover.building, lines)
    day = ctx.local(takeover.signed_at).date()
    rows = [
        RegisterKey(
            tag_no=tag, block=takeover.building.block, space_kind=line.space_kind, unit=line.unit, floor=line.floor,
            room=line.room, equipment_room_name=line.equipment_room_name, door_kind=line.door_kind, copy_no=copy,
            received_on=day,
        )
        for line in lines
        for tag, copy in tags.new(line)
    ]  # fmt: skip
    for answer in await register_rows(ctx, rows):
        if isinstance(answer, Exception):
            raise answer
    takeover.state = TakeoverState.CLOSED
    await takeover.save(update_fields=["state"])
    return Text("keys.done.takeover_closed", takeover=takeover.takeover_no, count=len(rows))


class _Tags:
    """Proposes the numbers of new keys: the space and the next letter, 3-2-1502-A, -B, …; none is given twice."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.kept: Counter[tuple[str, DoorKind]] = Counter()
        self.copies: dict[tuple[str, DoorKind], set[int]] = defaultdict(set)

    @classmethod
    async def read(cls, building: Building, lines: Sequence[TakeoverLine]) -> _Tags:
        taken: set[str] = set()
        for stem in {_stem(line) for line in lines}:
            taken |= {str(tag) for tag in await Key.filter(tag_no__startswith=stem).values_list("tag_no", flat=True)}
        tags = cls(taken)
        for key in await Key.filter(space__building_id=building.id).select_related("space"):
            tags.kept[key.space.code, key.door_kind] += key.state not in GONE
            tags.copies[key.space.code, key.door_kind].add(key.copy_no)
        return tags

    def new(self, line: TakeoverLine) -> list[tuple[str, int]]:
        """(tag number, copy number) of each counted key that isn't on the register yet."""
        known = self.copies[line.code, line.door_kind]
        made = []
        for _ in range((line.counted or 0) - self.kept[line.code, line.door_kind]):
            copy = next(number for number in range(1, len(known) + 2) if number not in known)
            known.add(copy)
            made.append((self._tag(_stem(line)), copy))
        return made

    def _tag(self, stem: str) -> str:
        number = 0
        while (tag := f"{stem}-{_letters(number)}") in self.taken:
            number += 1
        self.taken.add(tag)
        return tag


def _stem(line: TakeoverLine) -> str:
    """The space as a tag begins with it, short enough for letters to follow."""
    return line.code.replace(" ", "-")[:28]


def _letters(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    text = ""
    while number >= 0:
        text = ascii_uppercase[number % 26] + text
        number = number // 26 - 1
    return text


async def counting_only(ctx: Context, row: Takeover | TakeoverLine) -> Text | None:
    takeover = row.takeover if isinstance(row, TakeoverLine) else row
    return None if takeover.state in COUNTING else Text("keys.blocked.state", state=choice("keys", takeover.state))


async def sign_blocked(ctx: Context, takeover: Takeover) -> Text | None:
    if takeover.state is TakeoverState.DRAFT and ctx.rule("keys-05").on:
        return Text("keys.blocked.uncounted")
    return await counting_only(ctx, takeover)


async def close_blocked(ctx: Context, takeover: Takeover) -> Text | None:
    if takeover.state is TakeoverState.SIGNED:
        return None
    return Text("keys.blocked.state" if takeover.state is TakeoverState.CLOSED else "keys.blocked.unsigned",
                state=choice("keys", takeover.state))  # fmt: skip
