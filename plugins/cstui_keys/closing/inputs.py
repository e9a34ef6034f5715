"""What the last one to leave fills in."""

from __future__ import annotations

from cstui.api import Input, Line, Words


class CloseDay(Input):
    """`loans_out` names each loan whose keys stay out over night; further words may stand beside."""

    computers_off: bool = False
    copiers_off: bool = False
    cabinet_locked: bool = False
    loans_out: Words = ""
    remark: Line = ""
