"""The command line as people call it: in this process where it is only about answers, else as a program."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sshd import Sshd

from cstui.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a call left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Answer]


@pytest.fixture
def cli(config_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`cstui --config SITE --as LOGIN WORDS…` in this process."""

    def call(*words: str, login: str = "admin", stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        capsys.readouterr()
        code = main(["--config", str(config_path), "--as", login, *words])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return call


def environment(**more: str) -> dict[str, str]:
    """An environment of a process of its own, in English."""
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "plugins"), os.environ.get("PYTHONPATH", "")))
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": path,
        "LANG": "C.UTF-8",
        **more,
    }


@pytest.fixture
def program(config_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`python -m cstui WORDS…` as a process of its own, in the site's folder."""

    def call(*words: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "cstui", *words], input=stdin, capture_output=True, timeout=60,
            cwd=config_path.parent, env=environment(**variables), check=False,
        )  # fmt: skip

    return call


@pytest.fixture(scope="session")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """One sshd for all tests of a process."""
    server = Sshd(tmp_path_factory.mktemp("sshd"))
    yield server
    server.stop()


@pytest.fixture
def ssh(listening: Sshd, config_path: Path) -> Iterator[Sshd]:
    """That sshd, its client's key bound to the administrator of this test's site."""
    listening.allow(config_path)
    yield listening
    listening.cut()
