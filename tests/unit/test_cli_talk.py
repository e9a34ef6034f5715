"""What the command line says of a fault."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cstui.cli.talk import Talk
from cstui.contract.errors import BadInput
from cstui.words import Words, host_folders


def test_a_faulty_moment_is_told_in_the_site_s_zone() -> None:
    talk = Talk(Words(host_folders()), "en")
    talk.zone = ZoneInfo("Asia/Shanghai")
    fault = BadInput("input.missing", field="end_at", value=datetime(2026, 11, 30, 1, 0, tzinfo=UTC))
    assert "11-30 09:00" in talk.fault_line(fault)
