"""The sign-off from outside the act: run it, keep its checkpoint elsewhere, tell what was signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cstui import engine, journal
from cstui.cells import clean
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


@dataclass(frozen=True, slots=True)
class Statement:
    """A signed day in a language: what the screen and the file tell alike."""

    title: str
    lines: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    checkpoint: str

    def markdown(self) -> str:
        """The statement as Markdown; nothing in people's words is markup."""
        told = [f"# {_plain(self.title)}", "", *(f"{_plain(line)}  " for line in self.lines), ""]
        if self.rows:
            told += [f"| {' | '.join(self.head)} |", "|" + " --- |" * len(self.head)]
            told += [f"| {' | '.join(map(_plain, row))} |" for row in self.rows]
            told.append("")
        told += [f"{_plain(line)}  " for line in self.closing]
        return "\n".join([*told, "", f"    {self.checkpoint}", ""])


async def statement(host: Host, day: date, lang: str) -> Statement | None:
    """The statement of a signed day, or None."""
    signed = await host.call(_signed(day))
    if signed is None:
        return None

    def say(text: Text | str, **args: Any) -> str:
        return host.words.say(text, lang, host.zone, **args)

    told = json.loads(signed.statement)
    lines = [say("review.statement.by", name=signed.by_name, at=signed.at)]
    lines += [say("review.statement.late")] if signed.late else []
    lines += [signed.note] if signed.note else []
    lines += [] if told["matters"] else [say("review.statement.none")]
    done = [
        f"{say(f'{area}.action.{name}')} {n}" for action, n in told["acts"] for area, name in [action.split(".", 1)]
    ]
    closing = [say("review.statement.acts", acts=say("value.join").join(done))] if done else []
    closing += [say("review.statement.unknown", area=area, reason=say(unpack(why))) for area, why in told["unknown"]]
    return Statement(
        title=say("review.statement.title", site=told["site"], day=day),
        lines=tuple(lines),
        head=tuple(say(f"review.statement.{name}") for name in HEAD),
        rows=tuple(_row(say, matter) for matter in told["matters"]),
        closing=(*closing, say("review.statement.checkpoint")),
        checkpoint=signed.checkpoint,
    )


def _row(say: Callable[..., str], matter: Mapping[str, Any]) -> tuple[str, ...]:
    title = unpack(matter["title"]) if "title" in matter else matter["item"]
    return (
        say(f"severity.{matter['severity']}") if "severity" in matter else "",
        say(f"{matter['area']}.title") if "area" in matter else "",
        say(title) if isinstance(title, Text) else str(title),
        matter.get("person", ""),
        say(f"review.choice.{matter['how']}"),
        matter["note"],
        matter.get("rule", ""),
    )


async def _signed(day: date) -> SignOff | None:
    return await SignOff.filter(day=day).first()


HEAD = ("severity", "area", "matter", "person", "how", "note", "rule")


def _plain(words: str) -> str:
    """A person's words in Markdown: nothing of them is markup."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in clean(words))
