"""Today: one queue of everything that the regulations put before the supervisor now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from cstui import review
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.engine import Outcome
from cstui.review import Matter
from cstui.tui import glimpse
from cstui.tui.paint import SIGNS, Run
from cstui.tui.permitted import forbidden
from cstui.tui.screens.chart_glance import ROOM, glance, left_over
from cstui.tui.screens.telling import Telling
from cstui.tui.widgets.entry import Field
from cstui.tui.widgets.line import Line
from cstui.tui.widgets.rows import Rows

NARROW = 60
"""Terminal cells below which the header says the counts by their signs alone."""
ABOUT = ("read", "defer", "delegate", "ask", "note", "hand_back")
"""What can be said of a matter: core keys, each the action of the review of that name."""
AFTER = 1.0
"""Seconds after the queue until the header tells of the days before."""
PATIENCE = 0.3
"""Seconds that leaving waits for others' lock; what was seen is then not kept."""


class Today(Telling):
    CORE: Sequence[str] = (
        "read", "menu", "defer", "note", "delegate", "ask", "mark", "add", "undo", "write", "go",
        "sign_off", "search", "palette", "help",
    )  # fmt: skip
    MENU = ("read", "defer", "delegate", "ask", "note", "hand_back", "sign_off", "mark", "detail", "record", "write")

    def __init__(self) -> None:
        super().__init__()
        self.acted: object = None
        """The last act of which the queue knows."""
        self.walked = ""
        """Where S led last, on the way to the sign-off."""
        self.left: Sequence[float] = ()
        """Matters left over at the last sign-offs."""
        self.list_width = 0
        """Cells of a line of the queue, as it was painted last."""

    def body(self) -> Iterable[Widget]:
        yield Line(id="areas")
        with Horizontal(id="body"):
            yield Rows(self._paint, self.queue.is_heading, id="queue")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static(id="matter", markup=False)
        yield Field(id="search", select_on_focus=False)

    # what is shown

    async def on_mount(self) -> None:
        self.query_one("#search", Input).display = False

    async def _glance(self) -> None:
        """For the header; not before the queue stands."""
        with suppress(Fault):  # a store that can't be read now: the queue says so
            self.left = await self.app.call(left_over(self.app))
        self.paint_header()

    async def load(self) -> None:
        assert self.app.actor
        kept = self.matter
        first = self.review is None
        self.acted = self.app.last, self.app.tried
        self.review = await review.collect(self.host, self.app.actor, self.review)
        self.former, self.histories = self.histories or self.former, {}
        await self.show(kept)
        if first:
            self.set_timer(AFTER, self._glance)
            if told := self._news():
                self.status(told, "accent")

    async def on_screen_resume(self) -> None:
        """Back from another page: what was done there settled a matter, or made one."""
        if self.stands and self.acted != (self.app.last, self.app.tried):
            await self.follow()

    def _news(self) -> Text | None:
        """What changed since this login last looked: how many matters are new, what others settled."""
        assert self.review
        new, settled = sum(matter.new for matter in self.review.matters), self.review.news
        if not (new or settled):
            return None
        last = settled[0] if settled else None
        word = "news_by" if last else "news"
        return Text(
            f"tui.today.{word}", new=new, settled=len(settled), since=self.review.since,
            key=self.key_of("sort"), name=last.by.name if last else "", title=last.item.title if last else "",
        )  # fmt: skip

    async def leave(self) -> None:
        """Whoever sits here has seen what was shown: next time it is said what changed."""
        if self.review and self.app.actor:
            await self.host.store.patience(PATIENCE)
            await review.seen(self.host, self.app.actor, self.review)
            await glimpse.keep(self)

    async def after(self, outcome: Outcome) -> None:
        """After a decision the next open matter is selected by itself."""
        kept = self.matter
        self.queue.marked = {}  # what was marked for this act isn't meant for the next one
        await self.load()
        now = self.matter
        if kept and now and now.item.id == kept.item.id and not now.open and kept.open:
            await self.go_on()

    async def go_on(self) -> None:
        rows = self.query_one(Rows)
        later = self.queue.next_open(rows.cursor)
        rows.jump(rows.cursor + 1 if later is None else later)

    # painting

    def _paint(self, index: int, width: int) -> Sequence[Run]:
        self.list_width = width
        return self.queue.paint(index, width, index == self.query_one(Rows).cursor)

    def header_right(self, now: datetime) -> Sequence[Run]:
        if self.review is None:
            return ()
        counts, whole = self.review.counts, len(self.review.matters)
        said = self.app.say
        if self.size.width < NARROW:
            told = f"{SIGNS['critical']}{counts['critical']} {SIGNS['warning']}{counts['warning']}"
            return [(told, "critical" if counts["critical"] else "dim"), (f"  {counts['read']}/{whole}", "dim")]
        runs: list[Run] = [
            (said("tui.today.critical", n=counts["critical"]), "critical" if counts["critical"] else "dim"),
            ("  " + said("tui.today.warning", n=counts["warning"]), "warning" if counts["warning"] else "dim"),
            ("  " + said("tui.today.read", n=counts["read"], whole=whole), "dim"),
        ]
        if self.size.width >= ROOM:
            runs = [*glance(self.app, self.left), *runs]
        if self.review.signed:
            runs.append(("  " + said("tui.today.signed"), "good"))
        return runs

    # keys

    async def do_read(self) -> None:
        """Mark read, or unread again, and go on to the next."""
        chosen, here = [matter for matter in self.chosen if not matter.unsigned_day], self.matter
        was_read = all(matter.read for matter in chosen)
        self.queue.marked = {}
        await self.act("review.unread" if was_read else "review.read", {"items": [one.item.id for one in chosen]})
        if here and not was_read and self.matter and self.matter.item.id == here.item.id and self.matter.open:
            self.query_one(Rows).move(1)  # a critical matter stays open: go on all the same

    async def do_write(self) -> None:
        """The papers of the current record, and the whole queue as a sheet."""
        from cstui.tui.printing import choose

        assert self.review
        today = self.review
        await choose(self, sheet=lambda: review.morning(self.host, today, self.app.lang))

    def core_reason(self, name: str) -> Text | None:
        if name == "record" and not (self.matter and self.matter.item.register and self.matter.item.records):
            return Text("tui.today.no_record")
        if name == "hand_back" and not (self.matter and self.matter.delegated and self._to_me(self.matter)):
            return Text("tui.today.not_given_to_you")
        needs = self.host.actions[f"review.{name}"].needs if name in (*ABOUT, "sign_off") else ""
        if reason := forbidden(self.app, needs):
            return reason
        if name == "write":
            return None
        if name in ABOUT:
            if self.matter is None:
                return Text("tui.no_row")
            if self.matter.unsigned_day:
                return Text("tui.today.sign_that_day")
        return super().core_reason(name)

    def _to_me(self, matter: Matter) -> bool:
        """Whether it was delegated to whoever sits here."""
        me = self.app.actor.staff_id if self.app.actor else None
        return matter.delegated is not None and me is not None and matter.delegated.to_id == me

    async def do_add(self) -> None:
        """A matter of one's own."""
        await self.perform(self.host.actions["review.add"])

    async def do_ask(self) -> None:
        await self._about("review.ask")

    async def do_hand_back(self) -> None:
        await self._about("review.hand_back")

    async def do_defer(self) -> None:
        await self._about("review.defer")

    async def do_delegate(self) -> None:
        await self._about("review.delegate")

    async def do_note(self) -> None:
        await self._about("review.note")

    async def _about(self, action_id: str) -> None:
        await self.perform(self.host.actions[action_id], {"items": [matter.item.id for matter in self.chosen]})

    def copied(self) -> str:
        """All that is told of the matter."""
        matter = self.matter
        known = self.histories.get(matter.item.id, []) if matter else []
        title = [self.app.say(matter.item.title)] if matter and not self.told else []
        return "\n".join([*title, *("".join(text for text, _ in line).rstrip() for line in (*self.told, *known))])

    async def do_sign_off(self) -> None:
        from cstui.tui.screens.sign_off import SignOff

        if self.review is None:
            return
        if self.matter and (day := self.matter.unsigned_day):
            self.app.push_screen(SignOff(self.review, day.isoformat()), self._signed)
            return
        if self.review.signed:
            self.status(Text("review.refusal.already_signed", value=self.review.day), "warning")
            return
        left = self.review.open
        if left:
            critical = sum(matter.item.severity == "critical" for matter in left)
            await self._walk(left)
            told = "still_open" if critical else "still_unread"
            self.status(Text(f"tui.today.{told}", left=len(left), critical=critical), "warning")
        else:
            self.app.push_screen(SignOff(self.review, ""), self._signed)

    async def _walk(self, left: Sequence[Matter]) -> None:
        """To the first matter that the sign-off waits for; pressed again there, to the next one."""
        self.queue.sieve.clear()
        await self.show(self.matter)
        rows = self.query_one(Rows)
        walked = self.matter is not None and self.matter.item.id == self.walked
        later = self.queue.next_open(rows.cursor) if walked else None
        rows.jump(self.queue.find(left[0]) or 0 if later is None else later)
        self.walked = self.matter.item.id if self.matter else ""

    async def _signed(self, answer: Any) -> None:
        await self.load()
        await self._glance()
        if answer:
            self.status(answer, "good")
