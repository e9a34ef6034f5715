"""Choosing one of several by typing or arrows, and a plain question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from cstui.bindings import plain_key
from cstui.cells import width as cell_width
from cstui.contract.search import begins, fold
from cstui.contract.text import Text
from cstui.tui.paint import Run, columns, rich
from cstui.tui.widgets.entry import Field
from cstui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from cstui.tui.app import Dashboard

MOST = 16
"""Rows shown at once."""
BOX = 72 - 4
"""Cells inside the box, where the terminal has them (cstui.tcss)."""
KEY = 5
"""Cells for the keys, where any choice has one."""
REMARK = (18, 34)
"""Least and most cells for a remark beside what it is about."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`id` is what is answered; `label`, the key and a remark are shown.

    It is found by its id, its label, and `also` (its label in the other language), or their pinyin and initials.
    `recent` counts from 1, the last one used; 0 for one that wasn't.
    """

    id: str
    label: str
    key: str = ""
    remark: str = ""
    dim: bool = False
    also: str = ""
    recent: int = 0


def rank(asked: str, one: Choice, spelled: bool = True) -> int | None:
    """How well a choice is what was asked for: 0 begins so, 1 has it somewhere, None not at all.

    Without `spelled` pinyin isn't looked at (for all choices that takes a moment).
    """
    plain = [fold(one.label), fold(one.also), fold(one.id.partition(":")[2] or one.id)]
    begun = [form for words in (one.label, one.also) for form in (begins(words) if spelled else fold(words).split())]
    worst = 0
    for word in fold(asked).split():
        if any(form.startswith(word) for form in (*begun, *plain)):
            continue
        if not any(word in form for form in (*plain, *begun)):
            return None
        worst = 1
    return worst


class Pick(ModalScreen[str | None]):
    """`choices` are made anew in another language."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, title: Text, choices: Callable[[], Sequence[Choice]]) -> None:
        super().__init__(classes="dialog")
        self.question, self.make = title, choices
        self.choices = list(choices())
        self.shown = self.choices
        self.asked = ""
        self.keyed = self.beside = 0
        """Cells for the keys, and for the remarks."""
        self.spelled = False
        """Whether the pinyin of all choices is known."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(id="question", markup=False)
            yield Field(id="asked", select_on_focus=False)
            yield Rows(self._paint, id="choices")
            yield Static(id="remark", markup=False)

    def on_mount(self) -> None:
        self._say()
        self.show()
        self.query_one(Input).focus()
        self.run_worker(self._spell(), exclusive=True, group="spell")

    async def _spell(self) -> None:
        """Read the pinyin of what can be chosen, aside: the first time its table is read."""
        words = [words for one in self.choices for words in (one.label, one.also)]
        await asyncio.to_thread(lambda: [begins(one) for one in words])
        self.spelled = True
        if self.asked:
            self.show()

    def _say(self) -> None:
        self.query_one("#question", Static).update(rich([(self.app.say(self.question), "accent")]))
        self.query_one(Input).placeholder = self.app.say("tui.pick.type")

    def reword(self) -> None:
        """The same in another language, after the page below, of which the choices tell."""
        self.app.screen_stack[-2].call_later(self._reworded)

    async def retitle(self) -> None:
        """In another language: a title that names what the page below is about."""

    async def _reworded(self) -> None:
        await self.retitle()
        if self.is_attached:
            self.choices = list(self.make())
            self._say()
            self.show()

    def found(self) -> list[Choice]:
        """What fits what was asked: what has it as its key or is called so, what can be done, the best, the latest."""
        asked = self.asked.strip()
        if not asked:
            return sorted(self.choices, key=lambda one: (one.dim, one.recent or MOST))
        named = [one for one in self.choices if asked == one.key or fold(asked) in (fold(one.label), fold(one.also))]
        ranked = [(one, rank(asked, one, self.spelled)) for one in self.choices if one not in named]
        fitting = [(one.dim, place, one.recent or MOST, one) for one, place in ranked if place is not None]
        return [*named, *(one for *_, one in sorted(fitting, key=lambda found: found[:3]))]

    def show(self, keep: bool = False) -> None:
        """Show what fits; the cursor goes to the first one unless `keep`."""
        rows = self.query_one(Rows)
        self.shown = self.found()
        self.keyed = KEY * any(one.key for one in self.choices)
        room = min(BOX, self.app.size.width - 4) - self.before
        labels, remarks = (max((cell_width(t) for t in texts), default=0) for texts in self._texts())
        self.beside = min(max(REMARK[0], min(REMARK[1], room - labels - 1)), remarks) if room > 40 else 0
        rows.styles.height = max(1, min(len(self.shown), self.app.size.height - 8, MOST))
        rows.set_count(max(1, len(self.shown)), rows.cursor if keep else 0)
        self.on_rows_moved()

    @property
    def before(self) -> int:
        """Cells for the mark and the key, with the gaps after them."""
        return 2 + self.keyed + bool(self.keyed)

    def on_resize(self) -> None:
        self.show(keep=True)

    def _texts(self) -> Iterable[Sequence[str]]:
        """The labels and the remarks that are shown first: the columns are as wide as these need."""
        first = self.shown[: 2 * MOST]
        yield [one.label for one in first]
        yield [one.remark for one in first]

    def on_rows_moved(self) -> None:
        """A remark that is too long for its column stands below the list."""
        at, about = self.query_one(Rows).cursor, self.query_one("#remark", Static)
        remark = self.shown[at].remark if at < len(self.shown) else ""
        about.display = cell_width(remark) > self.beside
        about.update(rich([(remark, "dim")]))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._ask(event.value)

    def _ask(self, typed: str) -> None:
        asked = "".join(plain_key(char) for char in typed)
        if asked != self.asked:
            self.asked = asked
            self.show()
            self.typed()

    def typed(self) -> None:
        """Something else is asked for now."""

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        if index >= len(self.shown):
            return [(f"  {self.app.say('tui.form.none')}", "warning")]
        one = self.shown[index]
        mark = ">" if index == self.query_one(Rows).cursor else " "
        return columns(
            (
                (mark, 1, "accent", "left"),
                (one.key, self.keyed, "dim" if one.dim else "accent", "left"),
                (
                    one.label,
                    max(4, width - self.before - bool(self.beside) - self.beside - 1),
                    "dim" if one.dim else "",
                    "left",
                ),
                (one.remark, self.beside, "dim", "left"),
            )
        )

    async def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self:  # a second Escape, typed before the first one was heard
            self.app.type_ahead(event)
            return
        rows = self.query_one(Rows)
        steps = {"down": 1, "up": -1, "pagedown": rows.page(), "pageup": -rows.page()}
        if event.key == "escape":
            self.dismiss(None)
        elif event.key in steps:
            rows.move(steps[event.key])
        elif event.key == "enter":
            await self._choose()
        elif event.character and event.is_printable:  # typed before the field had the focus
            self.query_one(Input).insert_text_at_cursor(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self._choose()

    async def _choose(self) -> None:
        self._ask(self.query_one(Input).value)  # Enter may be quicker than what tells of the letters before it
        await self.settled()
        if self.shown and self.app.screen is self:
            self.dismiss(self.shown[self.query_one(Rows).cursor].id)

    async def settled(self) -> None:
        """Wait until all that fits is shown: Enter is meant for that."""


class Confirm(ModalScreen[bool]):
    """A question before what can't simply be taken back: y or Enter, n or Escape."""

    BINDINGS = []

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self, question: Text, about: str) -> None:
        super().__init__(classes="dialog")
        self.question, self.about = question, about

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(id="question", markup=False)
            if self.about:
                yield Static(rich([(self.about, "")]), markup=False)
            yield Static(id="answers", markup=False)

    def on_mount(self) -> None:
        self.reword()

    def reword(self) -> None:
        said = self.app.say("tui.pick.really", question=self.question)
        self.query_one("#question", Static).update(rich([(said, "accent")]))
        self.query_one("#answers", Static).update(rich([(self.app.say("tui.pick.confirm"), "dim")]))

    def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self:
            self.app.type_ahead(event)
            return
        key = plain_key(event.character or "") or event.key
        if event.key in {"enter", "escape"} or key in {"y", "n"}:
            event.stop()
            self.dismiss(event.key == "enter" or key == "y")
