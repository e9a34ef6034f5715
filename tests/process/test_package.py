"""An area in a distribution of its own: built as a wheel, installed beside cstui in a throw-away environment, and used."""

from __future__ import annotations

import os
import shutil
import site as python_site
import subprocess
import sys
import venv
from pathlib import Path

from conftest import site

from cstui import identity

HOME = Path(__file__).parents[2]
CALLS = """
import sys
from cstui.cli import main
sys.stderr = sys.stdout
for words in (["plugin", "list"], ["lamps", "out", "--lamp-no", "B-17"], ["review"]):
    if main([*sys.argv[1:], *words]):
        sys.exit(f"{words}")
    print(end="" if words == ["review"] else "\\f", flush=True)
"""
"""One after the other in one process, each with a form feed behind it but the last."""


def run(*words: str | Path, cwd: Path) -> str:
    made = subprocess.run(
        [*map(str, words)], cwd=cwd, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": f"{HOME / 'src'}:{HOME / 'plugins'}", "LANG": "en_US.UTF-8", "CSTUI_STRICT": "0"},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout + made.stderr


def test_an_area_comes_as_a_wheel(tmp_path: Path) -> None:
    project = shutil.copytree(HOME / "examples" / "package", tmp_path / "package")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    run(*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", tmp_path, project, cwd=tmp_path)
    (wheel,) = tmp_path.glob("cstui_lamps-1.0-*.whl")
    shutil.rmtree(project)

    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    run(*pip, "--python", python, "install", "--no-index", "--no-deps", wheel, cwd=tmp_path)
    (room,) = environment.glob("lib/python*/site-packages")
    ours = "; ".join(f"site.addsitedir({path!r})" for path in python_site.getsitepackages())
    (room / "ours.pth").write_text(f"import site; {ours}\n")  # cstui and its libraries, as they are installed here

    folder = tmp_path / "site"
    config = site(folder)
    cstui = (python, "-m", "cstui", "--config", config)
    run(*cstui, "init", "--admin", identity.account(), cwd=tmp_path)
    listed, reported, review = run(python, "-c", CALLS, "--config", config, cwd=tmp_path).split("\f")
    assert ["lamps", "1.0", "active", "lamps"] in [line.split() for line in listed.splitlines()]
    assert reported == "Lamp B-17 is reported\n"
    assert "Lamp B-17 is out" in review
