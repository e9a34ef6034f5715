"""The site's own modules: read again as the files are now, nothing of the former ones left; an import that hangs is left."""

from __future__ import annotations

import gc
import shutil
import sys
import weakref
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cstui import plugins
from cstui.config import PluginsTable, Settings
from cstui.contract.context import SYSTEM
from cstui.host import Host
from cstui.plugins import find, modules
from cstui.review.asking import due_items
from cstui.words import Words, host_folders

SEEN = """
from tortoise import fields
from cstui.api import Record, hookimpl, refers_to
from cstui_site.seen.word import WORD

class Seen(Record):
    by = refers_to("people.Staff", back="sightings")
    class Meta:
        table = "seen_seen"

@hookimpl
def cstui_startup(site): return WORD
"""


@pytest.fixture(autouse=True)
def forget_site_modules() -> Iterator[None]:
    yield
    modules.forget()


def load(folder: Path) -> plugins.Loaded:
    return plugins.load(
        Settings(plugins=PluginsTable.model_construct(dirs=(folder,), disabled=frozenset())), environ={}
    )


def seen(folder: Path, word: str) -> Path:
    package = folder / "seen"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(SEEN)
    (package / "word.py").write_text(f"WORD = {word!r}\n")
    return package


def related() -> Any:
    """The new class, as Tortoise relates it to the staff list."""
    from tortoise.apps import Apps

    apps = Apps(None, None)  # type: ignore[arg-type]
    apps.init_app("people", ["cstui.people.models"], _init_relations=False)
    apps.init_app("seen", ["cstui_site.seen"])
    return apps.apps["seen"]["Seen"]


def test_every_module_of_a_plugin_is_read_again(tmp_path: Path) -> None:
    seen(tmp_path, "first")
    load(tmp_path)
    assert sys.modules["cstui_site.seen.word"].WORD == "first"
    seen(tmp_path, "the second")
    loaded = load(tmp_path)
    (impl,) = loaded.manager.hook.cstui_startup.get_hookimpls()
    assert impl.function("") == sys.modules["cstui_site.seen.word"].WORD == "the second"


def test_what_is_gone_from_the_folder_is_gone_from_the_program(tmp_path: Path) -> None:
    package = seen(tmp_path, "first")
    load(tmp_path)
    package.rename(tmp_path / "not-one")
    assert not [one for one in load(tmp_path).plugins if one.path]
    assert "cstui_site.seen" not in sys.modules


def test_records_that_point_to_people_are_replaced_there_too(tmp_path: Path) -> None:
    from cstui.people.models import Staff

    seen(tmp_path, "first")
    load(tmp_path)
    first = related()
    assert Staff._meta.fields_map["sightings"].related_model is first  # type: ignore[attr-defined]
    load(tmp_path)
    assert "sightings" not in Staff._meta.fields
    second = related()
    assert second is not first
    assert Staff._meta.fields_map["sightings"].related_model is second  # type: ignore[attr-defined]
    old = weakref.ref(first)
    del first
    gc.collect()
    assert old() is None, "the former class is still held somewhere"
    modules.forget()
    assert "sightings" not in Staff._meta.fields


def test_forgetting_can_be_taken_back(tmp_path: Path) -> None:
    from cstui.people.models import Staff

    seen(tmp_path, "first")
    load(tmp_path)
    first = related()
    back = modules.forget()
    load(tmp_path)
    related()
    back()
    assert sys.modules["cstui_site.seen"].Seen is first
    assert Staff._meta.fields_map["sightings"].related_model is first  # type: ignore[attr-defined]


def test_an_import_that_hangs_is_left_and_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "within", partial(modules.within, seconds=0.2))
    wait = "import threading\nDONE = threading.Event()\n\ndef forever():\n    DONE.wait()\n\nforever()\n"
    (tmp_path / "aaa.py").write_text(wait)
    seen(tmp_path, "works on")
    loaded = load(tmp_path)
    (bad,) = loaded.quarantine
    assert (bad.plugin, bad.stage, bad.place) == ("aaa", "import", (str(tmp_path / "aaa.py"), 5))
    said = Words.load(host_folders()).say(bad.reason, "en")
    assert said == f"its import didn't end within 0.2 s; it was at {tmp_path.name}/aaa.py:5"
    assert [one.name for one in loaded.plugins if one.path] == ["seen"]


async def test_a_function_that_wants_to_end_the_program_only_fails(host: Host) -> None:
    async def leave(*_: Any) -> Any:
        raise SystemExit(3)

    with pytest.raises(RuntimeError, match=r"tried to end the program \(3\)"):
        await host.store.call(leave())
    host.loaded.strict = False
    host.areas = {**host.areas, "people": replace(host.areas["people"], due=leave)}
    ctx = await host.call(host.context(SYSTEM))
    _, unknown = await host.call(due_items(host, ctx))
    assert [area for area, _ in unknown] == ["people"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\ndef f(:\n", 2),
        ("import sys\nsys.exit(3)\n", 2),
        ("from cstui.api import Of, Record\n\nclass Thing(Record):\n    class Meta:\n        table = 1 / 0\n", 5),
        ("from cstui.api import Area\n\nArea.of('mine', 'no.such.package', ())\n", 3),
        (
            "from typing import Annotated\nfrom cstui.api import Input, Of\nfrom cstui.people import Staff\n\n"
            "class A(Input):\n    p: Annotated[str, Of(Staff, 'psot')]\n",
            6,
        ),
        ("x = 1\n", 0),
    ],
)
def test_a_fault_stands_at_a_line_of_the_plugins_own(tmp_path: Path, source: str, line: int) -> None:
    (tmp_path / "bad.py").write_text(source)
    (bad,) = load(tmp_path).quarantine
    assert bad.place == (str(tmp_path / "bad.py"), line)


def test_an_editors_marks_and_what_is_put_by_are_no_part_of_a_plugin(tmp_path: Path) -> None:
    seen(tmp_path, "as it is")
    start = tmp_path / "seen/__init__.py"
    (tmp_path / "seen/.#models.py").symlink_to("me@here.1")  # Emacs: somebody has it open
    (tmp_path / "seen/self").symlink_to(".")
    for name in ("seen.bak", "seen.old"):
        shutil.copytree(tmp_path / "seen", tmp_path / name, symlinks=True)
    loaded = load(tmp_path)
    assert (loaded.quarantine, loaded.notes) == ([], [])
    assert [one.path for one in loaded.plugins if one.path] == [str(start)]


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    seen(tmp_path, "as it is")
    (tmp_path / "seen/area.toml").write_text("")
    shutil.copytree(tmp_path / "seen", tmp_path / "seen-2")
    told = [(note.id, note.args["path"]) for note in load(tmp_path).notes]
    both = [("plugin.two_starts", str(tmp_path / name)) for name in ("seen", "seen-2")]
    assert told == [both[0], both[1], ("plugin.bad_name", str(tmp_path / "seen-2"))]


def test_a_folder_beyond_a_link_is_looked_at_as_well(tmp_path: Path) -> None:
    seen(tmp_path, "as it is")
    (tmp_path / "far").mkdir()
    (tmp_path / "far/part.py").write_text("")
    (tmp_path / "seen/rooms").symlink_to(tmp_path / "far")
    (tmp_path / "far/part.py").chmod(0o664)
    (bad,) = load(tmp_path).quarantine
    assert (bad.reason.id, bad.reason.args["path"]) == ("plugin.exposed", str(tmp_path / "seen/rooms/part.py"))
    (tmp_path / "far/part.py").unlink()
    (tmp_path / "seen/gone.py").symlink_to("nowhere.py")
    (bad,) = load(tmp_path).quarantine
    assert bad.reason.id == "plugin.leads_nowhere"
