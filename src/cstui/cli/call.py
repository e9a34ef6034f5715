"""One call of the program: which command, whose, on which site; and how it ends."""

from __future__ import annotations

import asyncio
import logging
import os
import select
import shlex
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cstui import garbage, identity
from cstui.cli import log
from cstui.cli.commands import COMMANDS, GLOBAL, Command, find
from cstui.cli.options import complete, parse
from cstui.cli.talk import Talk
from cstui.contract.errors import BadInput, Fault, NotPermitted, StoreFault
from cstui.words import Words, choose_language, host_folders

if TYPE_CHECKING:
    from cstui.config import Settings
    from cstui.contract.context import Actor
    from cstui.host import Host

PROGRAM_FAULT = 70
STDOUT = 1


@dataclass(slots=False)
class Call:
    """A command with its words. `forced`: its words came through SSH_ORIGINAL_COMMAND."""

    talk: Talk
    config: str | None = None
    claimed: str | None = None
    safe: bool = False
    forced: bool = False
    command: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)

    @cached_property
    def config_path(self) -> Path:
        """The config in use. Raises StoreFault."""
        return find_config(self.config)

    @cached_property
    def settings(self) -> Settings:
        from cstui import config

        settings = config.load(self.config_path)
        self.talk.lang = settings.language
        return settings

    @cached_property
    def settings_for_help(self) -> Settings:
        """The settings, or the program's own where no config is found: help needs none."""
        from cstui.config import Settings

        try:
            return self.settings
        except StoreFault:
            if self.config:
                raise
            return Settings()

    @cached_property
    def login(self) -> str:
        """Who acts. Raises NotPermitted, and StoreFault where there is no store yet."""
        return self.login_on(self.settings.store_file)

    def login_on(self, store: Path | None) -> str:
        """Who acts on a store that is this file, or on a server."""
        if store and not store.exists():
            raise StoreFault("store.missing", value=str(store))
        return identity.login(self.claimed, identity.trusted_accounts(), store)

    def on_host(self, act: Callable[[Host, Actor], Awaitable[int]]) -> int:
        """Open the site, an older store being brought up to date, and run `act` as whoever it is."""
        from cstui.host import Host

        login = self.login

        async def opened() -> int:
            async with Host.open(self.config_path, safe=self.safe) as host:
                garbage.running()
                host.words.clock = host.clock
                self.talk.words, self.talk.zone = host.words, host.zone
                actor = await host.actor(login)
                try:
                    return await act(host, actor)
                except NotPermitted as fault:
                    raise await _who_may(host, actor, fault) from fault
                except BadInput as fault:
                    raise _set_aside(host, fault) from fault

        return until_signal(opened())

    def file(self, name: str) -> Path:
        """A file that the command names. Through a forced command only a plain name in the exchange folder."""
        if not self.forced:
            return Path(name)
        if name != os.path.basename(name) or name.startswith((".", "-")) or len(name) > 120:
            raise NotPermitted("cli.forced.file", value=name)
        folder = self.config_path.parent / "exchange"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / name

    def all_came(self) -> None:
        """Standard input has ended: that was all of it, and not a line that broke meanwhile. Raises BadInput.

        sshd closes input and output together where it lost its client, and the input alone where the client is done.
        """
        if self.forced:
            other_side = select.poll()
            other_side.register(STDOUT, 0)
            if other_side.poll(0):
                raise BadInput("cli.forced.cut_off")


def find_config(named: str | None) -> Path:
    """`--config`, ./config.toml, the user's, the system's. Raises StoreFault."""
    if named:
        path = Path(named)
        if not path.is_file():
            raise StoreFault("cli.config.none_there", value=named)
        return path.absolute()
    here = Path("config.toml")
    if here.is_file():
        if here.stat().st_uid not in (os.getuid(), 0):
            raise StoreFault("cli.config.not_yours", value=str(here.absolute()))
        return here.absolute()
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    tried = [home / "cstui" / "config.toml", Path("/etc/cstui/config.toml")]
    for path in tried:
        if path.is_file():
            return path
    raise StoreFault("cli.config.none", value=", ".join(str(path) for path in (here, *tried)))


def _set_aside(host: Host, fault: BadInput) -> BadInput:
    """Where the area that was named is set aside: why, rather than that there is none."""
    from cstui.plugins.find import area_id

    area = str(fault.value).partition(".")[0]
    for bad in host.quarantine if fault.text.id.startswith(("cli.look.no_register", "cli.usage.no_command")) else ():
        if area_id(bad.plugin) == area:
            return BadInput("plugin.quarantined", plugin=bad.called, reason=bad.reason)
    return fault


def until_signal(act: Any) -> int:
    """Run a coroutine; SIGTERM and SIGHUP cancel it (a transaction is rolled back) and give 128+n."""
    ended = 0

    async def guarded() -> int:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def stop(number: int) -> None:
            nonlocal ended
            ended = number
            if task:
                task.cancel()

        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, stop, number)
        return int(await act)

    try:
        return asyncio.run(guarded())
    except asyncio.CancelledError:
        return 128 + ended


async def _who_may(host: Host, actor: Actor, fault: NotPermitted) -> NotPermitted:
    """Where a permission is lacking: the roles that have it, and whom to ask."""
    if fault.text.id != "engine.not_permitted":
        return fault
    from cstui.people import holders
    from cstui.permitted import who_may

    today = host.clock().astimezone(host.zone).date()
    told = who_may(actor, str(fault.value), host.settings.roles, await holders(today))
    return NotPermitted(told.id, **{**told.args, "field": fault.field, "rule": fault.rule})


def run(words: list[str]) -> int:
    """Parse the words and run their command; every fault becomes a line and an exit code."""
    talk = Talk(Words.load(host_folders()), choose_language("auto", os.environ), "--json" in words)
    call = Call(talk)
    logging.getLogger().addHandler(log.LogFile(call))
    try:
        return _run(call, words)
    except Fault as fault:
        return talk.fault(fault)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        from cstui.plugins.faults import at_site

        place = log.write(call, "unforeseen", error)
        kind = ", ".join(filter(None, (type(error).__name__, at_site(error))))
        said = talk.say("cli.unexpected", kind=kind, log=str(place) if place else "—")
        if talk.json and not talk.documented:
            talk.document({"error": {"code": PROGRAM_FAULT, "kind": type(error).__name__, "text": said}})
        talk.tell("cstui: " + said)
        return PROGRAM_FAULT


def _run(call: Call, words: list[str]) -> int:
    _refuse_bytes(words)
    given, rest = parse(words, GLOBAL)
    call.config, call.claimed, call.safe = given.get("config"), given.get("as"), "safe" in given
    if not rest and call.claimed and (original := os.environ.get("SSH_ORIGINAL_COMMAND", "").strip()):
        call.forced = True
        _refuse_bytes([original])
        given, rest = _forced(call, original)
        call.talk.json = "--json" in original.split()
        call.safe = call.safe or "safe" in given
    if given.get("version"):
        from cstui import __version__

        call.talk.data(f"cstui {__version__}")
        return 0
    if given.get("help"):
        from cstui.cli.help import overview

        return overview(call.talk)
    if not rest:
        return dashboard(call)
    name, length = find(rest)
    if not name:
        from cstui.cli.action import run as act

        call.command, call.rest = " ".join(rest[:2]), rest
        return act(call)
    return _command(call, name, rest[length:])


def _refuse_bytes(words: list[str]) -> None:
    """Words that are no text can't be looked for, stored or shown. Raises BadInput."""
    for word in words:
        if not word.isascii() and any("\ud800" <= char <= "\udfff" for char in word):
            raise BadInput("cli.usage.no_text", value=word)


def _forced(call: Call, original: str) -> tuple[dict[str, Any], list[str]]:
    try:
        given, rest = parse(shlex.split(original), GLOBAL)
    except ValueError as error:
        raise BadInput("cli.forced.unreadable", value=original) from error
    for word in ("as", "config"):
        if word in given:
            raise NotPermitted("cli.forced.identity", value="--" + word)
    if rest:
        name, _ = find(rest)
        if name and not (name in COMMANDS and COMMANDS[name].forced):
            raise NotPermitted("cli.forced.command", value=name)
    return given, rest


def _command(call: Call, name: str, words: list[str]) -> int:
    command: Command | None = COMMANDS.get(name)
    call.command = name
    if command is None or words[:1] in (["--help"], ["-h"]):
        from cstui.cli.help import group, one

        if command:
            return one(call.talk, name)
        return group(call.talk, name, 0 if words[:1] in (["--help"], ["-h"]) else 2)
    given, call.rest = parse(words, command.form)
    if given.get("help"):
        from cstui.cli.help import one

        return one(call.talk, name)
    complete(given, command.form)
    call.given = given
    module, _, function = command.run.partition(":")
    runner: Callable[[Call], int] = getattr(import_module(f"cstui.cli.{module}"), function)
    return runner(call)


def dashboard(call: Call) -> int:
    """Start the dashboard, by name: the command line never imports it otherwise."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput("cli.no_terminal")
    start = import_module("cstui.tui.start").run_dashboard
    return int(start(call.config_path, lambda file: call.login_on(file) if file else call.login, call.safe) or 0)
