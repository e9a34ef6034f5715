"""`cstui plugin check` and `test`: whether a plugin conforms, on a throw-away store, and whether its own tests pass."""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui.cli.plugin import at_site, known, states
from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.contract.text import Text
    from cstui.host import Host
    from cstui.plugins import Loaded


def check(call: Call) -> int:
    """`cstui plugin check [NAME]`: every fault in a line, with its place; exit 2 where there are any."""
    from cstui.cli.call import until_signal
    from cstui.testing import throwaway

    loaded = at_site(call)
    found = _named(call, loaded)
    named = {one["name"] for one in found if one["state"] == "quarantined"}
    bad = {one.plugin: _told(call, one.plugin, one.reason) for one in loaded.quarantine if one.plugin in named}
    active = [one for one in found if one["state"] == "active"]

    async def checked() -> int:
        async with throwaway(call.settings) as host:
            for one in active:
                if faults := await _faults(call, host, one):
                    bad[str(one["name"])] = faults
        return 0

    if active and (code := until_signal(checked())):
        return code
    talk = call.talk
    if talk.json:
        talk.document({"plugins": found, "faults": bad, "sound": not bad})
    for one in found if not talk.json else ():
        name = str(one["name"])
        for fault in bad.get(name, ()):
            talk.data(f"{name}: {fault}")
        if name not in bad:
            talk.data(talk.say("cli.plugin.sound" if one["state"] == "active" else "cli.plugin.off", name=name))
            if one["reason"]:
                talk.data(f"{name}: {one['reason']}")
    return 2 if bad else 0


def test(call: Call) -> int:
    """`cstui plugin test NAME`: the same, and its own tests, each on a store of its own; exit 2 where one fails."""
    from cstui.testing import throwaway

    (one,) = _named(call)
    name, talk = call.given["NAME"], call.talk
    if one["state"] != "active":
        raise BadInput("cli.plugin.not_active", value=name, reason=str(one["reason"]))
    tests = folder_of(call, name) / "tests"
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        host = runner.run(stack.enter_async_context(throwaway(call.settings)))
        faults = runner.run(_faults(call, host, one))
        for fault in faults:
            talk.tell(f"{name}: {fault}")
        usable = tests.is_dir() and {*one["areas"]} <= host.areas.keys()
        outcome = _tried(runner, host, tests, to_stderr=talk.json) if usable and find_spec("pytest") else None
        runner.run(stack.aclose())
    if usable and outcome is None:
        talk.tell(talk.say("cli.plugin.no_pytest", file=sys.executable))
    passed = not faults and not outcome
    if talk.json:
        talk.document({"plugin": name, "faults": faults, "passed": passed, "tests_ran": outcome is not None})
    elif passed:
        talk.data(talk.say("cli.plugin.sound", name=name))
    return 0 if passed else 2


def folder_of(call: Call, name: str) -> Path:
    """Where one of the site's own plugins lives: its folder or its file. One of a distribution has none here."""
    for folder in call.settings.plugins.dirs:
        for path in (folder / name, folder / f"{name}.py"):
            if path.exists():
                return path
    return Path(name)


def _named(call: Call, loaded: Loaded | None = None) -> list[dict[str, Any]]:
    found = states(call, loaded)
    name = call.given.get("NAME")
    if name:
        known(found, name)
    return [one for one in found if name in (None, one["name"])]


def _told(call: Call, name: str, *reasons: Text) -> list[str]:
    """What is wrong with a plugin: each fault with its place, unless it names that itself."""
    from cstui.kit.places import placed
    from cstui.plugins.faults import apart

    folder, say = folder_of(call, name), call.talk.say
    faults = dict.fromkeys(fault for reason in reasons for fault in apart(reason))
    known = folder.exists()
    return [say(placed(fault, folder)) if known and str(folder) not in say(fault) else say(fault) for fault in faults]


async def _faults(call: Call, host: Host, one: dict[str, Any]) -> list[str]:
    """What is wrong with a plugin's areas, each with its place."""
    from cstui.testing import faults_in

    faults = [bad.reason for bad in host.quarantine if bad.plugin == one["name"]]
    for area in one["areas"] if not faults else ():
        faults += await faults_in(host.areas[area], host)
    return _told(call, str(one["name"]), *faults)


def _tried(runner: asyncio.Runner, host: Host, tests: Path, to_stderr: bool) -> int:
    """Run a plugin's tests; 0 where all pass."""
    import pytest

    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a plugin's tests are the same wherever they run
    options = ["-q", "--rootdir", str(tests), "-c", os.devnull, "--import-mode=importlib", "-p", "no:cacheprovider"]
    with redirect_stdout(sys.stderr if to_stderr else sys.stdout):
        return int(pytest.main([str(tests), *options], plugins=[_fixtures(runner, host)]))


def _fixtures(runner: asyncio.Runner, host: Host) -> Any:
    """What these tests are handed: a trial on a copy of the new store; coroutines are run."""
    import pytest

    from cstui.store.backup import copy_file
    from cstui.store.store import Database
    from cstui.testing import Trial

    class Fixtures:
        @pytest.fixture
        def trial(self, tmp_path: Path) -> Iterator[Trial]:
            assert host.settings.store_file
            copied = tmp_path / "cstui.db"
            copy_file(host.settings.store_file, copied)
            stack = AsyncExitStack()
            other = runner.run(stack.enter_async_context(host.beside(Database("", copied, "OFF"))))
            yield Trial(other)
            runner.run(stack.aclose())

        @pytest.hookimpl(tryfirst=True)
        def pytest_pyfunc_call(self, pyfuncitem: Any) -> bool | None:
            if not inspect.iscoroutinefunction(pyfuncitem.obj):
                return None
            names = pyfuncitem._fixtureinfo.argnames
            runner.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
            return True

    return Fixtures()
