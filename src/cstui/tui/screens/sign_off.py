"""The sign-off: what will be signed, then the statement with its checkpoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from textual import events

from cstui import naming, paper, review
from cstui.cells import width
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.journal.chain import Checkpoint
from cstui.review import Review
from cstui.tui import files
from cstui.tui.paint import Run, columns, hanging
from cstui.tui.palette import choice
from cstui.tui.screens.pick import Choice, Pick
from cstui.tui.screens.reader import Reader

SEVERITY, PERSON, BECAME = 8, 10, 18
"""Cells of the statement's columns beside the matter."""


class SignOff(Reader):
    """Enter signs; afterwards W writes the statement to a file. `day` is a past one, or "" for today."""

    CORE = ("sign", "back")

    def __init__(self, today: Review, day: str) -> None:
        super().__init__()
        self.review, self.day = today, date.fromisoformat(day) if day else today.day
        self.signed: Checkpoint | None = None
        self.statement: review.Sheet | None = None
        self.answer: Text | None = None

    def heading(self) -> str:
        return self.app.say("tui.core.sign_off")

    def on_resize(self) -> None:
        self.call_later(self.follow)

    async def told(self) -> list[Sequence[Run]]:
        say = self.app.say
        if self.signed:
            self.statement = await review.statement(self.host, self.day, self.app.lang)
            told = self._stated()
            told += [[(say("tui.sign.checkpoint", path=str(self.host.settings.checkpoints)), "dim")]]
            return [*told, [(self.signed.line(), "accent")], [], [(say("tui.sign.write"), "dim")]]
        told = [[(say("tui.sign.title", day=self.day), "strong")], []]
        if self.day < self.review.day:
            return [*told, [(say("tui.sign.late"), "warning")], [], [(say("tui.sign.keys"), "accent")]]
        how = Counter(self._how(matter) for matter in self.review.to_sign)
        if self.review.settled:
            how["settled"] = len(self.review.settled)
        told += [[(f"  {say(f'review.choice.{name}')}  {count}", "")] for name, count in sorted(how.items())]
        called = [self.app.words.area(area, self.app.lang) for area, _ in self.review.unknown]
        told += [[(say("tui.today.unknown", area=area), "critical")] for area in called]
        return [*told, [], [(say("tui.sign.keys"), "accent")]]

    def _stated(self) -> list[Sequence[Run]]:
        """The statement in aligned lines: severity, matter, person, what became of it; more than a word of it below."""
        assert self.statement
        told: list[Sequence[Run]] = [[(self.statement.title, "strong")]]
        told += [*([(line, "")] for line in self.statement.lines), []]
        room = self.size.width - 4
        cells = (SEVERITY, max(12, room - SEVERITY - PERSON - BECAME - 3), PERSON, BECAME)
        for severity, _, matter, person, how, note, _ in self.statement.rows:
            became = f"{how} {note}".rstrip()
            fits = width(became) <= BECAME
            row = (severity, matter, person, became if fits else how)
            told.append(columns((cell, wide, "", "left") for cell, wide in zip(row, cells, strict=True)))
            if not fits:
                told += hanging([(" " * (SEVERITY + 1), "")], note, "dim", SEVERITY + 1, room)
        return [*told, [], *([(one, "")] for one in self.statement.closing[:-1])]

    @staticmethod
    def _how(matter: review.Matter) -> str:
        if matter.settled_by:
            return "decided"
        return "deferred" if matter.deferred else "delegated" if matter.delegated else "read"

    async def on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.signed:
            event.stop()
            await self._sign()

    async def key_back(self) -> bool:
        self.dismiss(self.answer)
        return True

    async def _sign(self) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            assert self.app.actor
            outcome, self.signed = await review.sign_off(self.host, self.app.actor, self.day)
        except Fault as fault:
            self.status(fault.text, "critical")
            return
        finally:
            self._busy = False
        self.answer = outcome.text
        self.CORE = ("write", "back")
        await self.load()
        if outcome.text:
            self.status(outcome.text, "good")
        for note in outcome.notes:
            self.status(note, "warning")

    def core_reason(self, name: str) -> Text | None:
        return None if name == "write" else super().core_reason(name)

    async def do_write(self) -> None:
        """The statement in one of its forms."""
        statement = self.statement
        if statement is None:
            return
        made = {"md": lambda: statement.markdown().encode(), "xlsx": statement.xlsx}
        title = Text("tui.palette.of", area=Text("tui.core.write"), what=Text("review.paper.statement"))

        def choices() -> list[Choice]:
            return [choice(self.app, kind, Text(f"tui.paper.{kind}")) for kind in (*paper.FORMATS, *made)]

        async def go(kind: str | None) -> None:
            if kind:
                written = made[kind]() if kind in made else await self.app.call(self._printed(kind))
                files.write(self, f"sign-off-{self.day}", kind, written)

        self.app.push_screen(Pick(title, choices), go)

    async def _printed(self, kind: str) -> bytes:
        assert self.app.actor
        ctx = await self.host.context(self.app.actor)
        signed = await naming.find(self.host, ctx, "review.days", self.day)
        return await paper.printed(
            self.host, ctx, self.host.papers["review.statement"], [signed.pk], self.app.lang, kind
        )
