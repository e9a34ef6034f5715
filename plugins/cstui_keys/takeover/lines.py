"""Opening a takeover, and its lines: what the other side declares, and what was counted (keys-05)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from cstui.api import BadInput, Context, Refusal, Text, choice
from cstui_keys import labels
from cstui_keys.blocked import unless_in
from cstui_keys.kinds import DOOR_LABELS, BuildingState, DoorKind, TakeoverState
from cstui_keys.models import Building, Takeover, TakeoverLine
from cstui_keys.register.places import check_place, space_of
from cstui_keys.takeover.inputs import CountTaken, OpenTakeover, TakeoverKeys

COUNTING = (TakeoverState.DRAFT, TakeoverState.COUNTED, TakeoverState.DISPUTED)
"""States in which lines may still change; which of them it is follows from the lines."""
_PLACE = ("space_kind", "unit", "floor", "room", "equipment_room_name")


def expect_counting(takeover: Takeover, field: str) -> None:
    """Refuse a takeover whose lines stand."""
    if takeover.state not in COUNTING:
        raise Refusal(
            "keys.refusal.takeover_done", field=field, value=takeover.takeover_no, rule="keys-05",
            state=choice("keys", takeover.state),
        )  # fmt: skip


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
        takeover_no=await Takeover.next_number("takeover_no", "T", ctx.today),
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
        check_place(row)
        code, _, parts = space_of(ctx, row)
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
        expect_counting(takeover, "block")
        if line is not None and line.takeover_id == takeover.id:
            _say(line, row)
            self.changed |= {line.id: line} if line.id else {}
            return "updated"
        self.last[takeover.id] += 1
        order = labels.space_natural(row.space_kind, row.block, *parts)
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


async def count(ctx: Context, lines: Sequence[TakeoverLine], data: CountTaken) -> Text:
    """How many keys of some lines were really there; left empty, as many as declared."""
    for line in lines:
        expect_counting(line.takeover, "counted")
        line.counted = line.declared if data.counted is None else data.counted
    await TakeoverLine.change(lines, ("counted",))
    await _follow(ctx, list({line.takeover_id: line.takeover for line in lines}.values()))
    left = await TakeoverLine.filter(takeover_id=lines[0].takeover_id, counted__isnull=True).count()
    return Text("keys.done.takeover_counted", lines=len(lines), takeover=lines[0].takeover.takeover_no, left=left)


async def _follow(ctx: Context, takeovers: Sequence[Takeover]) -> None:
    """The state follows from the lines: all counted, and no difference beyond what is allowed."""
    allowed = ctx.rule("keys-05").takeover_difference_max
    lines = defaultdict(list)
    rows = TakeoverLine.filter(takeover_id__in=[one.id for one in takeovers])
    for takeover_id, declared, counted in await rows.values_list("takeover_id", "declared", "counted"):
        lines[takeover_id].append(None if counted is None else abs(counted - declared))
    changed = []
    for takeover in takeovers:
        differences = lines[takeover.id]
        known = [one for one in differences if one is not None]
        state = (
            TakeoverState.DRAFT if not known or len(known) < len(differences)
            else TakeoverState.DISPUTED if sum(known) > allowed
            else TakeoverState.COUNTED
        )  # fmt: skip
        if takeover.state is not state:
            takeover.state = state
            changed.append(takeover)
    await Takeover.change(changed, ("state",))


async def counting_only(ctx: Context, row: Takeover | TakeoverLine) -> Text | None:
    takeover = row.takeover if isinstance(row, TakeoverLine) else row
    return unless_in(takeover.state, COUNTING)
