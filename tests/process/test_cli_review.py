"""The review at the command line: decided, signed, written; the digest of a timer; two at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.process.conftest import Cli, environment

from cstui.journal.verify import check, snapshot_of_file
from cstui.review import digest

Program = Callable[..., subprocess.CompletedProcess[bytes]]


def add(cli: Cli, text: str = "Call the lift company", day: str = "today", *more: str) -> str:
    (row,) = cli("--json", "review", "add", "--text", text, "--day", day, *more).json["rows"]
    return f"review.own:{row}"


def items(cli: Cli) -> dict[str, dict[str, object]]:
    return {item["id"]: item for item in cli("--json", "review").json["items"]}


def test_a_matter_is_decided_by_its_id(cli: Cli) -> None:
    item = add(cli)
    assert cli("review", "decide", item, "delegate", "--to", "admin", "--note", "mine").code == 0
    assert "admin" in str(items(cli)[item]["became"])
    assert cli("review", "decide", item, "hand-back", "--note", "not mine").code == 0
    assert cli("review", "decide", item, "recall").code == 1
    assert cli("review", "decide", item, "finish").code == 0
    assert item not in items(cli)
    assert cli("review", "decide", item, "reopen").code == 2
    assert cli("review", "reopen", "--own", item.split(":")[1]).code == 0
    assert item in items(cli)


def test_the_sign_off_leaves_its_checkpoint_in_the_file_and_the_statement_is_written(
    cli: Cli, config_path: Path, tmp_path: Path
) -> None:
    item = add(cli)
    assert cli("review", "sign-off").code == 1
    assert cli("review", "decide", item, "read").code == 0
    assert cli("review", "sign-off", "--dry-run").code == 0
    assert not config_path.with_name("checkpoints.txt").exists()
    signed = cli("--json", "review", "sign-off", "--note", "quiet").json
    assert config_path.with_name("checkpoints.txt").read_text().splitlines() == [signed["checkpoint"]]
    for name in ("day.md", "day.xlsx"):
        assert cli("--json", "review", "statement", str(tmp_path / name)).json["checkpoint"] == signed["checkpoint"]
        assert (tmp_path / name).stat().st_size
    assert signed["checkpoint"] in (tmp_path / "day.md").read_text("utf-8")
    assert cli("print", "review.statement", str(tmp_path / "day.html"), "--row", signed["day"]).code == 0
    assert signed["checkpoint"] in (tmp_path / "day.html").read_text("utf-8")
    assert cli("review", "statement", str(tmp_path / "day.md")).code == 2  # nothing is overwritten
    assert cli("review", "statement", str(tmp_path / "day.doc")).code == 2
    assert cli("review", "statement", str(tmp_path / "none.md"), "--day", "2020-01-02").code == 2


def test_the_morning_sheet_has_todays_matters_by_area(cli: Cli, tmp_path: Path) -> None:
    item = add(cli, "Call *the* lift company")
    done = add(cli, "Done already")
    assert cli("review", "decide", done, "finish").code == 0
    for kind in ("md", "xlsx", "html", "txt"):
        assert cli("--json", "review", "sheet", str(tmp_path / f"day.{kind}")).json["matters"] == len(items(cli))
        assert (tmp_path / f"day.{kind}").stat().st_size
    told = (tmp_path / "day.md").read_text("utf-8")
    assert "\n## Review" in told and "Call \\*the\\* lift company" in told and "Done already" not in told
    assert "Call *the* lift company" in (tmp_path / "day.txt").read_text("utf-8")
    assert item in items(cli)
    assert cli("review", "sheet", str(tmp_path / "day.pdf")).code == 2


COMMAND = """\
#!/bin/sh
cat > "$(dirname "$0")/got.$$"
{more}
"""


@pytest.fixture
def sender(config_path: Path) -> Callable[..., None]:
    """A little program that keeps what it is given, set up as the site's command."""

    def make(more: str = "") -> None:
        script = config_path.with_name("send.sh")
        script.write_text(COMMAND.replace("{more}", more), "utf-8")
        script.chmod(0o700)
        text = config_path.read_text("utf-8").partition("\n[digest]")[0]
        config_path.write_text(text + f'\n[digest]\ncommand = ["{script}", "; touch shell"]\n', "utf-8")

    return make


def got(config_path: Path) -> list[str]:
    """What the command was given, in the order of its calls."""
    files = sorted(config_path.parent.glob("got.*"), key=lambda path: path.stat().st_mtime_ns)
    return [path.read_text("utf-8") for path in files]


def late(config_path: Path, text: str) -> None:
    """A matter of the department that was due yesterday, entered the day before; no earlier day is left unsigned."""
    code = """
import asyncio, sys
from datetime import timedelta
from pathlib import Path
from cstui import engine
from cstui.host import Host
from cstui.review import collect
async def main():
    async with Host.open(Path(sys.argv[1])) as host:
        clock, actor = host.clock, await host.call(host.actor("admin"))
        host.clock = lambda: clock() - timedelta(days=2)
        await engine.run(host, "review.add", {"text": sys.argv[2], "day": "tomorrow"}, actor)
        host.clock = clock
        for day in (await collect(host, actor)).unsigned:
            await engine.run(host, "review.sign_off", {"day": day}, actor)
asyncio.run(main())
"""
    subprocess.run([sys.executable, "-c", code, str(config_path), text], check=True, env=environment())


def test_the_digest_is_sent_once_a_day_unless_something_new_is_critical(
    cli: Cli, sender: Callable[..., None], config_path: Path
) -> None:
    late(config_path, "Lift door")
    assert "digest" not in cli("--json", "tick").json  # no command, nothing sent
    sender()
    assert cli("--json", "tick").json["digest"]["sent"] == 1
    assert cli("tick").code == 0
    (text,) = got(config_path)
    assert "客服一部" in text.splitlines()[0]
    assert "Lift door" in text
    late(config_path, "second")
    assert cli("--json", "tick").json["digest"]["sent"] == 2
    assert "second" in got(config_path)[-1]
    assert cli("--json", "tick").json["digest"]["sent"] == 0
    assert len(got(config_path)) == 2
    assert not config_path.with_name("shell").exists()


def test_a_command_that_fails_is_told_cleaned_and_tried_again(
    cli: Cli, sender: Callable[..., None], config_path: Path
) -> None:
    late(config_path, "Lift door")
    sender(r"printf 'no such \033[2Jrelay\n\n' >&2; exit 3")
    answer = cli("tick")
    assert answer.code == 4
    assert "Lift door" in answer.out  # what is critical is told all the same
    assert "code 3 (no such ^[[2Jrelay)" in answer.err
    assert "\x1b" not in answer.err + answer.out
    assert cli("--json", "tick").json["digest"]["failed"]["code"] == 4
    sender("exit 0")
    assert cli("--json", "tick").json["digest"]["sent"] == 1


def test_a_command_that_hangs_is_ended_with_all_it_started(
    cli: Cli, sender: Callable[..., None], config_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late(config_path, "Lift door")
    monkeypatch.setattr(digest, "LIMIT", digest.LIMIT / 60)
    sender('sleep 300 & echo $! > "$(dirname "$0")/child"; wait')
    began = time.monotonic()
    answer = cli("tick")
    assert answer.code == 4
    assert "ended" in answer.err
    assert time.monotonic() - began < 20
    child = config_path.with_name("child").read_text().strip()
    gone = not Path(f"/proc/{child}").exists()
    assert gone or "Z" in Path(f"/proc/{child}/stat").read_text().rpartition(")")[2]


def test_a_command_that_reads_nothing_or_isn_t_there(cli: Cli, config_path: Path) -> None:
    late(config_path, "Lift door")
    text = config_path.read_text("utf-8")
    config_path.write_text(text + '\n[digest]\ncommand = ["/nowhere/send"]\n', "utf-8")
    assert cli("tick").code == 4
    config_path.write_text(text + '\n[digest]\ncommand = ["send"]\n', "utf-8")
    answer = cli("tick")
    assert (answer.code, "full path" in answer.err) == (4, True)
    config_path.write_text(text + '\n[digest]\ncommand = ["/bin/true"]\n', "utf-8")
    assert cli("tick").code == 0


WINDOW = """
import asyncio, sys
from pathlib import Path
from cstui import engine
from cstui.contract.errors import Fault
from cstui.host import Host

async def main(config, login, item):
    async with Host.open(Path(config)) as host:
        actor = await host.call(host.actor(login))
        print("ready", flush=True)
        sys.stdin.readline()
        for action, raw in (
            ("read", {}), ("defer", {"until": "2099-01-01", "reason": "later"}), ("delegate", {"to": "admin"}),
            ("note", {"note": "said by " + login}), ("note", {"note": "said by " + login}),
        ):
            try:
                outcome = await engine.run(host, f"review.{action}", {"items": [item], **raw}, actor)
                told = [host.words.say(note, "en") for note in outcome.notes]
                print(action, "done", *told, flush=True)
            except Fault as fault:
                print(action, "no", host.words.say(fault.text, "en"), flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


def test_two_windows_that_do_the_same_at_once_leave_one_of_each(cli: Cli, config_path: Path) -> None:
    item = add(cli, "Call the lift company", "tomorrow")
    cli("people", "enrol", "--number", "2", "--name", "赵敏", "--login", "zhao", "--role", "admin")
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(config_path), login, item],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(PYTHONIOENCODING="utf-8"),
        )
        for login in ("admin", "zhao")
    ]  # fmt: skip
    for window in windows:
        assert window.stdout and window.stdout.readline() == "ready\n"
    answers = [answer for window in windows for answer in [window.communicate("go\n", timeout=60)[0]]]
    with closing(sqlite3.connect(config_path.with_name("cstui.db"))) as store:
        kinds = [row[0] for row in store.execute("SELECT kind FROM review_disposition ORDER BY kind")]
    assert kinds == ["deferred", "delegated", "noted", "noted", "read"]
    for act in ("defer", "delegate"):
        told = sorted(line for answer in answers for line in answer.splitlines() if line.startswith(act + " "))
        assert [line.split()[1] for line in told] == ["done", "no"]
        assert "already" in told[1]
    read = [line for answer in answers for line in answer.splitlines() if line.startswith("read ")]
    assert sorted("read before" in line for line in read) == [False, True]
    assert check(snapshot_of_file(config_path.with_name("cstui.db"))).verdict == "intact"
