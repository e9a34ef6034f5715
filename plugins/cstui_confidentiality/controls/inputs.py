"""What is filled in at a control of documents."""

from __future__ import annotations

from cstui.api import Input, Reason


class Wrong(Input):
    """What isn't right, or where it was looked for."""

    remark: Reason
