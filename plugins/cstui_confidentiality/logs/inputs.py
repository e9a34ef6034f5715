"""What is filled in to take in a log."""

from __future__ import annotations

from cstui.api import Day, File, Input


class ImportLog(Input):
    """`taken_on`: of an older log the day until which it reaches; by it a line without a year is dated."""

    file: File
    taken_on: Day | None = None
