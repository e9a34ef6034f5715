"""What can be done: an action, who signs for it, who may not do it, and how a whole list of it is imported."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.contract.context import Context

Mark = Literal["created", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Bulk:
    """Makes an action importable. `run(ctx, rows)` answers each row, in order, with a mark or a Refusal.

    A long import comes in parts, within one act and with the same `ctx`: what a part must know of those before it and
    the store doesn't tell, it keeps in `ctx.carried`; the result may not depend on where a part ends. No two rows of
    an import have the same `natural_key` (fields of the input).

    `aliases` are further spreadsheet headers (either language) for a field of the input, beside its id and
    its label in both languages. Each field is a column or section of the register under its name, so that an export
    can be imported again, except secrets and those in `once`: they only say how a new row begins.
    """

    run: Callable[[Context, Sequence[Any]], Awaitable[Sequence[Any]]]
    natural_key: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Separation:
    """The actor may not be the person at `path` (of the input, else of the target): `Separation("holder", rule)`."""

    path: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """The person in the input's field `person` ("": whoever acts) signs with the PIN in the input's field `pin`."""

    pin: str
    person: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person does. The only way to write.

    `run` is `async (ctx, data)` for target "none", `async (ctx, row, data)` for "row", `async (ctx, rows, data)`
    for "rows" (one or more); it returns a Text that says what was done, or None. Without `input` data is None.
    `prefill(ctx, rows)` gives first values of the form (a Text in the reader's language);
    `blocked(ctx, row)` a Text why it can't be done now.
    `inverse` is the id of the action that undoes it. `effect(ctx, rows, data)` a Text shown before a dangerous act.
    An `anonymous` action leaves no actor, no time finer than the day, no refusal, no entry of its own and no order.
    """

    id: str
    run: Callable[..., Awaitable[Text | None]]
    needs: str
    input: type | None = None
    target: Literal["none", "row", "rows"] = "none"
    register: str = ""
    mnemonic: str = ""
    rules: tuple[str, ...] = ()
    prefill: Callable[[Context, Sequence[Any]], Awaitable[Mapping[str, Any]]] | None = None
    blocked: Callable[[Context, Any], Awaitable[Text | None]] | None = None
    effect: Callable[[Context, Sequence[Any], Any], Awaitable[Text | None]] | None = None
    bulk: Bulk | None = None
    separate: tuple[Separation, ...] = ()
    signatures: tuple[Signature, ...] = ()
    inverse: str = ""
    dangerous: bool = False
    anonymous: bool = False
    discreet: bool = False
    """Lists and histories don't tell who did it; the journal keeps it."""
    settles: bool = True
    """Whether a matter on which it was done waits for nothing more today; not so for one part of many."""
    hidden: bool = False
    """Not offered in menus (the host's own, such as marking an item read)."""

    @property
    def area(self) -> str:
        return self.id.split(".", 1)[0]

    @property
    def name(self) -> str:
        return self.id.split(".", 1)[1]
