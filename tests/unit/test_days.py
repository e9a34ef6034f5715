"""A day whose month nobody can be sure of is refused, with what it may mean and how to write it."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Run
from pydantic import TypeAdapter, ValidationError

from cstui.contract.errors import BadInput
from cstui.contract.inputs import Day
from cstui.host import Host
from cstui.words import LANGUAGES


@pytest.mark.parametrize(
    ("typed", "kind", "readings"),
    [
        ("03/04/2026", "day_order", "2026-03-04 / 2026-04-03"),
        ("3-4-2026", "day_order", "2026-03-04 / 2026-04-03"),
        ("０３．０４．２０２６", "day_order", "2026-03-04 / 2026-04-03"),
        ("03/04/2026 18:00", "day_order", "2026-03-04 / 2026-04-03"),
        ("24.11.2026", "day_order", "2026-11-24"),
        ("11/11/2026", "day_order", "2026-11-11"),
        ("30/31/2026", "day", None),
        ("03/04/26", "day", None),
        ("1900-02-29", "day", None),
    ],
)
def test_day_and_month_are_never_guessed(typed: str, kind: str, readings: str | None) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Day).validate_python(typed)
    [detail] = caught.value.errors()
    told: dict[str, Any] = detail.get("ctx", {})
    assert (detail["type"], told.get("expected")) == (kind, readings)


async def test_both_readings_stand_in_the_sentence(host: Host, run: Run) -> None:
    with pytest.raises(BadInput) as caught:
        await run("people.enrol", {"login": "wang.fang", "name": "王芳", "hired_on": "03/04/2026"})
    [fault] = [fault for fault in getattr(caught.value, "faults", [caught.value]) if fault.field == "hired_on"]
    for lang in LANGUAGES:
        assert "2026-03-04 / 2026-04-03" in host.words.say(fault.text, lang)
