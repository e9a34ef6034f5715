"""What somebody reports who saw that secrets weren't kept at the desk."""

from __future__ import annotations

from cstui.api import Input, Moment
from cstui_confidentiality.inputs import Reason


class ReportReading(Input):
    """What of a colleague's was read. `at`: now unless told."""

    what: Reason
    at: Moment | None = None


class DeskLeft(Input):
    """What lay open."""

    what: Reason
