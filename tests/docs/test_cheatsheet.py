"""The cheat sheets say what the areas declare (else: make keys)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).parents[2]


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("cheatsheet", HOME / "tools" / "cheatsheet.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_the_cheat_sheet_is_up_to_date(lang: str) -> None:
    made = tool()
    assert made.PAGES[lang].read_text("utf-8") == made.page(lang), "run: make keys"


def test_it_names_every_key_of_the_house_and_of_a_declaration() -> None:
    page = tool().page("en")
    for key in ("`S`", "`Space`", "`?`", "`ctrl+l`"):
        assert f"| {key} |" in page
    assert "| `l` | lend |" in page
    assert "keys.sign_off" not in page
