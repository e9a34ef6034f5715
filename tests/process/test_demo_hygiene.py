"""The sample department's workplace order: a history of every kind, and a handful of matters for the first look."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cstui.cli import main

TABLES = (
    "hygiene_area", "hygiene_rota", "hygiene_duty", "hygiene_check", "hygiene_inspection", "hygiene_item",
    "hygiene_defect", "hygiene_appraisal", "hygiene_locker", "hygiene_plot", "hygiene_plant_care", "hygiene_field_day",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_there_is_something_of_every_kind(demo: Path, table: str) -> None:
    with closing(sqlite3.connect(demo / "cstui.db")) as store:
        assert store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 2


def test_duties_are_mostly_done_and_some_made_up(demo: Path) -> None:
    with closing(sqlite3.connect(demo / "cstui.db")) as store:
        states = dict(
            store.execute("SELECT state, count(*) FROM hygiene_duty WHERE rota_id IS NOT NULL GROUP BY state")
        )
    assert states["done"] > 400
    assert states["made_up"] > 2


def test_a_handful_of_matters_waits_for_the_first_look(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(demo / "config.toml"), "--json", "review"]) == 0
    matters = json.loads(capsys.readouterr().out)["items"]
    own = [matter["id"] for matter in matters if matter["id"].startswith("hygiene.")]
    assert 8 <= len(own) <= 24, own
    kinds = {one.split(".")[1] for one in own}
    assert kinds >= {"plot", "defect", "no_locker", "locker_unlocked", "check", "field_group"}, kinds
