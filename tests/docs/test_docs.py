"""The reference names everything a plugin may use; what a page says to type works; links lead somewhere."""

from __future__ import annotations

import dataclasses
import inspect
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

from cstui import api
from cstui.cli import main
from cstui.contract.hooks import Hooks

HOME = Path(__file__).parents[2]
PAGES = sorted([*HOME.glob("*.md"), *HOME.glob("docs/**/*.md")])
REFERENCE = (HOME / "docs" / "plugins.md").read_text("utf-8")
SECTIONS = {
    name: body
    for heading, body in re.findall(r"^### (.+)\n((?:(?!#).*\n?)*)", REFERENCE, re.MULTILINE)
    for name in re.findall(r"`([^`]+)`", heading)
}
HOOKS = {name: one for name, one in vars(Hooks).items() if name.startswith("cstui_")}
MADE = ("Context", "RuleInForce")
"""Made by the host alone: some of their fields are its own business."""
DECLARED = [
    one
    for name in api.__all__
    if inspect.isclass(one := getattr(api, name)) and dataclasses.is_dataclass(one) and name not in MADE
]


@pytest.mark.parametrize("name", api.__all__)
def test_api_name_documented(name: str) -> None:
    assert SECTIONS.get(name, "").strip()


@pytest.mark.parametrize("name", HOOKS)
def test_hook_documented_with_signature(name: str) -> None:
    words = [word for word in inspect.signature(HOOKS[name]).parameters if word != "self"]
    assert SECTIONS.get(f"{name}({', '.join(words)})", "").strip()


def test_reference_names_no_hook_that_is_gone() -> None:
    assert {name.partition("(")[0] for name in SECTIONS if name.startswith("cstui_")} == set(HOOKS)


def test_reference_names_nothing_that_is_gone() -> None:
    """Neither a name of the api nor, in its section, a field, an attribute or an argument."""
    assert {name for name in SECTIONS if not name.startswith("cstui_")} == {*api.__all__}
    classes = [one for name in api.__all__ if inspect.isclass(one := getattr(api, name))]
    known = {name for one in classes for name in (*dir(one), *getattr(one, "__dataclass_fields__", ()))}
    functions = [one for one in vars(api).values() if inspect.isfunction(one)] + [api.RuleInForce.forbid, api.Refusal]
    known |= {name for one in functions for name in (*inspect.signature(one).parameters, getattr(one, "__name__", ""))}
    known |= {"ctx", "width", "check_area", "secret_fields", *api.File.__init__.__code__.co_names}
    told = {name: re.findall(r"`([a-z_]\w*)(?:\(|`)", SECTIONS[name]) for name in api.__all__}
    assert {name: gone for name, words in told.items() if (gone := {*words} - known)} == {}


@pytest.mark.parametrize("declared", DECLARED, ids=lambda one: str(one.__name__))
def test_declared_fields_documented(declared: type) -> None:
    told = SECTIONS[declared.__name__]
    missing = [one.name for one in dataclasses.fields(declared) if f"`{one.name}`" not in told]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOME)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def commands(name: str) -> list[tuple[str, str]]:
    """The blocks of a page that can be tried: "tested" or "refused", and what is typed."""
    return re.findall(r"```sh (tested|refused)\n(.*?)```", (HOME / "docs" / name).read_text("utf-8"), re.S)


@pytest.mark.parametrize("name", ["first-morning", "import", "registers", "hygiene", "confidentiality", "rewards"])
def test_both_languages_type_the_same_but_for_what_people_write(name: str) -> None:
    """So that only one of them has to be tried."""

    def bare(page: str) -> list[tuple[str, str]]:
        return [(kind, re.sub(r'"[^"]*"', '""', block)) for kind, block in commands(page)]

    assert bare(f"{name}.md") and bare(f"{name}.md") == bare(f"{name}.zh.md")


KEPT = 'cstui() { printf "%s\\0" "$@" >> "$KEPT"; echo >> "$KEPT"; }\n'
"""In a shell: keeps a call's words for later, a zero after each and a line end after the last."""


def typed(name: str, folder: Path, here: pytest.MonkeyPatch | None = None) -> None:
    """Type a page's commands in a folder: a block "tested" works, a block "refused" ends with 2, as an import does
    that has a faulty line. Given a monkeypatch a shell only reads them and they are done `here`, in this process."""
    path = os.pathsep.join((str(HOME / "src"), str(HOME / "plugins")))
    words = f'python() {{ "{sys.executable}" "$@"; }}\nset -e\n'
    words += KEPT if here else 'cstui() { python -m cstui "$@"; }\n'
    for kind, block in commands(name):
        with NamedTemporaryFile() as kept:
            done = subprocess.run(
                ["bash", "-c", words + block], cwd=folder, env={**os.environ, "PYTHONPATH": path, "KEPT": kept.name},
                capture_output=True, text=True, timeout=240, check=False,
            )  # fmt: skip
            calls = [call.split("\0") for call in kept.read().decode().split("\0\n")[:-1]]
        code = {"tested": 0, "refused": 2}[kind]
        if not here:
            assert done.returncode == code, (block, done.stderr)
            continue
        assert done.returncode == 0, (block, done.stderr)
        assert len(calls) == len(re.findall(r"^cstui ", block, re.M))
        here.chdir(folder)
        for at, call in enumerate(calls, 1):
            assert main(call) == (code if at == len(calls) else 0), (block, call)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command says, in English, in a folder."""

    def call(folder: Path, *words: str) -> str:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("LANG", "en")
        capsys.readouterr()
        assert main(words) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    return call


def test_commands_of_the_first_morning(tmp_path: Path, told: Callable[..., str]) -> None:
    """As programs of their own, as they are typed."""
    typed("first-morning.md", tmp_path)
    assert "1-1-F01-P" in told(tmp_path, "list", "keys.loans")


def test_commands_of_the_messy_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[..., str]
) -> None:
    typed("import.md", tmp_path, monkeypatch)
    listed = told(tmp_path, "list", "keys.keys").splitlines()[1:]
    assert [line.split()[0] for line in listed] == ["0301", "0302", "0303", "0304", "0307", "0309"]
    assert all(hook in "".join(listed) for hook in ("A-01", "A-02", "P-01"))
    assert "2026-11-20" in told(tmp_path, "show", "keys.keys", "0303")
    assert (tmp_path / "new-keys.xlsx").is_file()


@pytest.mark.parametrize("name", ["registers.md", "registers.zh.md"])
def test_commands_and_lines_of_the_registers(
    name: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[..., str]
) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "site"))
    if name == "registers.md":
        typed(name, folder, monkeypatch)
        assert (folder / "out.xlsx").is_file()
    block = re.search(r"```\n(.*?)```", (HOME / "docs" / name).read_text("utf-8"), re.S)
    assert block
    for line in block[1].splitlines():
        told(
            folder,
            "list",
            "keys.keys",
            "--limit",
            "1",
            *(word for piece in line.split() for word in ("--where", piece)),
        )


@pytest.mark.parametrize("name", ["hygiene", "confidentiality", "rewards"])
def test_commands_of_an_area(name: str, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(f"{name}.md", demo, monkeypatch)
