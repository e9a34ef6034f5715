"""A site's life at the command line: made, looked at, ticked, copied, put back, verified, its plugins and keys."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.process.conftest import Cli

from cstui import identity
from cstui.cli import main
from cstui.host import Host
from cstui.store import sessions


def enrol(cli: Cli, number: str) -> None:
    assert cli("people", "enrol", "--number", number, "--name", f"人{number}").code == 0


def test_init_makes_a_site_out_of_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    assert main(["init", "--admin", identity.account()]) == 0
    for name in ("config.toml", "cstui.db"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert main(["people", "enrol", "--number", "K1", "--name", "王芳"]) == 0
    capsys.readouterr()
    assert main(["init", "--admin", "me"]) == 4
    assert main(["--json", "list", "people.staff"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 2


def test_figures_of_the_config_are_in_force_from_the_beginning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('site = "x"\nlanguage = "en"\n[roles]\nadmin = ["*"]\n[keys]\nloan_max = "36 h"\n')
    path.chmod(0o600)
    assert main(["--config", str(path), "init", "--admin", identity.account()]) == 0
    capsys.readouterr()
    assert main(["--config", str(path), "rules", "keys-22", "--json"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert rule["figures"]["loan_max"]["value"] == "36 h"


def test_a_login_is_checked_before_anything_is_made(tmp_path: Path) -> None:
    assert main(["--config", str(tmp_path / "config.toml"), "init", "--admin", "A b;c"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_config_of_somebody_else_is_not_taken_by_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    path.write_text('site = "trap"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.getuid", lambda: 54321)
    assert main(["review"]) == 4


def test_show_tells_the_record_and_what_happened_to_it(cli: Cli) -> None:
    enrol(cli, "K1")
    shown = cli("--json", "show", "people.staff", "K1").json
    assert shown["values"]["number"] == "K1"
    assert [entry["action"] for entry in shown["history"]] == ["people.enrol"]
    assert cli("show", "people.staff", f"#{shown['pk']}").code == 0


def test_list_limits_and_says_so(cli: Cli) -> None:
    for number in ("K1", "K2"):
        enrol(cli, number)
    answer = cli("--json", "list", "people.staff", "--limit", "2").json
    assert (len(answer["rows"]), answer["more"]) == (2, True)
    assert cli("list", "people.staff", "--limit", "0").code == 2


def test_the_past_is_shown_as_it_was(cli: Cli) -> None:
    enrol(cli, "K1")
    assert cli("--json", "list", "people.staff", "--at", "2020-01-01 08:00").json["rows"] == []
    assert len(cli("--json", "list", "people.staff", "--at", "2099-01-01 08:00").json["rows"]) == 2
    assert cli("list", "people.staff", "--at", "then").code == 2


def test_a_dry_run_of_an_action_stores_nothing(cli: Cli) -> None:
    answer = cli("--json", "people", "enrol", "--number", "K1", "--name", "王芳", "--dry-run").json
    assert (answer["dry_run"], answer["entry"]) == (True, 0)
    assert "people.staff" in answer["changed"]
    assert cli("show", "people.staff", "K1").code == 2


def test_a_pin_never_stands_on_the_command_line(cli: Cli) -> None:
    assert cli("people", "set-pin", "--pin", "1234").code == 2
    assert cli("people", "set-pin", "--pin", "-").code == 2
    assert cli("people", "set-pin", "--pin", "-", stdin=b"2468\n").code == 0
    assert b"2468" not in b"".join(path.read_bytes() for path in Path.cwd().glob("*.log"))
    assert "2468" not in cli("--json", "journal", "list").out


def test_review_has_the_promised_shape(cli: Cli) -> None:
    review = cli("review", "--json").json
    assert set(review) >= {"day", "items"}
    for item in review["items"]:
        assert set(item) >= {"id", "area", "severity", "title", "due", "rule", "actions"}
    assert cli("review", "--day", "2020-01-01", "--json").json["day"] == "2020-01-01"
    assert cli("review", "--day", "soon").code == 2


def test_a_day_is_signed_off_once(cli: Cli) -> None:
    assert cli("review", "sign-off").code == 0
    assert cli("review", "sign-off").code == 1
    assert cli("review", "--json").json["signed"] is True


def test_a_matter_that_is_not_there_is_named(cli: Cli) -> None:
    answer = cli("review", "decide", "keys.none", "read")
    assert answer.code == 2
    assert "keys.none" in answer.err


def test_a_copy_is_whole_and_can_be_put_back(cli: Cli, config_path: Path, tmp_path: Path) -> None:
    enrol(cli, "K1")
    copy = tmp_path / "copy.db"
    assert cli("backup", str(copy)).code == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    assert cli("backup", str(copy)).code == 4
    enrol(cli, "K2")
    answer = cli("--json", "restore", str(copy)).json
    assert answer["lost"] == 1
    assert Path(answer["kept"]).is_file()
    assert cli("show", "people.staff", "K1").code == 0
    assert cli("show", "people.staff", "K2").code == 2
    last = cli("--json", "journal", "list", "--limit", "1").json["entries"][0]
    assert last["action"] == "site.note_restore" and str(copy) in last["text"]
    assert cli("journal", "verify").code == 0


@pytest.mark.parametrize("login", ["admin", None])
def test_where_no_store_is_left_a_copy_becomes_it(
    cli: Cli, config_path: Path, tmp_path: Path, login: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, store = tmp_path / "copy.db", config_path.with_name("cstui.db")
    assert cli("backup", str(copy)).code == 0
    store.unlink()
    words = ["--config", str(config_path), "--json", "restore", str(copy)]
    capsys.readouterr()
    if login:  # who may act for others is known by the store that is there, and there is none
        assert main([*words[:2], "--as", login, *words[2:]]) == 3 and not store.exists()
        return
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["kept"] is None
    assert [path.name for path in config_path.parent.glob("cstui.db*")] == ["cstui.db"]
    last = cli("--json", "journal", "list", "--limit", "1").json["entries"][0]
    assert last["action"] == "site.note_restore"
    assert cli("journal", "verify").code == 0


def test_what_is_no_copy_of_this_site_is_not_put_back(cli: Cli, config_path: Path, tmp_path: Path) -> None:
    before = config_path.with_name("cstui.db").read_bytes()
    (tmp_path / "text.db").write_text("no store")
    assert cli("restore", str(tmp_path / "text.db")).code == 4
    other = tmp_path / "other.db"
    shutil.copy(config_path.with_name("cstui.db"), other)
    with closing(sqlite3.connect(other)) as store:
        store.execute("UPDATE house_stamp SET store_id = 'x'")
        store.commit()
    assert cli("restore", str(other)).code in (4, 6)
    assert cli("restore", str(tmp_path / "none.db")).code == 2
    assert config_path.with_name("cstui.db").read_bytes() == before


def test_an_altered_journal_is_6_and_names_the_entry(cli: Cli, config_path: Path) -> None:
    enrol(cli, "K1")
    assert cli("journal", "verify").code == 0
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store:
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            store.execute(f'DROP TRIGGER "{name}"')
        store.execute(
            "UPDATE house_body SET body = replace(body, 'K1', 'K9') WHERE seq = (SELECT max(seq) FROM house_body)"
        )
        store.commit()
    answer = cli("--json", "journal", "verify")
    assert answer.code == 6
    assert (answer.json["verdict"], answer.json["seq"]) == (
        "altered",
        cli("--json", "journal", "list").json["entries"][0]["seq"],
    )


def test_a_checkpoint_kept_elsewhere_anchors_the_journal(cli: Cli, tmp_path: Path, config_path: Path) -> None:
    kept = tmp_path / "points.txt"
    enrol(cli, "K1")
    kept.write_text(cli("journal", "checkpoint").out)
    older = tmp_path / "older.db"
    assert cli("backup", str(older)).code == 0
    enrol(cli, "K2")
    kept.write_text(kept.read_text() + cli("journal", "checkpoint").out)
    assert cli("--json", "journal", "verify", "--against", str(kept)).json["anchored"] > 0
    assert cli("journal", "verify", "--store", str(older), "--against", str(kept)).code == 6
    (tmp_path / "empty.txt").write_text("")
    assert cli("journal", "verify", "--against", str(tmp_path / "empty.txt")).code == 2


def test_doctor_finds_what_needs_somebody(cli: Cli, config_path: Path) -> None:
    assert cli("tick").code == cli("backup", str(config_path.with_name("copy.db"))).code == 0
    assert cli("doctor", "--deep").code == 0
    config_path.with_name("cstui.db").chmod(0o644)
    answer = cli("--json", "doctor")
    assert (answer.code, answer.json["ok"]) == (4, False)


def test_tick_is_one_document(cli: Cli) -> None:
    assert set(cli("tick", "--json").json) == {"day", "written", "critical", "unknown"}
    assert cli("tick", login="stranger").code == 3


def test_a_plugin_is_switched_in_the_config_and_its_remarks_stay(cli: Cli, config_path: Path) -> None:
    config_path.write_text("# mine\n" + config_path.read_text() + "\n[plugins] # ours\n")
    assert cli("plugin", "disable", "cstui_keys").code == 0
    text = config_path.read_text()
    assert text.startswith("# mine\n")
    assert "[plugins] # ours" in text
    assert config_path.stat().st_mode & 0o777 == 0o600
    assert cli("list", "keys.keys").code == 2
    states = {one["name"]: one["state"] for one in cli("--json", "plugin", "list").json["plugins"]}
    assert states["cstui_keys"] == "disabled"
    assert cli("plugin", "enable", "cstui_keys").code == 0
    assert cli("list", "keys.keys").code == 0
    assert cli("plugin", "disable", "nothing").code == 2


@pytest.mark.parametrize("words", [["plugin", "new", "x"], ["plugin", "test", "x"], ["copy", "--to", "x"]])
def test_what_is_still_to_come_says_so(cli: Cli, words: list[str]) -> None:
    answer = cli(*words)
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)


def test_a_restore_while_somebody_is_connected_names_them(cli: Cli, config_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert cli("backup", str(copy)).code == 0

    async def sit() -> Any:
        async with Host.open(config_path) as host:
            return await host.call(sessions.enter(host.store, "li", "李强", host.clock(), "10.0.0.7"))

    asyncio.run(sit())
    told = cli("restore", str(copy))
    assert (told.code, told.out) == (5, "")
    assert "李强 (li)" in told.err
    checks = cli("--json", "doctor").json["checks"]
    assert [(one["login"], one["from"]) for one in checks if one["name"] == "connected"] == [("li", "10.0.0.7")]
