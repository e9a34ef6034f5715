"""What stands in a form's fields, and the draft of it."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from cstui.contract.text import Text
from cstui.inputs import is_sealed
from cstui.tui.screens.submitting import Submitting
from cstui.tui.widgets.writing import Writing


class Drafting(Submitting):
    """What was typed is kept as a draft until it is done."""

    names: str
    subject: tuple[Any, ...]

    def all_typed(self) -> dict[str, str]:
        """What stands in the fields, secrets too."""
        return {name: self._typed(name) for name in self.infos}

    def typed_over(self) -> dict[str, str]:
        """What was typed in place of what was proposed, secrets too."""
        typed = self.all_typed().items()
        return {name: words for name, words in typed if words != self.at_first.get(name, self._first(name))}

    def _changed(self, name: str) -> None:
        super()._changed(name)
        self._keep_draft()

    def _keep_draft(self, open_: bool = True) -> None:
        """What was typed beside what was proposed; never what is secret."""
        fresh = {name: words for name, words in self.typed_over().items() if not is_sealed(self.infos[name])}
        if self.action.anonymous or not fresh:
            self._forget_draft()
        else:
            self.app.drafts.put(self.action.id, self.subject, self.names, fresh, open_)

    def _first(self, name: str) -> str:
        """What stands in a field of choices before one chooses."""
        return str(getattr(self._field(name), "first", ""))

    def _afresh(self) -> None:
        """The form as the action proposes it, without what was typed."""
        for name in self.infos:
            self._put(name, self.at_first.get(name, self._first(name)))
        self.offered, self.confirmed = [], None
        self._forget_draft()
        self._tell({}, (Text("tui.form.afresh"), "dim"))
        self._focus(self._waiting() or next(iter(self.infos)))

    def _forget_draft(self) -> None:
        self.app.drafts.drop(self.action.id, self.subject)

    def _put(self, name: str, typed: str) -> None:
        widget = self._field(name)
        with widget.prevent(Input.Changed, Writing.Changed):
            widget.value = typed
