"""The way from an action to an act: what is offered on the current rows, why not, its form, the engine, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from cstui import engine, paper
from cstui.bindings import Allocation, allocate, wish_of
from cstui.contract.action import Action
from cstui.contract.errors import BadInputs, Fault
from cstui.contract.text import Text
from cstui.tui import files
from cstui.tui.permitted import can_override, unable
from cstui.tui.thrift import Sparing

if TYPE_CHECKING:
    from cstui.engine import Outcome
    from cstui.host import Host
    from cstui.tui.app import Dashboard
    from cstui.tui.screens.form import Form


@dataclass(frozen=True, slots=True)
class Offer:
    """An action on the current row: its key, and why it can't be done now (`reason` says it).

    In an `emergency` whoever sits here may do it all the same.
    """

    action: Action
    key: str
    label: str
    reason: str = ""
    why: Text | None = None
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The act that was done last, for taking it back."""

    action: Action
    raw: dict[str, Any]
    target: tuple[int, ...]


class Acting(Screen[Any]):
    """A screen on whose current rows actions can be done."""

    if TYPE_CHECKING:

        @property
        def app(self) -> Dashboard: ...  # type: ignore[override]

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Sparing()
        self.allocation: Allocation = allocate(())
        self.offers: list[Offer] = []
        self.override = ""
        """Why the act that is begun now is an emergency."""
        self._busy = False

    @property
    def busy(self) -> bool:
        """Whether something is being done here."""
        return self._busy

    @property
    def host(self) -> Host:
        assert self.app.host
        return self.app.host

    async def load(self) -> None:
        """Read what is shown, and paint it."""

    def paint_footer(self) -> None:
        """Show the keys that work now."""

    def status(self, text: Text | str = "", style: str = "") -> None:
        """Say what was done, or why not."""

    def moved_on(self) -> None:
        """The cursor goes elsewhere by a key."""

    def subject(self) -> tuple[str, tuple[int, ...]]:
        """The register and the rows an action would act on."""
        return "", ()

    def revealed(self) -> frozenset[str]:
        """Records whose secrets are shown here; a paper written here shows them, too."""
        return frozenset()

    async def subject_name(self) -> str:
        return ""

    async def printed_rows(self) -> Sequence[int]:
        """The rows that a paper written here would be about."""
        return self.subject()[1]

    async def offer(self, offered: Iterable[Action]) -> None:
        """Offer actions for the current subject; those that can't be done now say why."""
        actions = list(offered)
        wishes = [wish_of(action, self.host.loaded.own) for action in actions]
        self.allocation = allocate(wishes, self.host.settings.keymap)
        reasons = await self.app.call(self._reasons(actions))
        key, say = self.allocation.key, self.app.say
        self.offers = [
            Offer(action, key(action.id), self.action_label(action), say(reason) if reason else "", reason, emergency)
            for action, reason, emergency in reasons
        ]
        self.paint_footer()

    async def _reasons(self, actions: Iterable[Action]) -> list[tuple[Action, Text | None, bool]]:
        """Why each can't be done, and whether an emergency would go before that."""
        assert self.app.actor
        ctx = await self.host.context(self.app.actor)
        rows: dict[str, Any] = {}
        answers: list[tuple[Action, Text | None, bool]] = []
        for action in actions:
            ctx.lacking.clear()
            forbidden = unable(self.app, action)
            reason = forbidden or await self._blocked(ctx, action, rows)
            emergency = bool(forbidden or ctx.lacking) and can_override(self.app, action)
            if emergency:
                able = replace(ctx.actor, permissions=ctx.actor.permissions | {action.needs})
                emergency = not await self._blocked(replace(ctx, actor=able, override=action.id), action, rows)
            answers.append((action, reason, emergency))
        return answers

    async def _blocked(self, ctx: Any, action: Action, rows: dict[str, Any]) -> Text | None:
        """Why an action can't be done on the current row; `rows` are those that were read already."""
        register_id, pks = self.subject()
        if action.target != "none" and not (pks and register_id == action.register):
            return Text("tui.no_row")
        if not (action.blocked and pks):
            return None
        if register_id not in rows:
            rows[register_id] = await self._record(ctx, register_id, pks[0])
        return await action.blocked(ctx, rows[register_id]) if rows[register_id] else Text("tui.no_row")

    async def _record(self, ctx: Any, register_id: str, pk: int) -> Any:
        from cstui.registers import base_query

        return await base_query(ctx, self.host.registers[register_id]).filter(id=pk).first()

    def action_label(self, action: Action) -> str:
        return self.app.say(f"{action.area}.action.{action.name}")

    def about(self, action: Action) -> Text | str:
        """What an action does, or its id."""
        text_id = f"{action.area}.action.{action.name}.help"
        return Text(text_id) if self.app.words.find(text_id, self.app.lang) else action.id

    async def perform_offer(self, action_id: str) -> None:
        offer = next((offer for offer in self.offers if offer.action.id == action_id), None)
        if offer and offer.why:
            await self.hindered(offer.action, offer.why, offer.emergency)
        else:
            await self.perform(self.host.actions[action_id])

    async def hindered(self, action: Action, why: Text, emergency: bool) -> None:
        """Say why an action can't be done; where an emergency would go before that, ask what it is."""
        from cstui.tui.screens.emergency import Emergency

        async def go(reason: str | None) -> None:
            if reason:
                self.override = reason
                await self.perform(action)

        if emergency:
            self.app.push_screen(Emergency(action, why), go)
        else:
            self.status(why, "warning")

    async def perform(
        self, action: Action, raw: dict[str, Any] | None = None, target: Sequence[int] | None = None
    ) -> None:
        """Do an action on the subject (or `target`): by its form where it has fields to fill, else at once."""
        from cstui.tui.screens.form import Form
        from cstui.tui.screens.pick import Confirm

        override, self.override = self.override, ""
        if target is None:
            target = self.subject()[1]
        if action.target == "none":
            target = ()
        elif action.target == "row":
            target = target[:1]
        model: Any = action.input
        fields = [name for name in (model.model_fields if model else ()) if name not in (raw or {})]
        if fields:
            form = Form(action, target, raw or {})
            form.override = override
            form.names = "" if target else await self.subject_name() if raw else ""
            self.fill_in(form)
        elif action.dangerous:

            async def go(yes: bool | None) -> None:
                if yes:
                    await self.act(action.id, raw or {}, target, override)

            self.app.push_screen(Confirm(Text(f"{action.area}.action.{action.name}"), await self.subject_name()), go)
        else:
            await self.act(action.id, raw or {}, target, override)

    def fill_in(self, form: Form) -> None:
        """Open a form; what came of it is told."""

        async def done(outcome: Outcome | None) -> None:
            await self._performed(outcome, form.action, form.sent, form.target)

        self.app.push_screen(form, done)

    async def act(self, action_id: str, raw: dict[str, Any], target: Sequence[int] = (), override: str = "") -> None:
        """Run an action through the door and tell what came of it."""
        if self._busy:
            return
        self._busy = True
        try:
            assert self.app.actor
            outcome = await engine.run(self.host, action_id, raw, self.app.actor, target=target, override=override)
        except Fault as fault:
            told = fault.faults[0] if isinstance(fault, BadInputs) else fault
            self.status(told.text, "critical")
            return
        finally:
            self._busy = False
        await self._performed(outcome, self.host.actions[action_id], raw, target)

    async def _performed(
        self, outcome: Outcome | None, action: Action, raw: dict[str, Any], target: Sequence[int]
    ) -> None:
        if outcome is None:
            return
        self.app.last = Done(action, {} if action.anonymous else raw, tuple(target) or outcome.rows)
        await self.after(outcome)
        told = [self.app.say(text) for text in (outcome.text, *outcome.notes) if text]
        self.status("  ".join(told) or self.app.say("tui.done"), "good")
        if outcome.pages:
            made = paper.written(self.host, outcome.pages, action.area, self.app.lang, "html")
            files.write(self, action.id.replace(".", "-").replace("_", "-"), "html", made)

    async def after(self, outcome: Outcome) -> None:
        """Show the state after an act."""
        await self.load()

    async def do_undo(self) -> None:
        """Take the last act back by the action that its declaration names."""
        last = self.app.last
        inverse = self.host.actions.get(last.action.inverse) if last else None
        if last is None or inverse is None:
            self.status(Text("tui.no_undo"), "warning")
            return
        model: Any = inverse.input
        fields = model.model_fields if model else {}
        given = {name: value for name, value in last.raw.items() if name in fields} if inverse.target == "none" else {}
        await self.perform(inverse, given, last.target)
        self.app.last = None
