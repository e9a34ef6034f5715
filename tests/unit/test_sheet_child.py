"""The process that reads: it is started from anywhere, tells how far it is, and its end is never ours."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cstui.contract.errors import BadInput
from cstui.contract.text import Text
from cstui.sheet import Unreadable, reading
from cstui.sheet.reading import read
from cstui.sheet.spool import Spool, packed

MANY = "a,b\n" + "".join(f"{at},王芳\n" for at in range(60_000))


def files() -> int:
    """How many files this process has open."""
    return len(os.listdir("/proc/self/fd"))


def children() -> set[str]:
    """The processes that this one has started and not yet buried."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def test_rows_are_gone_through_again_and_by_two_at_once() -> None:
    sheet = read(MANY.encode())
    assert len(sheet.rows) == 60_000
    one, two = iter(sheet.rows), iter(sheet.rows)
    assert [next(one), next(one), next(two)] == [(2, ("0", "王芳")), (3, ("1", "王芳")), (2, ("0", "王芳"))]
    assert list(sheet.rows)[-1] == (60_001, ("59999", "王芳"))


def test_a_sheet_gives_its_file_back_when_closed_and_when_forgotten() -> None:
    gc.collect()  # what the tests before it forgot
    before = files()
    with read(MANY.encode()) as sheet:
        assert files() == before + 1
    assert files() == before
    sheet = read(MANY.encode())
    rows = iter(sheet.rows)
    next(rows)
    del sheet
    assert next(rows) == (3, ("1", "王芳"))
    del rows
    gc.collect()
    assert files() == before


def test_nothing_is_left_behind_by_a_file_that_is_refused() -> None:
    before = files(), children()
    for source in (b"", b"a\x00b", Path("none.csv")):
        with pytest.raises(BadInput):
            read(source)
    assert (files(), children()) == before


def test_progress_is_told_and_what_it_raises_ends_the_reading() -> None:
    told: list[int] = []
    source = ("a,b\n" + "x,y\n" * 190_000).encode()
    read(source, progress=told.append)
    assert told == sorted(told)
    assert told[-1] > 0

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    before = files(), children()
    with pytest.raises(KeyboardInterrupt):
        read(source, progress=stop)
    assert (files(), children()) == before


def started(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let another program run in the reading process's place."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(reading.sys, "executable", str(program))


@pytest.mark.parametrize("script", ["kill -9 $$", "kill -SEGV $$", "exit 1", "echo 5; exit 0"])
def test_a_crash_of_the_process_is_one_sentence(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started(monkeypatch, tmp_path, script)
    with pytest.raises(BadInput) as caught:
        read(b"a\n1\n", "keys.csv")
    assert caught.value.text == Text("sheet.gave_up", field="", value="keys.csv", rule="")


def test_a_process_that_falls_silent_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started(monkeypatch, tmp_path, "echo 7; exec sleep 60")
    monkeypatch.setattr(reading, "QUIET", 0.5)
    told: list[int] = []
    begun = time.monotonic()
    with pytest.raises(BadInput) as caught:
        read(b"a\n1\n", "keys.csv", progress=told.append)
    assert (caught.value.text.id, told) == ("sheet.too_slow", [7])
    assert time.monotonic() - begun < 5


async def test_it_starts_from_within_a_loop_and_its_threads() -> None:
    sheets = await asyncio.gather(*(asyncio.to_thread(read, MANY.encode()) for _ in range(3)))
    assert [len(sheet.rows) for sheet in sheets] == [60_000] * 3
    assert len(read(MANY.encode()).rows) == 60_000


def test_neither_the_folder_nor_the_environment_decides_what_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert len(read(b"a\n1\n").rows) == 1


def test_it_needs_no_library_but_pythons_own() -> None:
    code = "import sys, cstui.sheet.child.__main__; print(*sys.modules)"
    source = Path(reading.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(source)}
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"openpyxl", "pydantic", "rich", "textual", "tortoise"}


def test_limits_of_lines_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput) as caught:
        read(b"a\n" + b"1\n" * 200_001, "keys.csv")
    assert (caught.value.text.id, caught.value.text.args["rows"]) == ("sheet.too_many_rows", 200_000)
    monkeypatch.setattr(reading, "MAX_BYTES", 5)
    with pytest.raises(BadInput) as caught:
        read(b"a\n1\n2\n3\n")
    assert caught.value.text.id == "sheet.too_big"


def test_a_row_of_every_kind_comes_through_the_spool(tmp_path: Path) -> None:
    from datetime import date, datetime, timedelta
    from datetime import time as clock

    cells = (
        None, "two\nlines", 5, 2.5, date(2026, 11, 24), datetime(2026, 11, 24, 18, 5), clock(8, 30), timedelta(hours=26),
        Unreadable(Text("sheet.no_day", sheet="表", line=2, column="B", value="60")),
    )  # fmt: skip
    path = tmp_path / "spool"
    path.write_bytes(packed(2, cells))
    assert list(Spool(path.open("rb"), 1)) == [(2, cells)]
