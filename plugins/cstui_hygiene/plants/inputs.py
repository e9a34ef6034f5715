"""What is filled in when plants were cared for."""

from __future__ import annotations

from cstui.api import Day, Input
from cstui_hygiene.inputs import Person


class Care(Input):
    """`done_by`: who did it, oneself unless told; `day`: of which day's shift, today unless told."""

    done_by: Person | None = None
    day: Day | None = None
