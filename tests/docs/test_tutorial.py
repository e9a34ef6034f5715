"""The tutorial, typed as it stands: from an empty folder to a matter in Today, and a change of what was written."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
BLOCK = re.compile(r"```(sh|python|toml) ([^\n]+)\n(.*?)```", re.S)


def blocks(page: str) -> list[tuple[str, ...]]:
    """What is typed or written, in order: kind, how or where, and the text."""
    return BLOCK.findall((HOME / "docs" / page).read_text("utf-8"))


def write(folder: Path, where: str, text: str) -> None:
    """Write lines below the only line that begins as is told."""
    path, _, beginning = where.partition(" below: ")
    lines = (folder / path).read_text("utf-8").splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.strip().startswith(beginning)]
    (folder / path).write_text("\n".join([*lines[: at + 1], text.rstrip("\n"), *lines[at + 1 :], ""]), "utf-8")


def run(folder: Path, block: str) -> str:
    path = os.pathsep.join((str(HOME / "src"), str(HOME / "plugins")))
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "CSTUI", "PYTHON"))}
    words = f'umask 002\ncstui() {{ "{sys.executable}" -m cstui "$@"; }}\nset -e\n'
    done = subprocess.run(
        ["bash", "-c", words + block], cwd=folder, env={**environ, "PYTHONPATH": path, "LANG": "en"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (block, done.stdout, done.stderr)
    return done.stdout


def test_the_tutorial_leads_to_a_matter_in_today_and_a_changed_area(tmp_path: Path) -> None:
    commands = 0
    for kind, how, text in blocks("tutorial.md"):
        if kind != "sh":
            write(tmp_path, how, text)
            continue
        assert how == "tested"
        said = run(tmp_path, text)
        commands += len(text.splitlines())
        if text == "cstui review\n":
            assert "visit V" in said and "Li Qiang is to be finished" in said
            assert commands == 4  # as few as it promises
        if "plugin test" in text:
            assert "1 passed" in said and "visitors: sound." in said
    with closing(sqlite3.connect(tmp_path / "cstui.db")) as store:
        kept = store.execute("SELECT visitor, plate FROM visitors_visit ORDER BY id").fetchall()
    assert kept == [("Li Qiang", ""), ("Wang Fang", "A12345")]
    assert "before-" in "".join(path.name for path in tmp_path.iterdir())


@pytest.mark.parametrize("kind", ["sh", "python", "toml"])
def test_both_languages_type_the_same_but_for_what_people_write(kind: str) -> None:
    def bare(page: str) -> list[tuple[str, ...]]:
        return [(how, re.sub(r'"[^"]*"', '""', text)) for one, how, text in blocks(page) if one == kind]

    assert bare("tutorial.md") and bare("tutorial.md") == bare("tutorial.zh.md")
