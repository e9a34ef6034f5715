"""What is shipped agrees with itself: entry points and folders, pins and dependencies, the sample configuration."""

from __future__ import annotations

import re
import runpy
import stat
import tomllib
from pathlib import Path
from typing import Any

from cstui import __version__
from cstui.config import KEYS, Settings, figures, load
from cstui.plugins import load as load_plugins

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
STRICT = {"CSTUI_STRICT": "1"}


def folders() -> set[str]:
    return {path.parent.name for path in ROOT.glob("plugins/*/__init__.py")}


def name_of(requirement: str) -> str:
    return re.split(r"[<>=\[; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_bundled_area_is_advertised_and_nothing_else() -> None:
    points = PROJECT["project"]["entry-points"]["cstui.areas"]
    assert set(points) == folders()
    assert all(name == module for name, module in points.items())


def test_every_bundled_area_stands_under_the_import_contracts() -> None:
    linter = PROJECT["tool"]["importlinter"]
    assert set(linter["root_packages"]) == {"cstui", *folders()}
    for contract in linter["contracts"]:
        sources = set(contract.get("source_modules", ()))
        if any(module.startswith("cstui_") for module in sources):
            assert folders() <= sources, contract["name"]


def test_every_dependency_is_pinned_at_or_above_its_floor() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    pins = {name_of(line): line.split("==")[1] for line in lines}
    project = PROJECT["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values(), PROJECT["build-system"]["requires"]]
    for requirement in (one for group in groups for one in group):
        floor = re.search(r">=([\d.]+)", requirement)
        assert floor, requirement
        pinned = [int(part) for part in pins[name_of(requirement)].split(".")]
        assert pinned >= [int(part) for part in floor[1].split(".")], requirement


def test_the_files_of_packaging_name_no_address() -> None:
    for name in ("constraints.txt", "pyproject.toml", "Makefile", ".ci/run"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"https?://|index-url|git\+", text), name


def test_the_sample_configuration_is_right_and_explains_every_key(tmp_path: Path) -> None:
    text = (ROOT / "config.toml").read_text("utf-8")
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    areas = load_plugins(Settings(), environ=STRICT).areas
    settings = load(path, {})
    assert figures(settings, areas) == {} and settings.site
    for key in KEYS:
        model: Any = Settings.model_fields[key].annotation
        inner = getattr(model, "model_fields", {}) if isinstance(model, type) else {}
        assert re.search(rf"^(# )?{key} =|^\[{key}\]", text, re.MULTILINE), key
        for name in inner:
            assert re.search(rf"^# {name} =", text, re.MULTILINE), f"{key}.{name}"


def test_the_sample_configuration_lists_every_figure_with_its_default(tmp_path: Path) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "figures.py"))
    areas = load_plugins(Settings(), environ=STRICT).areas
    text = (ROOT / "config.toml").read_text("utf-8")
    tables = text.partition(tool["MARK"])[2].partition("\n\n")[2]
    assert tables == tool["tables"](areas.values()), "run  python tools/figures.py"
    path = tmp_path / "config.toml"
    path.write_text(re.sub(r"^# ", "", tables, flags=re.MULTILINE), "utf-8")
    declared = {
        area.id: {param.name: param.default for rule in area.rules for param in rule.params} for area in areas.values()
    }
    assert figures(load(path, {}), areas) == {name: params for name, params in declared.items() if params}


def test_scripts_can_be_run() -> None:
    for name in (".ci/run", "tests/postgres.sh", "tests/with_postgres.sh"):
        assert (ROOT / name).stat().st_mode & stat.S_IXUSR, name


def test_the_change_log_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
