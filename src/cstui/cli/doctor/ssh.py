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
PERSON = re.compile(r'command="(?:[^"\\]|\\.)* --as ([^\s"]+)')
SSHD = Path("/etc/ssh/sshd_config")


async def look(call: Call, host: Host) -> AsyncIterator[Finding]:
    """Lines that give more than cstui, people who may do nothing, and settings that leave dead lines standing."""
    say = call.talk.say
    keys = Path(pwd.getpwuid(os.getuid()).pw_dir, ".ssh", "authorized_keys")
    lines = list(_lines(keys))
    people = {number: found[1] for number, line in lines if (found := PERSON.search(line))}
    if not people:
        return
    yield Finding("ssh", say("cli.doctor.ssh_people", n=len(people), value=str(keys)), figures={"people": len(people)})
    for number, line in lines:
        options = found[1] if (found := OPTIONS.match(line)) else ""
        if number not in people:
            yield Finding("ssh", say("cli.doctor.ssh_shell", value=number), True, {"line": number})
        elif "restrict" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", options).split(","):
            yield Finding("ssh", say("cli.doctor.ssh_unrestricted", value=number), True, {"line": number})
        elif " -I " not in options:
            yield Finding("ssh", say("cli.doctor.ssh_not_isolated", value=number), True, {"line": number})
    strangers = [login for login in sorted(set(people.values())) if not (await host.actor(login)).permissions]
    if strangers:
        told = say("cli.doctor.ssh_strangers", value=", ".join(strangers))
        yield Finding("ssh", told, figures={"logins": strangers})
    settings = list(_settings(SSHD))
    if not settings:
        yield Finding("ssh", say("cli.doctor.sshd_unread", value=str(SSHD)))
    elif not any(name == "clientaliveinterval" and value.strip("0") for name, value in settings):
        yield Finding("ssh", say("cli.doctor.sshd_alive", value=str(SSHD)), True)


def _lines(keys: Path) -> Iterator[tuple[int, str]]:
    """Lines with a key, numbered from 1."""
    try:
        text = keys.read_text("utf-8", "replace")
    except OSError:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


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
