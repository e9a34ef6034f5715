"""Plugins: found, checked, loaded; one that misbehaves is set aside and the others work on."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cstui import plugins
from cstui.config import PluginsTable, Settings
from cstui.contract.errors import Refusal
from cstui.contract.text import Text
from cstui.plugins.check import HOST_AREAS, faults_of
from cstui.plugins.find import misplaced
from cstui.words import LANGUAGES, Words, host_folders, read_words

ROOT = Path(__file__).parents[2]
LENIENT: dict[str, str] = {}
WORDS = Words.load(host_folders())

GOOD = """
import sys
from pathlib import Path
from cstui.api import API, Action, Area, Input, Line, Rule, Text, hookimpl

__version__ = "1.2"

class Say(Input):
    words: Line

async def say(ctx, data):
    return Text("{id}.done.said", words=data.words)

AREA = Area("{id}", strings=str(Path(__file__).parent / "strings"), rules=(Rule("{id}-01", "limit", "own"),),
            actions=(Action("{id}.say", run=say, needs="{id}.say", input=Say, rules=("{id}-01",)),))
"""
EN = 'title = "Own"\n[action]\nsay = "Say"\n[rule]\n01 = "Say it"\n[done]\nsaid = "{words}"\n'


@pytest.fixture(autouse=True)
def forget_site_modules() -> Iterator[None]:
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "cstui_site"]:
        del sys.modules[name]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site's folder for plugins with words for all of them."""
    words = tmp_path / "site" / "strings"
    words.mkdir(parents=True)
    for lang in ("en", "zh_CN"):
        (words / f"{lang}.toml").write_text(EN, "utf-8")
    return words.parent


def drop(folder: Path, name: str, source: str = GOOD, **names: str) -> Path:
    path = folder / f"{name}.py"
    path.write_text(source.replace("{id}", names.get("id", name)), "utf-8")
    path.chmod(0o644)
    return path


def load(folder: Path, *, safe: bool = False, disabled: tuple[str, ...] = (), strict: bool = False) -> plugins.Loaded:
    settings = Settings(plugins=PluginsTable.model_construct(dirs=(folder,), disabled=frozenset(disabled)))
    return plugins.load(settings, safe, {"CSTUI_STRICT": "1"} if strict else LENIENT)


def reason(loaded: plugins.Loaded, name: str) -> str:
    (bad,) = [one for one in loaded.quarantine if one.plugin == name]
    said = WORDS.say(bad.reason, "en")
    assert "\n" not in said
    return said


def test_bundled_areas_and_the_hosts_are_found() -> None:
    loaded = plugins.load(Settings(), environ=LENIENT)
    folders = {path.name for path in ROOT.glob("plugins/cstui_*") if (path / "__init__.py").is_file()}
    assert {plugin.name for plugin in loaded.plugins} >= folders
    assert [*loaded.areas][: len(HOST_AREAS)] == list(HOST_AREAS)
    assert loaded.quarantine == []


def test_every_bundled_area_is_sound_words_and_all() -> None:
    for area in plugins.load(Settings(), environ=LENIENT).areas.values():
        assert faults_of(area, words=True) == [], area.id


def test_a_dropped_in_file_is_an_area_like_any_other(folder: Path) -> None:
    drop(folder, "noise")
    loaded = load(folder)
    assert loaded.areas["noise"].actions[0].id == "noise.say"
    assert plugins.Plugin("noise", "1.2", ("noise",), str(folder / "noise.py")) in loaded.plugins
    assert sys.modules["cstui_site.noise"].AREA is loaded.areas["noise"]


def test_a_dropped_in_package_may_have_parts(folder: Path) -> None:
    package = folder / "noise"
    package.mkdir()
    (package / "__init__.py").write_text(
        GOOD.replace("{id}", "noise").replace("parent / ", "parent.parent / ")
        + "\nfrom cstui_site.noise.part import X\n"
    )
    (package / "part.py").write_text("X = 1\n")
    assert "noise" in load(folder).areas


@pytest.mark.parametrize(
    ("source", "stage", "said"),
    [
        ("1/0", "import", "ZeroDivisionError: division by zero (site/bad.py:1)"),
        ("import sys\nsys.exit(3)", "import", "SystemExit: 3 (site/bad.py:2)"),
        ("def f(:", "import", "site/bad.py:1"),
        ("import no_such_module", "import", "No module named 'no_such_module' (site/bad.py:1)"),
        ("raise BaseException('all of it')", "import", None),
        ("from cstui.api import Area\nAREA = Area(id='bad', strings='', colour=1)", "import", "colour"),
        ("from cstui.api import Of\nfrom cstui.people import Staff\nOf(Staff, 'nmae')", "import",
         "the record Staff has no field nmae: put right Of(...); the nearest: name (site/bad.py:3)"),
        ("from cstui.api import BadInput\nraise BadInput('plugins.fault.nothing')", "import", "nor a hook: declare AREA = Area(\"name\", ...) (site/bad.py:2)"),
        ("AREA = 3", "check", "3 is no Area"),
        ("x = 1", "check", "neither AREA nor a hook"),
        ("from cstui.api import hookimpl\n@hookimpl\ndef cstui_chek_action(ctx): ...", "check", "no hook cstui_chek_action; write instead: cstui_check_action"),
        ("from cstui.api import hookimpl\n@hookimpl\ndef cstui_startup(sight): ...", "check", "cstui_startup isn't given sight, but may take: site"),
        ("from cstui.api import hookimpl\n@hookimpl(wrapper=True)\ndef cstui_startup(): yield", "check", "take out wrapper="),
        ("from cstui.api import hookimpl\n@hookimpl\ndef cstui_area(): return 1/0", "import", "site/bad.py:3"),
    ],
)  # fmt: skip
def test_one_bad_plugin_leaves_the_others_alone(folder: Path, source: str, stage: str, said: str | None) -> None:
    drop(folder, "aaa")
    drop(folder, "bad", source)
    drop(folder, "zzz")
    if said is None:  # neither Exception nor SystemExit: the user's own interrupt
        with pytest.raises(BaseException, match="all of it"):
            load(folder)
        return
    loaded = load(folder)
    assert {"aaa", "zzz"} <= loaded.areas.keys()
    assert said in reason(loaded, "bad")
    assert not loaded.manager.has_plugin("bad")
    if "def cstui_" in source and "1/0" not in source:
        assert loaded.quarantine[0].place == (str(folder / "bad.py"), 2)
    assert "cstui_site.bad" not in sys.modules or stage == "check" or "hook" in source


def test_a_hook_may_take_less_or_be_one_of_another_version(folder: Path) -> None:
    head = "from cstui.api import hookimpl\n"
    drop(folder, "less", head + "@hookimpl\ndef cstui_startup(site, more=1, *rest, **others): ...")
    drop(folder, "later", head + "@hookimpl(optionalhook=True)\ndef cstui_not_yet(what): ...")
    assert load(folder).quarantine == []


def test_strict_raises_what_would_be_set_aside(folder: Path) -> None:
    drop(folder, "bad", "1/0")
    with pytest.raises(ZeroDivisionError):
        load(folder, strict=True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('Area("{id}",', 'Area("{id}", api=2,', "made for contract version 2; this program speaks version 1"),
        ('Area("{id}",', 'Area("import",', "no word of the command line"),
        ('Area("{id}",', 'Area("Noise!",', "small letters"),
        ('Area("{id}",', 'Area("people",', "an area called people is loaded already"),
        ('"{id}.say", run', '"keys.say", run', "action id 'keys.say' must begin with bad."),
        ("async def", "def", "action bad.say: run isn't async"),
        ("(Input)", "", "its input is no cstui.api.Input"),
        ('rules=("{id}-01",)', 'rules=("{id}-02",)', "action bad.say: there is no rule bad-02"),
        ('Rule("{id}-01"', 'Rule("keys-01"', "rule id 'keys-01' must begin with bad-"),
        ("input=Say", 'input=Say, mnemonic="L"', "the mnemonic 'L' is no small letter"),
        ("input=Say", 'input=Say, inverse="bad.unsay"', "there is no action bad.unsay"),
        ("input=Say", 'input=Say, target="row"', "works on rows, but names no register"),
        ("input=Say", 'input=Say, target="row", register="bad.none"', "there is no register bad.none"),
        ("words: Line", 'words: Annotated[list[Annotated[int, Ref("bad.none")]] | None, 1]', "there is no register bad.none"),
        ('"strings")', '"no_strings")', "no_strings"),
        ("actions=(", 'constraints=("CREATE INDEX a ON b(c)",), actions=(', "needs IF NOT EXISTS"),
        ("actions=(", 'views=(View("else.board", say),), actions=(', "view id 'else.board' must begin with bad."),
        ('"own")', '"own", params=(Param("x", 1), Param("x", 2)))', "the figure x stands in another rule"),
    ],
)  # fmt: skip
def test_a_declaration_with_a_fault_is_set_aside(folder: Path, old: str, new: str, said: str) -> None:
    head = "from typing import Annotated\nfrom cstui.api import Param, Ref, View\n"
    assert old in GOOD
    drop(folder, "bad", head + GOOD.replace(old, new))
    loaded = load(folder)
    assert said in reason(loaded, "bad")
    assert "bad" not in loaded.areas or "people" in new


def test_all_faults_of_a_declaration_are_told_at_once(folder: Path) -> None:
    drop(folder, "bad", GOOD.replace("async def", "def").replace('rules=("{id}-01",)', 'rules=("{id}-02",)'))
    loaded = load(folder)
    said = reason(loaded, "bad")
    assert "isn't async" in said and "there is no rule bad-02" in said
    assert WORDS.say(loaded.quarantine[0].reason, "zh_CN") == (
        "操作 bad.say：没有规则 bad-02：请在区域的 rules= 中声明，或从 rules= 中去掉；操作 bad.say：run 不是异步函数：请写成 async def"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_and_kind_that_the_checks_name_has_its_words_and_no_other_has(lang: str) -> None:
    others = (ROOT / "src/cstui" / name for name in ("testing/conformance.py", "contract/declare.py"))
    rooms = [*ROOT.glob("src/cstui/plugins/*.py"), *others]
    code = "".join(path.read_text("utf-8") for path in rooms)
    known = read_words(host_folders()["plugins"], lang)
    assert {*re.findall(r'"plugins\.((?:fault|kit)\.\w+)"', code)} == {
        name for name in known if not name.startswith("kind.") and "." in name
    }
    kinds = re.findall(r'\b(?:at|thing|add|ask)(?:\(|, )"(\w+)"|\("(\w+)", area\.\w+s\)', code)
    assert {f"kind.{one or other}" for one, other in kinds} == {name for name in known if name.startswith("kind.")}
    if lang == "zh_CN":
        assert [name for name, words in known.items() if "." in name and not re.search("[\u4e00-\u9fff]", words)] == []


def test_words_of_both_languages_are_asked_for(folder: Path) -> None:
    (folder / "strings/zh_CN.toml").write_text(
        'title = "自己的"\n[action]\nsay = "说"\n[done]\nsaid = "{word}"\n', "utf-8"
    )
    drop(folder, "bad")
    said = reason(load(folder), "bad")
    assert "text rule.01: not in zh_CN" in said and "text done.said: placeholders differ" in said


def test_records_keep_to_their_own_tables_and_to_people(folder: Path) -> None:
    models = """
from tortoise import fields
from cstui.api import Record
class Thing(Record):
    key: fields.ForeignKeyRelation = fields.ForeignKeyField("keys.Key", related_name=False)
    class Meta:
        table = "thing"
"""
    drop(folder, "bad", models + GOOD.replace("actions=(", 'models="cstui_site.bad", actions=('))
    said = reason(load(folder), "bad")
    assert "its table 'thing' must be called bad_..." in said
    assert "key points to keys.Key" in said
    assert "has records but no migrations" in said


def test_the_first_of_a_name_stays(folder: Path) -> None:
    drop(folder, "aaa", id="noise")
    drop(folder, "bbb", id="noise")
    loaded = load(folder)
    assert "an area called noise is loaded already" in reason(loaded, "bbb")
    assert loaded.areas["noise"] is sys.modules["cstui_site.aaa"].AREA


@pytest.mark.parametrize("name", ["noise", "cstui_keys", "keys"])
def test_a_disabled_plugin_is_not_even_imported(folder: Path, name: str) -> None:
    drop(folder, "noise", GOOD + "\nsys.stderr.write('imported')\n")
    loaded = load(folder, disabled=(name,))
    area = name.removeprefix("cstui_")
    assert area not in loaded.areas and area in loaded.absent
    assert len(loaded.disabled) == 1
    assert ("cstui_site.noise" in sys.modules) is (name != "noise")


def test_a_misspelt_disabled_name_is_noted(folder: Path) -> None:
    (note,) = load(folder, disabled=("cstui_kyes",)).notes
    assert WORDS.say(note, "en") == "[plugins] disabled: there is no plugin cstui_kyes. The nearest is cstui_keys"


def test_safe_mode_loads_the_hosts_areas_alone(folder: Path) -> None:
    drop(folder, "noise", "raise Exception")
    loaded = load(folder, safe=True, strict=True)
    assert tuple(loaded.areas) == HOST_AREAS
    assert {"noise", "keys"} <= loaded.absent


@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_what_others_may_change_is_not_run(folder: Path, mode: int) -> None:
    drop(folder, "noise", "raise SystemError('run')").chmod(mode)
    assert "can be changed by others" in reason(load(folder), "noise")


def test_a_folder_that_others_may_change_is_not_looked_into(folder: Path) -> None:
    drop(folder, "noise")
    folder.chmod(0o777)
    loaded = load(folder)
    assert [note.id for note in loaded.notes] == ["plugin.exposed"]
    assert "noise" not in loaded.areas


def test_an_absent_folder_is_noted(tmp_path: Path) -> None:
    assert [note.id for note in load(tmp_path / "none").notes] == ["plugin.no_folder"]


def test_a_strangers_file_among_the_bundled_areas_is_answered_kindly(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "cstui_keys").mkdir(parents=True)
    (tmp_path / "plugins" / "mine.py").touch()
    (tmp_path / "pyproject.toml").touch()
    notes: list[Text] = []
    misplaced({"cstui_keys"}, notes, tmp_path)
    (note,) = notes
    assert "mine.py" in WORDS.say(note, "zh_CN") and "[plugins] dirs" in WORDS.say(note, "zh_CN")


AMEND = """
from dataclasses import replace
from cstui.api import hookimpl
@hookimpl
def cstui_amend_area(area):
    if area.id == "noise":
        return replace(area, {change})
"""


def test_a_site_may_amend_anothers_area(folder: Path) -> None:
    drop(folder, "noise")
    drop(folder, "amend", AMEND.format(change="actions=(replace(area.actions[0], mnemonic='v'),)"))
    assert load(folder).areas["noise"].actions[0].mnemonic == "v"


@pytest.mark.parametrize(
    "change", ["id='else_'", "api=9", "actions=1/0", "actions=(replace(area.actions[0], mnemonic='??'),)"]
)
def test_an_unsound_amendment_is_dropped_with_its_plugin(folder: Path, change: str) -> None:
    drop(folder, "noise")
    drop(folder, "amend", AMEND.format(change=change))
    loaded = load(folder)
    assert [(one.plugin, one.stage) for one in loaded.quarantine] == [("amend", "amend")]
    assert loaded.areas["noise"] is sys.modules["cstui_site.noise"].AREA


HOOKS = """
import asyncio, time
from cstui.api import Refusal, hookimpl
{body}
"""


async def heard(loaded: plugins.Loaded, hook: str = "cstui_startup", timeout: float = 5.0) -> list[tuple[str, Any]]:
    kwargs: dict[str, Any] = (
        {"site": "x"} if hook == "cstui_startup" else dict.fromkeys(("ctx", "action", "rows", "data"))
    )
    return [one async for one in plugins.call_each(loaded.manager, hook, timeout, **kwargs)]


async def test_each_implementation_is_called_on_its_own_last_first(folder: Path) -> None:
    drop(folder, "a_plain", HOOKS.format(body="@hookimpl\ndef cstui_startup(): return 1"))
    drop(folder, "b_raises", HOOKS.format(body="@hookimpl\ndef cstui_startup(site): raise ValueError(site)"))
    drop(folder, "c_async", HOOKS.format(body="@hookimpl\nasync def cstui_startup(site):\n    return site"))
    drop(folder, "d_exits", HOOKS.format(body="@hookimpl\ndef cstui_startup(): raise SystemExit(4)"))
    answers = await heard(load(folder))
    assert [name for name, _ in answers] == ["d_exits", "c_async", "b_raises", "a_plain"]
    assert isinstance(answers[0][1], Exception) and isinstance(answers[2][1], ValueError)
    assert (answers[1][1], answers[3][1]) == ("x", 1)


@pytest.mark.parametrize(
    "body", ["async def cstui_startup(): await asyncio.sleep(30)", "def cstui_startup(): time.sleep(2)"]
)
async def test_one_that_hangs_is_left(folder: Path, body: str) -> None:
    drop(folder, "slow", HOOKS.format(body=f"@hookimpl\n{body}"))
    began = time.monotonic()
    ((_, answer),) = await heard(load(folder), timeout=0.1)
    assert isinstance(answer, TimeoutError)
    assert time.monotonic() - began < 1.5


async def test_three_failures_and_it_is_left_out_and_told_once(folder: Path) -> None:
    drop(folder, "bad", HOOKS.format(body="@hookimpl\ndef cstui_startup(): 1/0"))
    loaded = load(folder)
    assert [len(await heard(loaded)) for _ in range(5)] == [1, 1, 1, 0, 0]
    (note,) = loaded.manager.notes
    assert "site/bad.py" in WORDS.say(note, "en")


async def test_a_failing_veto_goes_on_refusing(folder: Path) -> None:
    drop(folder, "bad", HOOKS.format(body="@hookimpl\ndef cstui_check_action(): 1/0"))
    loaded = load(folder)
    assert [len(await heard(loaded, "cstui_check_action")) for _ in range(5)] == [1] * 5


async def test_a_veto_is_an_answer_not_a_failure(folder: Path) -> None:
    drop(folder, "veto", HOOKS.format(body="@hookimpl\ndef cstui_check_action(): raise Refusal('x.y')"))
    loaded = load(folder)
    ((_, answer),) = await heard(loaded, "cstui_check_action")
    assert isinstance(answer, Refusal)
    assert not loaded.manager.failures


async def test_a_cancelled_caller_is_not_held(folder: Path) -> None:
    drop(folder, "slow", HOOKS.format(body="@hookimpl\nasync def cstui_startup(): await asyncio.sleep(30)"))
    task = asyncio.create_task(heard(load(folder)))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
