"""A file as an input field: who opens it, its lines in constant memory, what the journal keeps; a long act is stopped."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from conftest import NOW, lost_site
from hypothesis import given
from hypothesis import strategies as st

from cstui import engine
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInput, BadInputs
from cstui.contract.files import PART, File
from cstui.host import Host


@pytest_asyncio.fixture
async def lost(tmp_path: Path, lost_template: Path) -> AsyncIterator[Host]:
    async with Host.open(lost_site(tmp_path, lost_template)) as host:
        host.clock = lambda: NOW
        yield host


@given(st.binary(max_size=60).map(lambda drawn: drawn.replace(b"a", b"\n")), st.integers(1, 9), st.integers(1, 7))
def test_lines_are_those_of_the_file_cut_where_they_are_too_long(content: bytes, limit: int, part: int) -> None:
    expected = [(n, one[:limit], len(one) > limit) for n, one in enumerate(content.split(b"\n"), 1)]
    expected = expected[:-1] if expected[-1][1] == b"" else expected
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("cstui.contract.files.PART", part)
        file = File.spooled(io.BytesIO(content), "x")
        assert list(file.lines(limit)) == expected
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_a_line_without_end_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    path.write_bytes(b"x" * (16 * PART) + b"\nlast")
    tracemalloc.start()
    told = list(File.open(path).lines(100))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert told == [(1, b"x" * 100, True), (2, b"last", False)] and peak < 6 * PART


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("none.log", "", "pipe"):
        with pytest.raises(BadInput) as refused:
            File.open(tmp_path / name, "log")
        assert (refused.value.text.id, refused.value.field) == ("input.no_file", "log")


async def test_the_journal_keeps_what_tells_the_file_from_others(lost: Host, tmp_path: Path) -> None:
    path = tmp_path / "gate.log"
    path.write_text("wang\n" + "x" * 65 + "\nli\n")
    outcome = await engine.run(lost, "lost.take", {"log": File.open(path)}, SYSTEM)
    assert outcome.text and outcome.text.args == {"added": 2, "doubled": 0}
    body = json.loads((await lost.store.query("SELECT body FROM house_body ORDER BY seq DESC LIMIT 1"))[0]["body"])
    told = body["input"]["log"]["args"]
    assert (told["name"], told["size"]) == ({"verbatim": "gate.log"}, 74)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert "wang" not in json.dumps(body)


async def test_a_path_alone_opens_nothing(lost: Host, tmp_path: Path) -> None:
    (tmp_path / "gate.log").write_text("wang\n")
    for raw in ({"log": str(tmp_path / "gate.log")}, {}):
        with pytest.raises(BadInputs) as refused:
            await engine.run(lost, "lost.take", raw, SYSTEM)
        assert refused.value.field == "log"


async def test_a_long_act_tells_how_far_it_is_and_is_taken_back_when_stopped(lost: Host) -> None:
    content = b"".join(b"p%d\n" % n for n in range(9000))
    told: list[int] = []

    def progress(done: int, total: int | None) -> None:
        told.append(done)
        if done >= 5000:
            raise engine.Stopped

    with pytest.raises(engine.Stopped):
        await engine.run(lost, "lost.take", {"log": File.spooled(io.BytesIO(content), "x")}, SYSTEM, progress=progress)
    assert told == [*range(100, 5001, 100)]
    assert await lost.store.query("SELECT * FROM lost_pass") == []
    outcome = await engine.run(lost, "lost.take", {"log": File.spooled(io.BytesIO(content), "x")}, SYSTEM)
    assert outcome.text and outcome.text.args["added"] == 9000
