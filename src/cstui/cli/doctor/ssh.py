"""The way in over SSH, where this account lets people in by it: its authorized_keys, and what sshd is told."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cstui.cli.doctor.finding import Finding

if TYPE_CHECKING:
    from cstui.cli.call import Call
    from cstui.host import Host

OPTIONS = re.compile(r'((?:[^\s"]|"(?:[^"\\]|\\.)*")+)\s+(?:ssh-|ecdsa-|sk-)')
"""The options before a key: blanks stand in them only in quotation marks."""
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
PERSON = re.compile(r'command="(?:[^"\\]|\\.)* --as ([^\s"]+)')
SSHD = Path("/etc/ssh/sshd_config")


async def look(call: Call, host: Host) -> AsyncIterator[Finding]:
    """Lines that give more than cstui, people who may do nothing, and settings that leave dead lines standing."""
    say = call.talk.say
    keys = Path(pwd.getpwuid(os.getuid()).pw_dir, ".ssh", "authorized_keys")
    lines = dict(_options(keys))
    people = {number: found[1] for number, options in lines.items() if (found := PERSON.search(options))}
    if not people:
        return
    yield Finding("ssh", say("cli.doctor.ssh_people", n=len(people), value=str(keys)), figures={"people": len(people)})
    for number, options in lines.items():
        fault = (
            "ssh_shell" if number not in people
            else "ssh_unrestricted" if "restrict" not in QUOTED.sub("", options).split(",")
            else "ssh_not_isolated" if " -I " not in options
            else ""
        )  # fmt: skip
        if fault:
            yield Finding("ssh", say(f"cli.doctor.{fault}", value=number), True, {"line": number})
    strangers = [login for login in sorted(set(people.values())) if not (await host.actor(login)).permissions]
    if strangers:
        told = say("cli.doctor.ssh_strangers", value=", ".join(strangers))
        yield Finding("ssh", told, figures={"logins": strangers})
    settings = list(_settings(SSHD))
    if not settings:
        yield Finding("ssh", say("cli.doctor.sshd_unread", value=str(SSHD)))
    elif not any(name == "clientaliveinterval" and value.strip("0") for name, value in settings):
        yield Finding("ssh", say("cli.doctor.sshd_alive", value=str(SSHD)), True)


def _options(keys: Path) -> Iterator[tuple[int, str]]:
    """The options of each line with a key, by its number from 1."""
    try:
        text = keys.read_text("utf-8", "replace")
    except OSError:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if (stripped := line.strip()) and not stripped.startswith("#"):
            found = OPTIONS.match(stripped)
            yield number, found[1] if found else ""


def _settings(sshd: Path) -> Iterator[tuple[str, str]]:
    """Keyword and value of sshd's configuration and of the files beside it, as far as this account may read them."""
    for file in (sshd, *sorted(sshd.with_name(f"{sshd.name}.d").glob("*.conf"))):
        try:
            text = file.read_text("utf-8", "replace")
        except OSError:
            continue
        for line in text.splitlines():
            if match := re.match(r"\s*(\w+)[\s=]+(.+?)\s*$", line):
                yield match[1].lower(), match[2]
