"""Who acts is the operating system's answer; `--as` is believed only from accounts that may speak for others."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from cstui import identity
from cstui.contract.errors import NotPermitted

OWN = pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.parametrize("name", ["USER", "LOGNAME", "SUDO_USER", "SUDO_UID", "SSH_CLIENT", "HOME", "CSTUI_USER"])
def test_no_variable_says_who_it_is(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(name, "wang.fang")
    assert identity.login(None, None, tmp_path / "cstui.db") == OWN


def test_the_owner_of_store_and_folder_may_act_for_others(tmp_path: Path) -> None:
    store = tmp_path / "cstui.db"
    store.touch()
    assert identity.login("wang.fang", None, store) == "wang.fang"


def test_oneself_may_always_be_named(tmp_path: Path) -> None:
    assert identity.login(OWN, frozenset({"other"}), None) == OWN


@pytest.mark.parametrize("trusted", [frozenset(), frozenset({"cstui"})])
def test_where_the_system_names_accounts_the_owner_is_not_enough(trusted: frozenset[str], tmp_path: Path) -> None:
    store = tmp_path / "cstui.db"
    store.touch()
    with pytest.raises(NotPermitted) as caught:
        identity.login("wang.fang", trusted, store)
    assert caught.value.code == 3


def test_a_named_account_may_act_for_others() -> None:
    assert identity.login("wang.fang", frozenset({OWN}), None) == "wang.fang"


def test_without_a_file_nobody_owns_the_store(tmp_path: Path) -> None:
    for store in (None, tmp_path / "missing.db"):
        with pytest.raises(NotPermitted):
            identity.login("wang.fang", None, store)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_store_in_anothers_folder_is_not_ours(tmp_path: Path) -> None:
    store = tmp_path / "cstui.db"
    store.touch()
    os.chown(tmp_path, 12345, -1)
    with pytest.raises(NotPermitted):
        identity.login("wang.fang", None, store)
