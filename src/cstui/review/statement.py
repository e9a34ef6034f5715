"""The sign-off from outside the act: run it, keep its checkpoint elsewhere, tell it as Markdown."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from cstui import engine, journal
from cstui.contract.context import Actor
from cstui.contract.text import Text, unpack
from cstui.journal.chain import Checkpoint
from cstui.review.models import SignOff

if TYPE_CHECKING:
    from cstui.host import Host


async def sign_off(
    host: Host, actor: Actor, day: date | None = None, note: str = ""
) -> tuple[engine.Outcome, Checkpoint]:
    """Sign a day off and write the checkpoint to the file outside the store.

    Raises as `engine.run`; a checkpoint file that can't be written is a note of the outcome's.
    """
    raw = {"note": note} | ({"day": day} if day else {})
    outcome = await engine.run(host, "review.sign_off", raw, actor)
    told = (day or host.clock().astimezone(host.zone).date()).isoformat()
    point = await host.call(journal.head(host, f"sign-off {told}"))
    try:
        journal.write_checkpoint(host.settings.checkpoints, point)
    except OSError as error:
        missed = Text("review.checkpoint_not_written", value=str(host.settings.checkpoints), reason=error.strerror)
        outcome = engine.Outcome(outcome.text, (*outcome.notes, missed), outcome.entry, outcome.changed, outcome.rows)
    return outcome, point


async def markdown(host: Host, day: date, lang: str) -> str:
    """The statement of a signed day. Empty if the day isn't signed."""
    signed = await host.call(_signed(day))
    if signed is None:
        return ""
    say, zone = host.words.say, host.zone
    told = json.loads(signed.statement)
    lines = [
        f"# {say('review.statement.title', lang, site=_plain(told['site']), day=day)}",
        "",
        say("review.statement.by", lang, name=_plain(signed.by_name), zone=zone, at=signed.at),
    ]
    if signed.late:
        lines.append(say("review.statement.late", lang))
    if signed.note:
        lines.append(_plain(signed.note))
    lines += ["", f"| {' | '.join(say(f'review.statement.{c}', lang) for c in _HEAD)} |", "|" + " --- |" * len(_HEAD)]
    for matter in told["matters"]:
        title = unpack(matter["title"]) if "title" in matter else matter["item"]
        severity = say(f"severity.{matter['severity']}", lang) if "severity" in matter else ""
        area = say(f"{matter['area']}.title", lang) if "area" in matter else ""
        shown = say(title, lang, zone=zone) if isinstance(title, Text) else title
        how = say(f"review.choice.{matter['how']}", lang)
        cells = (severity, area, shown, matter.get("person", ""), how, matter["note"], matter.get("rule", ""))
        lines.append(f"| {' | '.join(_plain(str(cell)) for cell in cells)} |")
    lines += [
        f"- {say('review.statement.unknown', lang, area=area, reason=_plain(say(unpack(why), lang)))}"
        for area, why in told["unknown"]
    ]
    lines += ["", say("review.statement.checkpoint", lang), "", f"    {signed.checkpoint}", ""]
    return "\n".join(lines)


async def _signed(day: date) -> SignOff | None:
    return await SignOff.filter(day=day).first()


_HEAD = ("severity", "area", "matter", "person", "how", "note", "rule")


def _plain(words: str) -> str:
    """A person's words in a Markdown table: nothing of them is markup."""
    from cstui.cells import clean

    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in clean(words))
    return escaped.replace("\n", " ")
