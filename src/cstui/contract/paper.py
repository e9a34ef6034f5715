"""What an area gives out on paper: content as data, which the host writes as a page to print or as plain text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cstui.contract.text import Text

if TYPE_CHECKING:
    from cstui.contract.context import Context


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `blank` further lines are left to be filled in by hand."""

    headers: tuple[Text, ...]
    rows: Sequence[Sequence[Any]]
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels to cut out: what each says, and a small remark that tells to what it belongs."""

    texts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, one below the other; an empty value is a line to write on."""

    pairs: Sequence[tuple[Text, Any]]


@dataclass(frozen=True, slots=True)
class Content:
    """A paper's title and its parts. A part may be a plain Text: a paragraph."""

    title: Text
    parts: Sequence[Table | Labels | Facts | Text]
    wide: bool = False
    """Printed across."""
    framed: bool = False
    """Across, large and in a frame, to be hung up (a certificate): texts only, the first a name, the last three
    by whom, when and its number."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page to print about rows of a register. Its name is the text `AREA.paper.NAME`.

    `make(ctx, rows)` gives the content; each page begins a new sheet of paper. It may raise a Refusal.
    `needs` is the permission to print it, that of the register unless told.
    """

    id: str
    register: str
    make: Callable[[Context, Sequence[Any]], Awaitable[Sequence[Content]]]
    rules: tuple[str, ...] = ()
    needs: str = ""
