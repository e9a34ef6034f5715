"""An area without code: an area.toml, read as the same `Area` that a plugin in Python declares.

Its tables need no migration (`contract.records.Growing`); its words stand in the file; what it can do is in
`docs/area-toml.md`.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from cstui.contract.action import Action, Bulk
from cstui.contract.context import Context
from cstui.contract.declare import Area, Column, DueItem, Register
from cstui.contract.rules import Rule
from cstui.declared import due, sense
from cstui.declared.figures import param_of
from cstui.declared.file import AreaTable, RegisterTable
from cstui.declared.keeping import Keeper
from cstui.declared.kept import Kept
from cstui.declared.models import PERSONS, WHY, Strike, form, model_of
from cstui.declared.reading import Source
from cstui.declared.texts import texts_of

__all__ = ["load"]


def load(path: Path, module: ModuleType, area: str) -> None:
    """Put into a module what a plugin in Python would declare there: AREA, its records, `__version__`, NOTES.

    Raises ConfigFault with all mistakes of the file.
    """
    source = Source(path)
    file = source.tables()
    sense.check(area, file, source)
    if source.faults:
        raise source.all()
    numbers = {name: number for name, (number, _) in file.figures.items()}
    registers = [
        Kept(area, name, table, model_of(area, name, table), numbers) for name, table in file.registers.items()
    ]
    made: dict[str, Any] = {kept.model.__name__: kept.model for kept in registers}
    made |= {"AREA": area_of(area, module.__name__, file, registers)}
    made |= {"__version__": file.version, "__file__": str(path), "NOTES": tuple(source.notes)}
    vars(module).update(made)


def area_of(area: str, module: str, file: AreaTable, registers: list[Kept]) -> Area:
    """The declaration of the whole file."""
    keepers = [Keeper(kept) for kept in registers]

    async def due_items(ctx: Context) -> list[DueItem]:
        return await due.items(ctx, registers)

    return Area(
        area,
        strings=texts_of(file),
        models=module,
        rules=tuple(
            Rule(
                f"{area}-{number}", rule.kind, rule.source, basis=rule.basis,
                params=tuple(param for name, one in rule.figure.items() if (param := param_of(name, one))),
            )
            for number, rule in file.rule.items()
        ),
        registers=tuple(_register(kept) for kept in registers),
        actions=tuple(action for keeper in keepers for action in _actions(keeper)),
        due=due_items,
        approvals=tuple(kind for keeper in keepers for kind in keeper.kinds()),
    )  # fmt: skip


_WIDTHS = {"text": 16, "day": 10, "moment": 12, "money": 10, "number": 8, "flag": 6}


def _register(kept: Kept) -> Register:
    """Its fields in their order, then how a record stands; long texts in the record's own view."""
    table = kept.table
    indexed = {*table.key, *((table.due.field, table.due.day) if table.due else ())}
    columns = [
        Column(
            name, f"{name}.name" if one.kind in PERSONS else name, _WIDTHS.get(one.kind, 10),
            sort=name if name in indexed and one.kind not in PERSONS else "", narrow=at < 4,
            align="right" if one.kind in ("money", "number") else "left",
        )
        for at, (name, one) in enumerate(table.field.items())
        if one.kind != "words"
    ]  # fmt: skip
    standing = {"approval": table.approval, "score": table.checklist, "late": table.due, "done_at": True}
    columns += [Column(name, width=12, narrow=False) for name, used in standing.items() if used]
    sections = [Column(name) for name, one in table.field.items() if one.kind == "words"]
    sections += [Column(name) for name in (*table.items, "added_at", "added_by", "done_by")]
    return Register(
        kept.id,
        model=kept.model,
        columns=tuple(columns),
        sections=tuple(sections),
        noun=kept.name,
        natural_key=tuple(_named_by(table, name) for name in table.key),
        sort="-id",
        query=lambda ctx: kept.rows(),
        needs=f"{kept.area}.{table.needs.look}",
    )


def _named_by(table: RegisterTable, name: str) -> str:
    """A record that is named by a person is named by their login, one named by more by their name."""
    kind = table.field[name].kind
    if kind not in PERSONS:
        return name
    alone = "login" if kind == "person" else "code"
    return f"{name}__{alone if len(table.key) == 1 else 'name'}"


def _actions(keeper: Keeper) -> list[Action]:
    kept, table = keeper.kept, keeper.kept.table
    atonce = () if table.finish else table.items
    later = (*(table.finish.field if table.finish else ()), *(table.items if table.finish else ()))
    first = [name for name in table.field if name not in later]

    def act(name: str, run: Any, **more: Any) -> Action:
        needs = getattr(table.needs, name) or f"{name}_{kept.name}"
        return Action(
            f"{kept.area}.{name}_{kept.name}", run=run, needs=f"{kept.area}.{needs}", register=kept.id,
            rules=kept.rules, **{"target": "row", **more},
        )  # fmt: skip

    made = [
        act(
            "add", keeper.add, target="none", prefill=keeper.first_values, mnemonic="n",
            input=form(f"add_{kept.name}", table, (*first, *atonce), None),
            bulk=Bulk(keeper.take_over, tuple(table.key)),
        ),
        act(
            "change", keeper.change, mnemonic="c", settles=False, prefill=keeper.held,
            input=form(f"change_{kept.name}", table, (*table.field, *table.items), False, **WHY),
        ),
    ]  # fmt: skip
    if table.finish:
        given = form(f"finish_{kept.name}", table, later, True) if later else None
        made.append(
            act("finish", keeper.finish, input=given, mnemonic=table.finish.letter, blocked=keeper.finish_blocked)
        )
    made.append(act("strike", keeper.strike, input=Strike, mnemonic="x", blocked=keeper.strike_blocked, dangerous=True))
    return made
