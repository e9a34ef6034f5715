"""What is looked up before a configuration is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstui import config, quick


def test_the_first_frames_language_needs_one_key_only(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('\ufefflanguage = "zh_CN"\nnonsense = 1\n', "utf-8")
    assert quick.look(path, {}).language == "zh_CN"
    assert quick.look(tmp_path / "absent.toml", {"LANG": "zh_CN"}).language == "zh_CN"
    path.write_text("language = = 1")
    assert quick.look(path, {}).language == "en"


@pytest.mark.parametrize(
    "written", ["", '[database]\nurl = "sqlite:///data/day.db"\n', '[database]\nurl = "sqlite:////var/day.db"\n']
)
def test_it_means_the_store_that_the_checked_configuration_means(tmp_path: Path, written: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(written)
    assert quick.look(path, {}).store == config.load(path).store_file is not None


@pytest.mark.parametrize("written", ['[database]\nurl = "postgres://db/cstui"\n', "database = 3\n", "url = [", "\xff"])
def test_what_is_no_file_or_cannot_be_read_has_none(tmp_path: Path, written: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(written.encode("latin-1"))
    assert quick.look(path, {}).store is None


def test_each_change_of_the_file_shows(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('site = "a"\n')
    first = quick.look(path, {}).digest
    path.write_text('site = "b"\n')
    assert first and quick.look(path, {}).digest not in ("", first)
