"""Fixtures: a fresh, migrated store on disk for each test, and its clock."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from cstui import engine, garbage, identity
from cstui.contract.context import SYSTEM
from cstui.demo import build
from cstui.engine import Outcome
from cstui.host import Host

os.environ["CSTUI_STRICT"] = "1"
garbage.starting()
pytest_plugins = ["prove_plugin"]
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 9, 2, tzinfo=SHANGHAI)
CONFIG = """\
site = "客服一部"
zone = "Asia/Shanghai"
language = "en"

[roles]
admin = ["*"]
"""

Run = Callable[..., Awaitable[Outcome]]


def site(folder: Path, config: str = CONFIG) -> Path:
    """A site's folder with its config.toml; answers the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(config, encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store migrated once, with one administrator: each test works on a copy."""
    import asyncio

    path = site(tmp_path_factory.mktemp("template"))

    async def make() -> None:
        async with Host.open(path, create=True) as host:
            host.clock = lambda: NOW
            await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)

    asyncio.run(make())
    return path


@pytest.fixture
def config_path(template: Path, tmp_path: Path) -> Path:
    """config.toml of a site of its own, beside a copy of the template's store."""
    path = site(tmp_path / "site")
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    return path


@pytest_asyncio.fixture
async def host(config_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Host]:
    """The host of that site, its clock standing at 2026-11-24 09:02 in Shanghai."""
    async with Host.open(config_path) as opened:
        opened.clock = lambda: NOW
        opened.rules_off = frozenset(request.config.getoption("rule_off", default=None) or ())
        yield opened


@pytest.fixture
def run(host: Host) -> Run:
    """Run an action as a login (the administrator unless told)."""

    async def act(action_id: str, raw: dict[str, Any] | None = None, login: str = "admin", **more: Any) -> Outcome:
        actor = await host.call(host.actor(login))
        return await engine.run(host, action_id, raw or {}, actor, **more)

    return act


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample department, made once (20 s) for all processes and only looked at: the folder of its site."""
    import asyncio

    whole = tmp_path_factory.getbasetemp()
    whole = whole.parent if "PYTEST_XDIST_WORKER" in os.environ else whole
    folder = whole / "sample"
    with (whole / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            failed = asyncio.run(build(whole / "sample-begun", identity.account(), lambda *_: None))
            assert failed == {}
            (whole / "sample-begun").rename(folder)
    return folder


def lost_site(folder: Path, template: Path) -> Path:
    """A site with the drop-in area "lost" (tests/dropins); its store is brought up to date at the first opening."""
    path = site(folder / "lost-site", CONFIG + f'\n[plugins]\ndirs = ["{folder / "dropins"}"]\n')
    if not (folder / "dropins").exists():
        shutil.copytree(Path(__file__).parent / "dropins", folder / "dropins")
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    return path
