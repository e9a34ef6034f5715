"""A line that breaks: nothing is lost, nothing is done twice, nothing stays behind."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sshd import WATCHED, Sshd, children, wait, working_on
from tests.tui.conftest import toured

from cstui.journal.verify import check, snapshot_of_file
from cstui.tui.drafts import SAVE_SECONDS

SOON = 15
"""Seconds after which no process is left at the latest, on a busy machine too (docs/ssh.md has figures)."""


def asked(config: Path, question: str) -> Any:
    """The first answer of the store itself."""
    with closing(sqlite3.connect(config.with_name("cstui.db"))) as store:
        (answer,) = store.execute(question).fetchone() or (None,)
        return answer


def draft(config: Path) -> str:
    return str(asked(config, "SELECT value FROM house_state WHERE name = 'drafts'"))


def gone(config: Path) -> bool:
    return not working_on(config)


def enrol_form(seat: Any) -> None:
    """The form by which somebody is taken on the staff list."""
    seat.send(":people.enrol")
    seat.expect_exact("Takes a person on the staff list")
    seat.send("\r")
    seat.expect_exact("leave (kept)")


@pytest.fixture
def knowing(config_path: Path) -> Path:
    """The site, whose administrator knows the way already."""
    toured(config_path, "admin")
    return config_path


def test_a_form_outlives_a_frozen_client_a_killed_program_and_a_cut_line(ssh: Sshd, knowing: Path) -> None:
    seat = ssh.sit(WATCHED)
    enrol_form(seat)
    seat.send("K7\tWang")
    seat.expect_exact("Wang")
    (working,) = working_on(knowing)
    seat.send("\x1a\x1c\x03")  # suspend, quit, interrupt: keys like others
    seat.send("er")
    seat.expect_exact("er")
    assert "\nState:\tT" not in Path(f"/proc/{working}/status").read_text() and not children(working)
    os.kill(seat.pid, signal.SIGSTOP)
    wait(lambda: gone(knowing), SOON)  # sshd asks every second, and takes some to be sure
    os.kill(seat.pid, signal.SIGCONT)
    seat.close(force=True)

    seat = ssh.sit()
    seat.expect_exact("kept from")
    enrol_form(seat)
    seat.send("8")
    wait(lambda: "K78" in draft(knowing), SAVE_SECONDS + SOON)
    (working,) = working_on(knowing)
    os.kill(working, signal.SIGKILL)
    seat.wait()

    seat = ssh.sit()
    seat.expect_exact("kept from")
    enrol_form(seat)
    seat.send("\x13")
    wait(lambda: asked(knowing, "SELECT seq FROM house_entry WHERE action = 'people.enrol'"))
    ssh.cut()
    wait(lambda: gone(knowing), SOON)
    assert asked(knowing, "SELECT json_group_array(number || name) FROM people_staff WHERE id > 1") == '["K78Wanger"]'
    assert draft(knowing) == "{}"


def test_a_day_is_signed_once_wherever_the_line_is_cut(ssh: Sshd, knowing: Path) -> None:
    seat = ssh.sit()
    seat.send("S")
    seat.expect_exact("Enter signs")
    seat.send("\r")
    os.kill(seat.pid, signal.SIGKILL)
    wait(lambda: gone(knowing), SOON)
    day = asked(knowing, "SELECT day FROM review_signoff")  # an earlier one, where that was still unsigned
    again = ssh.run("review sign-off" + (f" --day {day}" if day else ""))
    assert again.returncode == (1 if day else 0), again.stderr
    assert asked(knowing, "SELECT count(*) FROM review_signoff") == 1
    assert knowing.with_name("checkpoints.txt").read_text().count("sign-off") == 1
    assert check(snapshot_of_file(knowing.with_name("cstui.db"))).good
    assert not knowing.with_name("cstui.log").exists()  # a terminal that is gone is no fault
