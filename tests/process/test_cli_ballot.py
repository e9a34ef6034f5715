"""Opinions at the command line: slips on standard output, codes on standard input, nothing of either in the history."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from rewards_desk import Desk
from rewards_vote import Vote
from tests.process.conftest import Cli

from cstui.cli.doctor import growth

HALVES = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}"), re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b")


def codes_of(printed: str) -> list[str]:
    """Of slips in boxes, the first half above the second."""
    lines = printed.splitlines()
    pairs = [(HALVES[0].findall(a), HALVES[1].findall(b)) for a, b in pairwise(lines)]
    return [f"{first}-{second}" for above, below in pairs for first, second in zip(above, below, strict=False)]


@pytest.fixture
def config_path(request: pytest.FixtureRequest, tmp_path: Path, reward_template: Path) -> Path:
    """A site whose opinions are open: that is what `cli` calls."""

    async def make() -> None:
        async with Desk.opened(request, tmp_path, reward_template) as desk:
            await (await Vote.begin(desk)).open()

    asyncio.run(make())
    return tmp_path / "desk" / "config.toml"


def test_slips_are_printed_once_and_a_code_is_read_from_standard_input(
    cli: Cli, config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = cli("rewards", "new-slips", "--round", "2026-12", login="zhu")
    assert printed.code == 0, printed.err
    codes = codes_of(printed.out)
    assert len(codes) > 30 and len(set(codes)) == len(codes)
    assert "Slips: " in printed.out
    raw = ("--candidate", "N1", "--score", "5", "--slip", "-")
    refused = cli("rewards", "cast", *raw, login="an", stdin=b"7K2M\n")
    assert refused.code == 2 and "26" in refused.err and "7K2M" not in refused.err
    first = cli("--json", "backup", str(config_path.with_name("a.db")), login="admin")
    code = codes[-1]
    cast = cli("--json", "rewards", "cast", *raw, login="an", stdin=f"{code}\n".encode())
    assert cast.code == 0 and cast.json["entry"] == 0
    second = cli("--json", "backup", str(config_path.with_name("b.db")), login="admin")
    monkeypatch.setattr(growth, "TABLES", 99)  # a large department's ballot is among the first five
    counted = cli("--json", "doctor", login="admin")
    rows = next(one["rows"] for one in counted.json["checks"] if one["name"] == "tables")
    assert "rewards_round" in rows and not {"rewards_code", "rewards_mark", "rewards_ballot"} & {*rows}
    assert (first.json["anonymous"], second.json["anonymous"] > 0) == (0, True)
    assert str(config_path.with_name("a.db")) in second.err and not first.err
    receipt = re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", cast.json["text"])[-1]
    known = cli("rewards", "check-receipt", "--receipt", "-", login="bo", stdin=f"{receipt}\n".encode())
    assert known.code == 0 and "2026-12" in known.out
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store:
        held = "".join(row[0] for row in store.execute("SELECT body FROM house_body"))
    assert receipt not in held and code not in held and codes[0] not in held
    assert store_says(config_path, "SELECT action FROM house_entry ORDER BY seq DESC LIMIT 1") == "rewards.new_slips"


def store_says(config_path: Path, query: str) -> str:
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store:
        return str(store.execute(query).fetchone()[0])
