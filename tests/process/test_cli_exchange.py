"""Spreadsheets in and out at the command line: what happens to each line, all or nothing, and files that stay ours."""

from __future__ import annotations

import io
import sqlite3
import sys
from pathlib import Path

import openpyxl
import pexpect
import pytest
from tests.process.conftest import Cli, environment

from cstui.sheet import read

LIST = "工号,姓名,部门,入职日期,天气\nK1,王芳,客服部,2024-03-01,晴\nK2,李强,工程部,2023/5/6,雨\n"
BAD = LIST + "K3,,客服部,2024-01-01,\nK4,赵敏,客服部,昨日,\n"


def test_a_list_comes_in_and_again_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(LIST.encode("gb18030"))
    first = cli("import", "people.staff", str(path))
    assert (first.code, first.out.strip()) == (0, "created 2, updated 0, unchanged 0, refused 0")
    assert "天气" in first.err
    assert cli("import", "people.staff", str(path)).out.strip() == "created 0, updated 0, unchanged 2, refused 0"


def test_a_dry_run_says_the_same_and_stores_nothing(cli: Cli) -> None:
    dry = cli("--json", "import", "people.staff", "-", "--dry-run", stdin=LIST.encode()).json
    assert (dry["created"], dry["dry_run"], dry["stored"], dry["entry"]) == (2, True, False, 0)
    assert cli("--json", "list", "people.staff", "--search", "王芳").json["rows"] == []
    assert cli("--json", "import", "people.staff", "-", stdin=LIST.encode()).json["created"] == 2


def test_one_bad_line_stores_nothing_and_each_is_told_with_line_column_and_value(cli: Cli) -> None:
    answer = cli("import", "people.staff", "-", stdin=BAD.encode())
    assert answer.code == 2
    rows = [line for line in answer.out.splitlines() if line.strip().startswith(("4", "5"))]
    assert "姓名" in rows[0] or "Name" in rows[0]
    assert "入职日期" in rows[1]
    assert "昨日" in rows[1]
    assert cli("--json", "list", "people.staff", "--search", "王芳").json["rows"] == []


def test_the_good_lines_can_be_stored_alone(cli: Cli) -> None:
    answer = cli("--json", "import", "people.staff", "-", "--skip-bad", stdin=BAD.encode())
    assert (answer.code, answer.json["created"], answer.json["refused"], answer.json["stored"]) == (2, 2, 2, True)
    faults = {line["line"]: line["fault"]["field"] for line in answer.json["lines"] if line["mark"] == "refused"}
    assert faults == {4: "name", 5: "hired_on"}
    assert len(cli("--json", "list", "people.staff", "--search", "王芳").json["rows"]) == 1


def test_a_missing_required_column_is_one_line(cli: Cli) -> None:
    answer = cli("import", "people.staff", "-", stdin="姓名,部门\n王芳,客服部\n".encode())
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert "姓名、部门" in answer.err


def test_a_register_that_cannot_be_imported_names_those_that_can(cli: Cli) -> None:
    answer = cli("import", "people.roles", "-", stdin=LIST.encode())
    assert answer.code == 2
    assert "people.staff" in answer.err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_register_goes_out_whole(cli: Cli, tmp_path: Path, ending: str) -> None:
    rows = "".join(f"K{n},人{n},客服部\n" for n in range(1, 1201))
    cli("import", "people.staff", "-", stdin=("工号,姓名,部门\n" + rows).encode())
    path = tmp_path / f"staff.{ending}"
    answer = cli("export", "people.staff", str(path))
    assert answer.code == 0, answer.err
    assert path.stat().st_mode & 0o777 == 0o600
    if ending != "json":
        assert len(read(path).rows) == 1201  # with the administrator


def test_an_export_can_be_imported_again(cli: Cli, tmp_path: Path) -> None:
    cli("import", "people.staff", "-", stdin="工号,姓名,岗位\nK1,王芳,=1+1\n".encode())
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"staff.{ending}"
        assert cli("export", "people.staff", str(path), "--search", "王芳").code == 0
        assert cli("--json", "import", "people.staff", str(path)).json["unchanged"] == 1


def test_a_file_that_is_there_is_never_overwritten_nor_a_link_followed(cli: Cli, tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("mine")
    link.symlink_to(tmp_path / "target.csv")
    for name in (path, link):
        assert cli("export", "people.staff", str(name)).code == 2
    assert path.read_text() == "mine"
    assert not (tmp_path / "target.csv").exists()


def test_standard_output_carries_the_workbook_alone(program: object) -> None:
    done = program("--as", "admin", "export", "people.staff", "-")  # type: ignore[operator]
    assert done.returncode == 0, done.stderr
    page = openpyxl.load_workbook(io.BytesIO(done.stdout)).active
    assert page is not None
    assert page.max_row == 2


def test_filters_narrow_what_goes_out(cli: Cli, tmp_path: Path) -> None:
    cli("import", "people.staff", "-", stdin=LIST.encode())
    path = tmp_path / "x.csv"
    assert cli("export", "people.staff", str(path), "--where", "department=engineering").code == 0
    assert len(read(path).rows) == 1
    assert cli("list", "people.staff", "--where", "colour=red").code == 2
    assert cli("list", "people.staff", "--where", "red").code == 2


STRANGE = "职工代码,姓名,备忘\nK1,王芳,早班\n"


def test_what_a_header_means_is_said_once_and_remembered_for_everybody(cli: Cli) -> None:
    unknown = cli("import", "people.staff", "-", stdin=STRANGE.encode())
    assert (unknown.code, "--map" in unknown.err) == (2, True)
    words = ("import", "people.staff", "-", "--map", "职工代码=number", "--map", "备忘=")
    assert cli(*words, "--dry-run", stdin=STRANGE.encode()).code == 0
    assert cli("import", "people.staff", "-", stdin=STRANGE.encode()).code == 2  # a dry run remembers nothing
    first = cli("--json", *words, stdin=STRANGE.encode())
    assert (first.json["created"], first.json["notes"]) == (1, [])
    again = cli("import", "people.staff", "-", stdin=STRANGE.replace("王芳", "王方").encode())
    assert again.out.strip() == "created 0, updated 1, unchanged 0, refused 0"
    assert "职工代码 = " in again.err
    assert "备忘" in again.err
    kept = [entry["action"] for entry in cli("--json", "journal", "list").json["entries"]]
    assert kept.count("site.map_headers") == 1


def test_said_on_top_overrides_what_was_remembered(cli: Cli) -> None:
    cli("import", "people.staff", "-", "--map", "职工代码=number", stdin=STRANGE.encode())
    answer = cli(
        "--json", "import", "people.staff", "-", "--map", "职工代码=", "--map", "备忘=number", stdin=STRANGE.encode()
    )
    assert answer.json["created"] == 1
    assert "早班" in {row["values"]["number"] for row in cli("--json", "list", "people.staff").json["rows"]}


@pytest.mark.parametrize("said", ["职工代码=nummer", "员工=number", "职工代码", "=number"])
def test_a_wrong_mapping_is_one_sentence(cli: Cli, said: str) -> None:
    answer = cli("import", "people.staff", "-", "--map", said, stdin=STRANGE.encode())
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert said.split("=")[0] in answer.err or "nummer" in answer.err


def test_of_several_sheets_each_line_names_its_own(cli: Cli, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("旧表").append(["工号", "姓名"])
    page = book.create_sheet("在册", 0)
    page.append(["工号", "姓名", "入职日期"])
    page.append([7, "王芳", "昨日"])
    path = tmp_path / "staff.xlsx"
    book.save(path)
    answer = cli("import", "people.staff", str(path))
    row = next(line for line in answer.out.splitlines() if "昨日" in line)
    assert row.split()[:3] == ["在册", "2", "入职日期"]
    assert cli("--json", "import", "people.staff", str(path)).json["sheet"] == "在册"


def test_ctrl_c_takes_all_back_in_one_sentence(config_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("工号,姓名\n" + "".join(f"K{n},人{n}\n" for n in range(20_000)), "utf-8")
    words = ["-m", "cstui", "--as", "admin", "import", "people.staff", str(path)]
    with pexpect.spawn(
        sys.executable, words, cwd=str(config_path.parent), env=environment(TERM="xterm"), encoding="utf-8", timeout=60
    ) as child:
        child.expect(r"\d{3,} of 20000 rows")
        child.sendintr()
        child.expect("Interrupted: nothing was stored")
        child.expect(pexpect.EOF)
        assert "Traceback" not in (child.before or "")
    assert child.exitstatus == 130
    with sqlite3.connect(config_path.with_name("cstui.db")) as store:
        assert store.execute("SELECT count(*) FROM people_staff").fetchone() == (1,)
        assert store.execute("SELECT count(*) FROM house_change").fetchone() == (0,)


def test_no_progress_where_nobody_watches(program: object, tmp_path: Path) -> None:
    done = program("--as", "admin", "import", "people.staff", "-", stdin=LIST.encode())  # type: ignore[operator]
    assert b"\r" not in done.stderr
    assert b"\x1b" not in done.stderr
