"""What a program part loads, seen in fresh processes: a start stays quick, and domain code stays plain."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("textual", "rich", "openpyxl")
ORM = ("tortoise", "pydantic", "textual")


def loaded(code: str, watched: tuple[str, ...]) -> list[str]:
    """Which of the watched libraries are loaded after running the code in a process of its own."""
    tail = f"\nimport sys\nprint('LOADED', *[name for name in {watched!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()[1:]


@pytest.mark.parametrize(
    "code",
    [
        "import cstui.api",
        "import cstui.cli",
        "import cstui.engine, cstui.host",
        "import cstui.people, cstui.approvals, cstui.ledger, cstui.site, cstui.review",
        "from cstui import config, plugins\nplugins.load(config.Settings(), environ={'CSTUI_STRICT': '1'})",
    ],
)
def test_domain_code_loads_neither_screen_nor_spreadsheet(code: str) -> None:
    assert loaded(code, HEAVY) == []


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_and_version_load_neither_orm_nor_screen(words: list[str]) -> None:
    code = f"from cstui.cli import main\ntry:\n    main({words!r})\nexcept SystemExit:\n    pass"
    assert loaded(code, ORM) == []


def test_the_dashboards_first_words_need_the_standard_library_only() -> None:
    code = "from pathlib import Path\nfrom cstui.words import *\nWords.load(host_folders()).say('value.yes', 'en')"
    assert loaded(code, (*ORM, "rich", "pluggy")) == []


def test_the_package_itself_imports_nothing() -> None:
    assert loaded("import cstui", (*ORM, *HEAVY, "pluggy", "asyncio")) == []
