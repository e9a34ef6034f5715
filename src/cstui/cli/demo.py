"""`cstui demo`: the sample department, made on first use, whoever made it being its supervisor."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cstui import identity
from cstui.contract.errors import BadInput

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.host import Host


def run(call: Call) -> int:
    """`cstui demo [--to DIR]`: opens it, or writes a site there."""
    named = call.given.get("to")
    folder = Path(named).absolute() if named else default_folder()
    config = folder / "config.toml"
    if named and folder.exists() and any(folder.iterdir()):
        raise BadInput("cli.demo.exists", field="to", value=str(folder))
    if not named and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput("cli.no_terminal")
    call.config = str(config)
    if not config.is_file():
        _make(call, folder)
    if named:
        if call.talk.json:
            call.talk.document({"folder": str(folder), "config": str(config)})
        else:
            call.talk.data(call.talk.say("cli.demo.ready", folder=str(folder), config=str(config)))
        return 0
    from cstui.cli.call import dashboard

    return dashboard(call)


def default_folder() -> Path:
    """Where the user's sample department lives."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "cstui" / "demo"


def _make(call: Call, folder: Path) -> None:
    """Build it aside and put it in place whole: a build that was interrupted leaves nothing behind."""
    from cstui.cli.call import until_signal
    from cstui.demo import build

    talk = call.talk
    talk.tell(talk.say("cli.demo.building", folder=str(folder)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(f".{folder.name}.building-{os.getpid()}")

    def step(host: Host, name: str, area: str = "") -> None:
        talk.words = host.words
        title = talk.say(f"{area}.title") if area else ""
        talk.tell(talk.say("cli.demo.step", what=talk.say(f"cli.demo.{name}", area=title)))

    async def made() -> int:
        failed = await build(aside, identity.account(), step)
        for area, error in failed.items():
            talk.tell(
                talk.say(
                    "cli.demo.incomplete", area=talk.say(f"{area}.title"), reason=f"{type(error).__name__}: {error}"
                )
            )
        return 0

    try:
        code = until_signal(made())
        if code:
            sys.exit(code)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
