"""export at the command line: whole, masked, exact, never over a file, and the form to fill in."""

from __future__ import annotations

import io
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import CONFIG
from tests.process.conftest import Cli, environment

from cstui import engine
from cstui.cli import main
from cstui.cli.exporting import new_file
from cstui.contract.context import SYSTEM
from cstui.contract.errors import BadInput, StoreFault
from cstui.host import Host
from cstui.sheet import read
from cstui.sheet.listing import Listing

LIST = "工号,姓名,部门,电话,入职日期\nK1,王芳,客服部,13600000001,2024-03-01\nK2,李强,工程部,13600000002,2023/5/6\n"


def table(path: Path) -> list[dict[str, Any]]:
    with read(path) as sheet:
        return [dict(zip(sheet.headers, cells, strict=False)) for _, cells in sheet.rows]


def test_sections_go_out_as_well(cli: Cli, tmp_path: Path) -> None:
    cli("import", "people.staff", "-", stdin=LIST.encode())
    assert cli("export", "people.staff", str(tmp_path / "a.csv"), "--search", "王芳").code == 0
    [row] = table(tmp_path / "a.csv")
    assert (row["hired on"], row["phone"]) == ("2024-03-01", "****")


def test_whoever_may_not_see_it_gets_it_masked_and_their_file_changes_nothing(
    cli: Cli, config_path: Path, tmp_path: Path
) -> None:
    config_path.write_text(CONFIG + 'clerk = ["people.look"]\n', "utf-8")
    cli("import", "people.staff", "-", stdin=LIST.encode())
    assert cli("people", "grant-role", "--person", "li.qiang", "--role", "clerk").code == 0
    path = tmp_path / "a.csv"
    assert cli("export", "people.staff", str(path), login="li.qiang").code == 0
    assert {row["phone"] for row in table(path)} == {"****", None}
    assert cli("--json", "import", "people.staff", str(path)).json["unchanged"] == 3
    asks = "--reveal", "--purpose", "年度核对"
    assert cli("export", "people.staff", str(tmp_path / "b.csv"), *asks, login="li.qiang").code == 3
    assert cli("export", "people.staff", str(tmp_path / "b.csv"), "--reveal").code == 2
    assert cli("export", "people.staff", str(tmp_path / "b.csv"), "--purpose", "x").code == 2
    assert not (tmp_path / "b.csv").exists()
    assert cli("export", "people.staff", str(tmp_path / "b.csv"), "--search", "王芳", *asks).code == 0
    assert "13600000001" in {row["phone"] for row in table(tmp_path / "b.csv")}
    [told, *_] = cli("--json", "journal", "list").json["entries"]
    assert (told["action"], told["text"]) == ("site.reveal", "Staff: 1 row handed out in full, for: 年度核对")


def test_a_record_is_shown_in_full_for_a_purpose_that_stands_in_its_history(cli: Cli) -> None:
    cli("import", "people.staff", "-", stdin=LIST.encode())
    assert cli("--json", "show", "people.staff", "wang.fang").json["values"]["phone"] == "****"
    asks = "--reveal", "--purpose", "回拨", "--ticket", "W-1182"
    told = cli("--json", "show", "people.staff", "wang.fang", *asks).json
    assert told["values"]["phone"] == "13600000001"
    told = cli("--json", "show", "people.staff", "wang.fang").json
    assert told["values"]["phone"] == "****" and told["history"][0]["text"] == "Staff: shown in full, for: 回拨"
    assert cli("show", "people.roles", "1", *asks).code == 2


def test_choices_and_answers_are_words_of_the_readers_language(cli: Cli, config_path: Path, tmp_path: Path) -> None:
    key = "--tag-no=0012", "--block=3", "--space-kind=owner_unit", "--room=1502", "--door-kind=inner_door"
    assert cli("keys", "register", *key).code == 0
    cli("export", "keys.keys", str(tmp_path / "en.csv"))
    config_path.write_text(CONFIG.replace('"en"', '"zh_CN"'), "utf-8")
    cli("export", "keys.keys", str(tmp_path / "zh.csv"))
    [en], [zh] = table(tmp_path / "en.csv"), table(tmp_path / "zh.csv")
    assert (en["tag number"], en["class"], en["labelled"]) == ("0012", "owner's unit", "no")
    assert (zh["钥匙编号"], zh["部位类别"], zh["已贴标签"]) == ("0012", "业主房屋", "否")
    for name in ("en.csv", "zh.csv"):
        assert cli("--json", "import", "keys.keys", str(tmp_path / name)).json["unchanged"] == 1


def test_a_killed_export_leaves_no_file(cli: Cli, config_path: Path, tmp_path: Path) -> None:
    rows = "".join(f"K{n},人{n},客服部\n" for n in range(1, 4001))
    cli("import", "people.staff", "-", stdin=("工号,姓名,部门\n" + rows).encode())
    path = tmp_path / "out" / "staff.xlsx"
    path.parent.mkdir()
    words = [sys.executable, "-m", "cstui", "--as", "admin", "export", "people.staff", str(path)]
    for number, left in ((signal.SIGTERM, 0), (signal.SIGKILL, 1)):
        with subprocess.Popen(words, cwd=config_path.parent, env=environment()) as program:
            while not list(path.parent.iterdir()) and program.poll() is None:
                time.sleep(0.005)
            program.send_signal(number)
            assert program.wait(20) != 0
        assert not path.exists()
        assert len(list(path.parent.iterdir())) == left  # nobody cleans up behind a SIGKILL, but nothing looks whole


def test_a_file_that_comes_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(BadInput), new_file(path) as out:
        out.write(b"ours")
        path.write_text("theirs")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["theirs"]


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "a.csv") as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreFault), new_file(tmp_path / "none" / "a.csv"):
        pass


def test_a_terminal_is_shown_no_raw_character(config_path: Path, cli: Cli) -> None:
    cli("import", "people.staff", "-", stdin="工号,姓名\nK1,王芳\n".encode())
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store:  # by another way than ours
        store.execute("UPDATE people_staff SET name = '王\u206f芳' WHERE number = 'K1'")
        store.commit()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with redirect_stdout(Terminal()) as out:
        words = ["--config", str(config_path), "--as", "admin", "export", "people.staff", "-", "--format", "csv"]
        assert main(words) == 0
    assert "王<U+206F>芳" in out.getvalue()
    assert "\ufeff" not in out.getvalue()


def test_a_form_lists_what_may_be_chosen(cli: Cli, tmp_path: Path) -> None:
    shift = "--code=0A", "--shift-name=早班", "--start-minute=510", "--end-minute=1020"
    cli("people", "shift-type", *shift)
    path = tmp_path / "duty.xlsx"
    answer = cli("export", "people.duties", str(path), "--template")
    assert (answer.code, path.stat().st_mode & 0o777) == (0, 0o600)
    book = openpyxl.load_workbook(path)
    page, notes = book.worksheets
    assert [cell.value for cell in page[1]] == ["day*", "person*", "shift*"]
    rules = {rule.type: rule for rule in page.data_validations.dataValidation}
    assert rules.keys() == {"date", "list"}
    place = rules["list"].formula1.rpartition("!")[2].replace("$", "")
    assert notes[place.partition(":")[0]].value == "0A"
    assert page.freeze_panes == "A2"
    assert "2026-11-24" in page["A1"].comment.text
    everything = " ".join(str(cell.value) for line in notes for cell in line)
    assert "admin" not in everything  # people are nobody's list


def test_codes_typed_into_a_form_keep_their_zeros_and_rules_are_named(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "keys.xlsx"
    assert cli("export", "keys.keys", str(path), "--template").code == 0
    page, notes = openpyxl.load_workbook(path).worksheets
    assert page.column_dimensions["A"].number_format == "@"
    assert "keys-13" in page["A1"].comment.text
    assert any(line[0].value == "keys-13" for line in notes.iter_rows())
    checked = {rule.type for rule in page.data_validations.dataValidation}
    assert checked == {"list", "whole", "date", "textLength"}


def test_a_form_of_the_kind_that_has_no_choices_is_its_header(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    assert cli("export", "people.staff", str(path), "--template").code == 0
    assert path.read_text("utf-8-sig") == "number*,name*,login,department,team,post,phone,hired on,left on,role\n"
    with path.open("a", encoding="utf-8") as file:
        file.write("007,王芳,,客服部,,,,2024-03-01,,\n")
    assert cli("--json", "import", "people.staff", str(path)).json["created"] == 1
    assert cli("--json", "list", "people.staff", "--where", "number=007").json["rows"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("people.roles", "a.xlsx", "--template"), "people.staff"),
        (("people.staff", "a.json", "--template"), ".csv"),
        (("people.staff", "a.xlsx", "--template", "--search", "x"), "--search"),
        (("people.staff", "a.pdf"), ".xlsx"),
        (("people.staff", "a.csv", "--format", "pdf"), ".xlsx"),
    ],
)
def test_what_cannot_be_is_said(cli: Cli, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    answer = cli("export", words[0], str(tmp_path / words[1]), *words[2:])
    assert answer.code == 2
    assert said in answer.err
    assert list(tmp_path.glob("a.*")) == []


def test_standard_output_streams_and_json_is_a_list(program: Callable[..., Any]) -> None:
    done = program("--as", "admin", "--json", "export", "people.staff", "-")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b'[\n{\n "login": "admin"')


async def test_what_others_write_meanwhile_is_not_in_it_and_they_need_not_wait(host: Host, config_path: Path) -> None:
    """The rows of one moment, however long the export takes."""
    ctx = await host.context(SYSTEM)
    listing = Listing(host, ctx, host.registers["people.staff"], "en", "csv")

    async def names() -> list[str]:
        return [row[listing.names.index("name")] async for row in listing.rows()]

    async with host.store.snapshot():
        assert await names() == ["admin"]
        async with Host.open(config_path) as other:
            await engine.run(other, "people.enrol", {"number": "K1", "name": "王芳"}, SYSTEM)
        assert await names() == ["admin"]
    assert sorted(await names()) == ["admin", "王芳"]
