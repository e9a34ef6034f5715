"""Everything that can be answered with "no", each with the exit code of the command line.

A fault carries the id of its text and the arguments; the words are found by the host.
"""

from __future__ import annotations

from typing import Any

from cstui.contract.text import Text


class Fault(Exception):
    """Base of all answers of "no". `text` says what and what to do; `field`, `value`, `rule` say where."""

    code = 2

    def __init__(self, text_id: str, *, field: str = "", value: Any = None, rule: str = "", **args: Any) -> None:
        super().__init__(text_id)
        self.text = Text(text_id, field=field, value=value, rule=rule, **args)
        self.field = field
        self.value = value
        self.rule = rule


class Refusal(Fault):
    """A rule of a regulation, or a site's veto, forbids the act (exit 1).

    That it was tried may itself be a matter for somebody: `finding` is then put before whoever decides it, about
    `suspect` (a member of staff), once a day for each person and rule.
    """

    code = 1

    def __init__(
        self, text_id: str, *, finding: Text | None = None, suspect: Any = None, rule: str = "", **more: Any
    ) -> None:
        super().__init__(text_id, rule=rule, **more)
        self.finding = finding
        self.suspect = suspect

    @classmethod
    def because(cls, reason: Text | None, **more: Any) -> None:
        """Refuse for a reason, if there is one: what an action's `blocked` says holds whichever way it is done."""
        if reason is not None:
            raise cls(reason.id, **more, **reason.args)


class BadInput(Fault):
    """What was typed or imported can't be understood (exit 2)."""

    code = 2


class BadInputs(BadInput):
    """Several faulty fields of one input at once; `faults` in the order of the fields."""

    def __init__(self, faults: list[BadInput]) -> None:
        self.faults = faults
        first = faults[0]
        Exception.__init__(self, first.text.id)
        self.text, self.field, self.value, self.rule = first.text, first.field, first.value, first.rule


class NotPermitted(Fault):
    """The actor lacks the permission, or would act on both sides of one matter (exit 3)."""

    code = 3


class StoreFault(Fault):
    """Store or configuration missing, corrupt, of another version, or not writable (exit 4)."""

    code = 4


class Stale(Fault):
    """Busy, or somebody else changed the record first (exit 5)."""

    code = 5


class NotVerified(Fault):
    """The journal doesn't verify (exit 6)."""

    code = 6
