"""A system's log at the command line: taken in from a file or standard input, told, audited, listed."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from confidentiality_desk import confidentiality_desk
from seeding import HEADER, MAPPING, row
from tests.process.conftest import Cli

IMPORT = ("confidentiality", "import-log", "--system", "CRM", "--file")


@pytest.fixture
def config_path(request: pytest.FixtureRequest, tmp_path: Path, secret_template: Path) -> Path:
    """A site where `an` works from nine to six with the account cs01: that is what `cli` calls."""

    async def make() -> None:
        async with confidentiality_desk(request, tmp_path, secret_template) as desk:
            await desk.system(mapping=MAPPING)
            await desk.account()
            await desk.shift("an", date(2026, 11, 23))

    asyncio.run(make())
    return tmp_path / "desk" / "config.toml"


def test_a_log_is_taken_in_told_and_audited(cli: Cli, config_path: Path) -> None:
    lines = [
        HEADER,
        row("2026-11-23 09:00:00"),
        row("2026-11-23 02:14:00"),
        row("2026-11-23 10:00:00", login="g\x1b[2J"),
        "?",
    ]
    log = "\n".join(lines).encode()
    path = config_path.with_name("crm.csv")
    path.write_bytes(log)
    told = cli("--json", *IMPORT, str(path))
    assert told.code == 0, told.err
    assert "3" in told.json["text"] and "\x1b" not in told.out + told.err
    assert any("g^[[2J" in note for note in told.json["notes"]), told.json["notes"]
    found = cli("--json", "list", "confidentiality.findings").json["rows"]
    assert [(one["values"]["found_person"], one["values"]["found_what"]) for one in found] == [("an", "Login off duty")]
    again = cli("--json", *IMPORT, "-", stdin=log)
    assert again.code == 0 and cli("--json", "list", "confidentiality.findings").json["rows"] == found
    assert len(cli("--json", "list", "confidentiality.events").json["rows"]) == 3


def test_a_log_that_is_none_is_one_line(cli: Cli) -> None:
    for words, stdin, said in (
        ((*IMPORT, "-"), b"nothing,of,it\n1,2,3\n", "at"),
        ((*IMPORT, "../store.csv"), b"", "../store.csv"),
        (("confidentiality", "import-log", "--system", "ERP", "--file", "-"), b"x\n", "ERP"),
    ):
        refused = cli(*words, stdin=stdin)
        assert refused.code == 2 and said in refused.err and refused.err.count("\n") == 1, refused
    assert cli("--json", "list", "confidentiality.imports").json["rows"] == []
