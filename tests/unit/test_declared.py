"""Faults in an area.toml: file, line, what is wrong, and what to write instead; the others work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from cstui import plugins
from cstui.config import PluginsTable, Settings
from cstui.declared.file import keys_of, tables
from cstui.words import Words, host_folders

WORDS = Words.load(host_folders())
REPORT = (Path(__file__).parents[2] / "examples/areas/weekly/area.toml").read_text("utf-8")
GUESTS = """\
zh = "来客"
en = "Guests"

[rule.01]
kind = "deadline"
source = "own 1"
zh = "按时"
en = "In time"
[rule.01.figure]
within = { value = "10 min", zh = "时限", en = "within" }
points = { value = 1, unit = "pts", zh = "分", en = "points" }

[register.guest]
zh = "来客"
en = "Guests"
key = ["name"]
[register.guest.field]
name = { kind = "text", zh = "姓名", en = "Name" }
came = { kind = "moment", zh = "来访", en = "Came" }
host = { kind = "person", zh = "接待人", en = "Host" }
[register.guest.finish]
[register.guest.due]
rule = "01"
field = "came"
after = "within"
"""


def load(folder: Path) -> plugins.Loaded:
    settings = Settings(plugins=PluginsTable.model_construct(dirs=(folder,), disabled=frozenset()))
    return plugins.load(settings, False, {})


def drop(folder: Path, source: str, name: str = "guests") -> Path:
    path = folder / name / "area.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")
    return path


def told(loaded: plugins.Loaded, lang: str = "en") -> str:
    (bad,) = loaded.quarantine
    said = WORDS.say(bad.reason, lang)
    assert "\n" not in said
    assert "declared." not in said
    return said


def test_a_sound_file_is_an_area_beside_the_others(tmp_path: Path) -> None:
    drop(tmp_path, GUESTS)
    loaded = load(tmp_path)
    assert loaded.quarantine == []
    (plugin,) = [one for one in loaded.plugins if one.name == "guests"]
    assert (plugin.areas, plugin.version, plugin.notes) == (("guests",), "1", ())
    assert plugin.path.endswith("guests/area.toml")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('after = "within"', 'aftr = "within"', 25, "there is no register.guest.due.aftr. The nearest is register.guest.due.after"),
        ("[register.guest.due]", "[register.guest.deu]", 22, "register.guest.deu. The nearest is register.guest.due"),
        ('kind = "moment", zh', 'kind = "moment", titel = "x", zh', 19, "there is no register.guest.field.came.titel"),
        ('kind = "moment"', 'kind = "time"', 19, "register.guest.field.came.kind must be text, words, day, moment"),
        ('key = ["name"]', 'key = "name"', 16, "register.guest.key must be a list of texts, but is 'name'"),
        ('key = ["name"]\n', "", 13, "register.guest.key is missing"),
        ('key = ["name"]', "key = []", 16, "register.guest.key is empty: name at least one"),
        ('key = ["name"]', 'key = ["nmae"]', 16, "names the field nmae, which this register hasn't: name"),
        ('rule = "01"', 'rule = "02"', 23, "names the rule 02, which isn't in this file: 01"),
        ('after = "within"', 'after = "wihtin"', 25, "names the figure wihtin, which no rule of this file has: within"),
        ('after = "within"', 'after = "missing"', 25, "within, points"),
        ('value = "10 min"', 'value = "18:00"', 25, "names within, which is '18:00', but must be a length of time"),
        ('value = "10 min"', "value = 2026-11-24", 10, "rule.01.figure.within.value can't be"),
        ('field = "came"', 'field = "host"', 24, "a field of kind person, but must be of kind day, moment"),
        ("host = {", "filter = {", 20, "filter is a word of the house: choose another name"),
        ("host = {", "class = {", 20, "class is a word of the house"),
        ("host = {", "Host = {", 20, "Host can't be a name: small letters, digits and _"),
        ("host = {", "guest = {", 20, "guest is a word of the house: choose another name"),
        ('en = "Host"', 'en = "Came"', 20, "two things here are called Came: call register.guest.field.host otherwise"),
        ('en = "Host"', 'en = "Late"', 20, "two things here are called Late"),
        ("[register.guest.finish]", '[register.guest.finish]\nletter = "c"', 22, "the letter c belongs to another act"),
        ("[register.guest.finish]", '[register.guest.finish]\nletter = "ff"', 22, "register.guest.finish.letter must be one small letter, but is ff"),
        ("[register.guest.finish]\n", "", 21, "add [register.NAME.finish]"),
        (', zh = "接待人", en = "Host"', "", 20, "register.guest.field.host.zh is missing: say what it is called, in zh and en"),
        ('zh = "来访"', 'zh = "来\\u001b访"', 19, "holds an invisible control character: delete it"),
        ('source = "own 1"', "source = 1", 6, "rule.01.source must be text, but is 1"),
        ("[rule.01]\n", "[rule.one]\n", 4, "one can't be the number of a rule: two or three digits"),
        ('en = "Guests"\n', 'en = "Guests"\nzh = "x"\n', 3, "isn't TOML: Cannot overwrite a value"),
        ('zh = "来客"\n', 'zh = "来客\n', 1, "isn't TOML: Illegal character"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_the_way_out(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in GUESTS
    path = drop(tmp_path, GUESTS.replace(old, new, 1))
    drop(tmp_path, GUESTS, "others")
    loaded = load(tmp_path)
    assert f"{path} line {line}" in told(loaded)
    assert says in told(loaded)
    assert loaded.quarantine[0].place == (str(path), line)
    assert told(loaded, "zh_CN") != told(loaded)
    assert {"others", "keys"} <= loaded.areas.keys()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[register.guest.proposal.late]\nwhen = "late"\nrule = "01"\nperson = "name"', "a field of kind text, but must be of kind person"),
        ('[register.guest.proposal.late]\nwhen = "failed"\nrule = "01"\nperson = "host"', "nothing ever fails here"),
        ('[register.guest.proposal.late]\nwhen = "soon"\nrule = "01"\nperson = "host"', "register.guest.proposal.late.when must be late or failed, but is soon"),
        ('[register.guest.proposal.p]\nwhen = "late"\nrule = "01"\nperson = "host"\namount = "points"', 'but must be a sum with unit = "CNY"'),
        ('[register.guest.proposal.p]\nwhen = "late"\nrule = "01"\nperson = "host"\nreward = "points"', "a reward and the steps that approve it"),
        ('[register.guest.proposal.p]\nwhen = { name = true }\nrule = "01"\nperson = "host"', "but must be of kind choice, flag"),
        ('[register.guest.approval]\nrule = "01"\nsteps = ["points"]', "names points, which is 1, but must be a list of roles"),
        ('[register.guest.checklist]\nrule = "01"\nneeded = 3\n[register.guest.checklist.item]\nx = { zh = "a", en = "a" }', "register.guest.checklist.needed takes the name of a figure, not 3 itself"),
        ('[register.guest.proposal.p]\nwhen = "late"\nrule = "01"\nperson = "host"\namount = "20.50"', "register.guest.proposal.p.amount takes the name of a figure, not 20.50 itself"),
        ('[register.guest.approval]\nrule = "01"\nsteps = []', "register.guest.approval.steps is empty"),
        ('[register.guest.checklist]\nrule = "01"\nneeded = "points"\n[register.guest.checklist.item]\nname = { zh = "a", en = "a" }', "the name name is used twice"),
        ('[register.guest.checklist]\nrule = "01"\nneeded = "points"\n[register.guest.checklist.item]\nx = { points = 0, zh = "a", en = "a" }', "must be a whole number from 1 to 1000"),
        ('[register.guest.needs]\nlok = "all"', "there is no register.guest.needs.lok. The nearest is register.guest.needs.look"),
        ('[register.other]\nzh = "其他"\nen = "Other"\nkey = ["name"]\n[register.other.field]\nname = { kind = "text", zh = "品名", en = "Name" }', "name is called otherwise in another place of this file"),
        ('[register.guest.due]\n', "isn't TOML"),
    ],
)  # fmt: skip
def test_what_is_added_must_fit(tmp_path: Path, more: str, says: str) -> None:
    drop(tmp_path, f"{GUESTS}{more}\n")
    assert says in told(load(tmp_path))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    drop(tmp_path, GUESTS.replace('key = ["name"]', 'key = ["nam"]').replace('rule = "01"', 'rule = "07"'))
    assert "line 16" in told(load(tmp_path))
    assert "line 23" in told(load(tmp_path))


def test_what_recurs_says_when(tmp_path: Path) -> None:
    source = REPORT.replace("since = 2026-11-23", 'since = "2026-11-23"').replace('on = "weekly_day"\n', "")
    drop(tmp_path, source, "weekly")
    assert (
        "register.report.due.since must be a day without quotation marks, such as 2026-11-23, but is '2026-11-23'"
        in told(load(tmp_path))
    )
    drop(tmp_path, REPORT.replace('value = "monday"', 'value = "mon"').replace('at = "weekly_time"\n', ""), "weekly")
    said = told(load(tmp_path))
    assert "register.report.due.at is missing" in said
    assert "names weekly_day, which is 'mon', but must be a day of the week such as \"monday\"" in said


def test_a_name_that_one_language_lacks_is_told_and_the_other_one_shown(tmp_path: Path) -> None:
    path = drop(tmp_path, GUESTS.replace(', en = "Host"', ""))
    loaded = load(tmp_path)
    assert loaded.quarantine == []
    (note,) = next(one for one in loaded.plugins if one.name == "guests").notes
    assert WORDS.say(note, "en") == (
        f"{path} line 20: register.guest.field.host has no en; until it has one, 接待人 is shown"
    )
    assert loaded.areas["guests"].strings["en"]["field.host"] == "接待人"  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("keys", "an area called keys is loaded already"),
        ("list", "no word of the command line"),
        ("my-area", "small letters"),
        ("g" * 50, "the name guest is too long: at most 4 characters"),
    ],
)
def test_a_name_that_is_taken_or_a_word_of_the_command_line(tmp_path: Path, name: str, says: str) -> None:
    drop(tmp_path, GUESTS, name)
    assert says in told(load(tmp_path))


def test_a_folder_that_others_can_write_is_not_believed(tmp_path: Path) -> None:
    path = drop(tmp_path, GUESTS)
    path.parent.chmod(0o777)
    assert (
        told(load(tmp_path))
        == f"Plugin {path.parent} can be changed by others and wasn't loaded. Run chmod -R go-w {path.parent}"
    )
    path.parent.chmod(0o755)
    path.write_bytes(GUESTS.encode("gbk"))
    assert "isn't UTF-8" in told(load(tmp_path))


def test_every_key_has_a_name_that_only_this_file_gives_it() -> None:
    assert all(keys_of(table) for table in tables().values())
    assert tables()["register.NAME"].__doc__
