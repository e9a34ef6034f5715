"""A department at work: writing processes and open dashboards on one file. For longer: `python -m bench together`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bench.together import furnish, names, together

from cstui.journal.verify import check, snapshot_of_file

WRITERS = 4


def test_writers_and_open_dashboards_on_one_file(config_path: Path) -> None:
    store = config_path.with_name("cstui.db")
    furnish(config_path, "admin", WRITERS)
    before = snapshot_of_file(store).walk.count
    seen = together(config_path, "admin", 4, writers=WRITERS, dashboards=2, pause=0.05, every=1)
    assert [one["errors"] for one in seen.writers] == [[]] * WRITERS
    loans = sum(one["loans"] for one in seen.writers)
    told = [holder for one in seen.writers for holder in one["told"]]
    assert loans and told and sum(one["got"] for one in seen.writers)
    assert set(told) <= set(names(WRITERS)), "whoever didn't get it is told who has it"
    assert len(seen.followed) == 2 * seen.marks, "each screen shows what is new"
    snapshot = snapshot_of_file(store)
    assert check(snapshot).verdict == "intact"
    assert snapshot.walk.count == before + 2 * loans + len(told) + 2 * seen.marks - 1
    with closing(sqlite3.connect(store)) as found:
        assert found.execute("SELECT count(*) FROM keys_loan").fetchone() == (loans,)
        assert not found.execute("SELECT 1 FROM keys_key WHERE state = 'on_loan'").fetchall()
