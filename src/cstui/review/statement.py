"""The sign-off from outside the act: run it, keep its checkpoint elsewhere, tell what was signed.

A sign-off has one checkpoint: that of its own entry in the journal, which covers the statement and all before it. The
statement shows the very line that was added to the file outside the store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cstui import engine, journal
from cstui.api import Content, Context, Facts, Paper, Table
from cstui.contract.context import Actor
from cstui.contract.text import Text, Verbatim, unpack
from cstui.journal.chain import Checkpoint
from cstui.review.models import SignOff
from cstui.review.sheet import Sheet
from cstui.store.models import Entry, EntryRef, Stamp

if TYPE_CHECKING:
    from cstui.host import Host

HEAD = ("severity", "area", "matter", "person", "how", "note", "rule")


async def sign_off(
    host: Host, actor: Actor, day: date | None = None, note: str = ""
) -> tuple[engine.Outcome, Checkpoint]:
    """Sign a day off and write the checkpoint to the file outside the store.

    Raises as `engine.run`; a checkpoint file that can't be written is a note of the outcome's.
    """
    raw = {"note": note} | ({"day": day} if day else {})
    outcome = await engine.run(host, "review.sign_off", raw, actor)
    point = await host.call(_checkpoint(day or host.clock().astimezone(host.zone).date(), outcome.entry))
    try:
        journal.write_checkpoint(host.settings.checkpoints, point)
    except OSError as error:
        missed = Text("review.checkpoint_not_written", value=str(host.settings.checkpoints), reason=error.strerror)
        outcome = engine.Outcome(outcome.text, (*outcome.notes, missed), outcome.entry, outcome.changed, outcome.rows)
    return outcome, point


async def _checkpoint(day: date, seq: int) -> Checkpoint:
    entry, stamp = await Entry.get(seq=seq), await Stamp.get(id=1)
    at = datetime.fromisoformat(entry.at).isoformat(timespec="seconds")
    return Checkpoint(stamp.store_id, entry.seq, entry.hash, at, f"sign-off {day.isoformat()}")


async def checkpoint_of(signed: SignOff) -> Checkpoint | None:
    """The checkpoint of a sign-off: that of the entry that made it."""
    entries = await EntryRef.filter(ref=f"{SignOff._meta.db_table}:{signed.pk}").order_by("seq").limit(1)
    return await _checkpoint(signed.day, entries[0].seq) if entries else None


@dataclass(frozen=True, slots=True)
class Told:
    """A signed day, not yet in any language. `closing` ends with what introduces the checkpoint."""

    title: Text
    lines: Sequence[Text]
    rows: Sequence[tuple[Text, ...]]
    closing: Sequence[Text]
    checkpoint: str


async def statement(host: Host, day: date, lang: str) -> Sheet | None:
    """The statement of a signed day, or None."""
    told = await host.call(_of_day(day))
    if told is None:
        return None

    def say(text: Text) -> str:
        return host.words.say(text, lang, host.zone)

    rows = tuple(tuple(map(say, row)) for row in told.rows)
    return Sheet(
        title=say(told.title),
        lines=tuple(map(say, told.lines)),
        names=HEAD,
        head=tuple(map(say, _head())),
        groups=(("", rows),) if rows else (),
        closing=tuple(map(say, told.closing)),
        checkpoint=told.checkpoint,
    )


async def _of_day(day: date) -> Told | None:
    signed = await SignOff.filter(day=day).first()
    return await _told(signed) if signed else None


async def _told(signed: SignOff) -> Told:
    kept = json.loads(signed.statement)
    lines = [Text("review.statement.by", name=signed.by_name, at=signed.at)]
    lines += [Text("review.statement.late")] if signed.late else []
    lines += [Verbatim(signed.note)] if signed.note else []
    lines += [] if kept["matters"] else [Text("review.statement.none")]
    done = [Text("review.statement.act", what=_action(action), count=count) for action, count in kept["acts"]]
    closing = [Text("review.statement.acts", acts=done)] if done else []
    closing += [
        Text("review.statement.unknown", area=Text(f"{area}.title"), reason=unpack(why))
        for area, why in kept["unknown"]
    ]
    point = await checkpoint_of(signed)
    return Told(
        title=Text("review.statement.title", site=kept["site"], day=signed.day),
        lines=lines,
        rows=[_row(matter) for matter in kept["matters"]],
        closing=[*closing, Text("review.statement.checkpoint")],
        checkpoint=point.line() if point else signed.checkpoint,
    )


def _action(action: str) -> Text:
    area, _, name = action.partition(".")
    return Text(f"{area}.action.{name}")


def _head() -> tuple[Text, ...]:
    return tuple(Text(f"review.statement.{name}") for name in HEAD)


def _row(matter: Mapping[str, Any]) -> tuple[Text, ...]:
    return (
        Text(f"severity.{matter['severity']}") if "severity" in matter else Verbatim(""),
        Text(f"{matter['area']}.title") if "area" in matter else Verbatim(""),
        _text(matter.get("title", matter["item"])),
        Verbatim(matter.get("person", "")),
        Text(f"review.choice.{matter['how']}"),
        _text(matter["note"]),
        Verbatim(matter.get("rule", "")),
    )


def _text(packed: Any) -> Text:
    """A text as it was kept; plain words in the statements of the first version."""
    made = unpack(packed)
    return made if isinstance(made, Text) else Verbatim(str(made))


async def _pages(ctx: Context, days: Sequence[SignOff]) -> list[Content]:
    """One sheet a day: who signed, each matter with what became of it, the checkpoint, room for a signature."""
    made = []
    for signed in days:
        told = await _told(signed)
        made.append(
            Content(
                told.title,
                [
                    *told.lines,
                    *([Table(_head(), told.rows)] if told.rows else []),
                    *told.closing,
                    Verbatim(told.checkpoint),
                    Facts([(Text("review.statement.signature"), "")]),
                ],
                wide=True,
            )
        )
    return made


PAPERS = (Paper("review.statement", "review.days", _pages, needs="review.all"),)
