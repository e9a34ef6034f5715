"""Fixtures: a fresh, migrated store on disk for each test, and its clock."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

import argon2
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
Shared = Callable[[str, Callable[[Path], Coroutine[Any, Any, None]]], Path]


def site(folder: Path, config: str = CONFIG) -> Path:
    """A site's folder with its config.toml; answers the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(config, encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Shared:
    """Makes a folder once for all processes of this run (and for further runs, with --shared), to be only looked at."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    folder = Path(request.config.getoption("shared") or folder)

    def once(name: str, make: Callable[[Path], Coroutine[Any, Any, None]]) -> Path:
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / f"{name}.made").exists():
                shutil.rmtree(folder / name, ignore_errors=True)
                asyncio.run(make(folder / name))
                (folder / f"{name}.made").touch()
        return folder / name

    return once


@pytest.fixture(scope="session")
def template(shared: Shared) -> Path:
    """A store migrated once, with one administrator: each test works on a copy."""

    async def make(folder: Path) -> None:
        async with Host.open(site(folder), create=True) as host:
            host.clock = lambda: NOW
            await engine.run(host, "people.first_admin", {"login": "admin"}, SYSTEM)

    return shared("template", make) / "config.toml"


@pytest.fixture(scope="session")
def lost_template(shared: Shared, template: Path) -> Path:
    """The same with the drop-in area "lost", for `lost_site`."""

    async def make(folder: Path) -> None:
        async with Host.open(lost_site(folder, template)):
            pass

    return shared("lost", make) / "lost-site/config.toml"


@pytest.fixture(scope="session")
def errand_template(shared: Shared, template: Path) -> Path:
    """The same with the drop-in area "errand", for `errand_host`."""
    from errands import errand_host

    async def make(folder: Path) -> None:
        async with errand_host(folder, template):
            pass

    return shared("errands", make) / "errand-site/config.toml"


@pytest.fixture(scope="session")
def clean_template(shared: Shared, template: Path) -> Path:
    """The same with a department that keeps its rooms clean, for `hygiene_desk`."""
    from hygiene_desk import Desk

    return shared("clean", lambda folder: Desk.make(folder, template)) / "config.toml"


@pytest.fixture(scope="session")
def secret_template(shared: Shared, template: Path) -> Path:
    """The same with a department that keeps secrets, for `confidentiality_desk`."""
    from confidentiality_desk import Desk

    return shared("secret", lambda folder: Desk.make(folder, template)) / "config.toml"


@pytest.fixture(scope="session")
def reward_template(shared: Shared, template: Path) -> Path:
    """The same with a department that rewards, for `rewards_desk`."""
    from rewards_desk import Desk

    return shared("reward", lambda folder: Desk.make(folder, template)) / "config.toml"


@pytest.fixture(scope="session")
def server() -> str:
    """Its address. Without a server the tests fail: nothing is skipped."""
    url = os.environ.get("CSTUI_TEST_POSTGRES")
    assert url, "CSTUI_TEST_POSTGRES names no PostgreSQL server: start one with tests/postgres.sh"
    return url.rpartition("/")[0]


async def database(server: str, folder: Path, like: str = "template1") -> Path:
    """config.toml of a site on a database of its own, which is empty unless it is made like another."""
    import asyncpg

    name = f"cstui_{token_hex(6)}"
    connection = await asyncpg.connect(f"{server.replace('asyncpg://', 'postgresql://')}/postgres")
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    await connection.close()
    return site(folder, CONFIG + f'\n[database]\nurl = "{server}/{name}"\n')


@pytest.fixture(scope="session")
def migrated(server: str, shared: Shared) -> str:
    """The name of a database that was migrated from nothing, once for all processes."""

    async def make(folder: Path) -> None:
        async with Host.open(await database(server, folder), create=True):
            pass

    made = shared(f"postgres-{server.rpartition(':')[2]}", make) / "config.toml"
    return made.read_text("utf-8").rstrip('"\n').rpartition("/")[2]


@pytest.fixture
async def on_empty_postgres(server: str, tmp_path: Path) -> Path:
    """A site on an empty database of its own."""
    return await database(server, tmp_path / "pg")


@pytest.fixture
async def on_postgres(server: str, migrated: str, tmp_path: Path) -> Path:
    """A site on a database of its own, migrated, with nothing in it."""
    return await database(server, tmp_path / "pg", like=migrated)


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


@pytest.fixture
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs that are set are hashed with next to no work: for tests which the time that it takes is nothing to.

    (How much work a hash was is written in it, so that to look at one takes as little.)
    """
    quick = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", quick)


@pytest.fixture(scope="session")
def demo(shared: Shared) -> Path:
    """A sample department: the folder of its site."""

    async def make(folder: Path) -> None:
        assert await build(folder, identity.account(), lambda *_: None) == {}

    return shared("sample", make)


def lost_site(folder: Path, template: Path) -> Path:
    """A site with the drop-in area "lost" (tests/dropins) and a copy of a template's store.

    Without "lost" in the template it is brought up to date at the first opening, which takes a second.
    """
    path = site(folder / "lost-site", CONFIG + f'\n[plugins]\ndirs = ["{folder / "dropins"}"]\n')
    if not (folder / "dropins").exists():
        shutil.copytree(Path(__file__).parent / "dropins", folder / "dropins")
    shutil.copy(template.with_name("cstui.db"), path.with_name("cstui.db"))
    return path
