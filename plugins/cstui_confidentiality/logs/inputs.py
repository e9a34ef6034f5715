"""What is filled in to take in a log."""

from __future__ import annotations

from cstui.api import File, Input


class ImportLog(Input):
    file: File
