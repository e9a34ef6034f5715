"""A page of an area's own: the way out where list, record, form and chart don't do. The host paints what it gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from cstui.contract.context import Context

PieceStyle = Literal["", "strong", "dim", "accent", "head", "good", "warning", "critical"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: a value of any kind, written in the reader's language.

    With `cells` it is padded, or cut, to so many cells of the terminal.
    """

    value: Any
    style: PieceStyle = ""
    cells: int = 0
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line of a view. With `record` (a pk of `register`) the cursor stops at it, and Enter opens that record."""

    pieces: tuple[Piece, ...] = ()
    register: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A page of lines: `fn(ctx, width)` gives them, `width` being the cells there are for one.

    It is listed in the command list; its name is the text `AREA.view.NAME`. `needs` is the permission to see it, the
    area's `AREA.look` unless told. Nothing of the area runs while it is painted, nor at a key.
    """

    id: str
    fn: Callable[[Context, int], Awaitable[Sequence[ViewLine]]]
    needs: str = ""

    @property
    def area(self) -> str:
        return self.id.split(".", 1)[0]

    @property
    def text(self) -> str:
        """The id of its name's text."""
        return "{}.view.{}".format(*self.id.split(".", 1))

    @property
    def permission(self) -> str:
        return self.needs or f"{self.area}.look"
