"""What a matter is: its record, its rule with article and figures, the proof of its due time, its history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cstui import journal, registers
from cstui.cells import pad, width
from cstui.contract.errors import Fault
from cstui.contract.text import Text
from cstui.review import Matter, Settled
from cstui.tui.paint import Run, hanging

if TYPE_CHECKING:
    from cstui.journal import Told
    from cstui.review.models import Disposition
    from cstui.tui.app import Dashboard

LABEL = 18
"""Most cells for the name of a field."""
NOTES = 3
"""The last notes stand above the record; those before them below all else, so that they don't push it out of sight."""


async def detail(app: Dashboard, matter: Matter, room: int) -> list[Sequence[Run]]:
    """The lines of a matter's detail, in `room` terminal cells."""
    return await app.call(_detail(app, matter, room))


async def _detail(app: Dashboard, matter: Matter, room: int) -> list[Sequence[Run]]:
    assert app.host and app.actor
    item = matter.item
    ctx = await app.host.context(app.actor)
    told: list[Sequence[Run]] = [[(app.say(item.title), "strong")]]
    if matter.became:
        told += hanging([], app.say(matter.became), "accent", 0, room)
    told += [[], *_said(app, matter, room)]
    if item.register and item.records:
        try:
            row = await registers.one(app.host, ctx, item.register, item.records[0])
            told += fields(app, item.register, row, room)
        except Fault as fault:
            told.append([(app.say(fault.text), "warning")])
        if len(item.records) > 1:
            told.append([(app.say("tui.detail.more", n=len(item.records) - 1), "dim")])
    if item.rule:
        told += [[], [(app.say("tui.detail.rule"), "accent")], *rule_lines(app, ctx, item.rule)]
    if earlier := matter.notes[:-NOTES]:
        told += [[], *_notes(app, "notes_before", earlier, room)]
    return told


def _said(app: Dashboard, matter: Matter, room: int) -> list[Sequence[Run]]:
    """Why it is due, and what was asked and noted: where there is little room it mustn't stand below the fields."""
    told: list[Sequence[Run]] = []
    if matter.item.proof:
        told += [[(app.say("tui.detail.proof"), "accent")]]
        told += [line for text in matter.item.proof for line in hanging([], app.say(text), "", 0, room)]
        told += [[]]
    for question in matter.questions:
        told += [[(app.say("tui.detail.question", name=question.by_name, person=question.person.name), "accent")]]
        told += hanging([], question.question, "", 0, room)
        told += hanging(
            [], question.answer or app.say("tui.detail.no_answer"), "strong" if question.answer else "dim", 0, room
        )
        told += [[]]
    if matter.notes:
        told += [*_notes(app, "notes", matter.notes[-NOTES:], room), []]
    return told


def _notes(app: Dashboard, heading: str, notes: Sequence[Disposition], room: int) -> list[Sequence[Run]]:
    told: list[Sequence[Run]] = [[(app.say(f"tui.detail.{heading}"), "accent")]]
    for note in notes:
        when = f"{app.value(note.at)}  "
        told += hanging([(when, "dim")], f"{note.by_name}  {note.note}", "", width(when), room)
    return told


def settled(app: Dashboard, one: Settled, room: int) -> list[Sequence[Run]]:
    """What was due, and what settled it."""
    told: list[Sequence[Run]] = [[(app.say(one.item.title), "strong")], []]
    done = Text("review.became.done", what=one.by.told, name=one.by.name, at=one.by.at)
    told += hanging([], app.say(done), "accent", 0, room)
    return [*told, *(hanging([], app.say(one.by.text), "", 0, room) if one.by.text else [])]


async def history(app: Dashboard, matter: Matter) -> list[Sequence[Run]]:
    """What happened to the matter's record; read apart, for an entry of a big import takes its time."""
    item = matter.item
    if not (app.host and item.register in app.host.registers and item.records):
        return []
    entries = await app.call(journal.history(app.host, item.register, item.records[0], 12))
    return [[], [(app.say("tui.detail.history"), "accent")], *(history_line(app, entry) for entry in entries)]


def fields(app: Dashboard, register_id: str, row: registers.Row, room: int) -> list[Sequence[Run]]:
    """The columns of a row, label and value; empty ones are left out."""
    area = register_id.split(".", 1)[0]
    filled = {name: value for name, value in row.values.items() if value not in (None, "")}
    shown = {app.label(area, name): app.value(value, area) for name, value in filled.items()}
    wide = min(LABEL, max(map(width, shown), default=0))
    return [
        line
        for label, value in shown.items()
        for line in hanging([(pad(label, wide) + "  ", "dim")], value, "", wide + 2, room)
    ]


def rule_lines(app: Dashboard, ctx: Any, rule_id: str) -> list[Sequence[Run]]:
    """The rule in own words, its figures in force (a † marks one in no regulation), and its source."""
    assert app.host
    if rule_id not in app.host.rules:
        return [[(rule_id, "")]]
    rule = ctx.rule(rule_id)
    told: list[Sequence[Run]] = [[(f"{rule_id} ", "strong"), (app.say(rule.rule.words), "")]]
    for param in rule.rule.params:
        mark = f"  {app.say('tui.detail.proposed')}" if param.proposed else ""
        figure = app.words.figure(param, getattr(rule, param.name), app.lang, rule.rule.area)
        label = app.words.figure_label(rule.rule.area, param.name, app.lang)
        told.append([(f"{label}  ", "dim"), (figure, ""), (mark, "dim")])
    if not rule.on:
        told.append([(app.say("tui.detail.rule_off"), "warning")])
    told.append([(f"{rule.rule.source} {app.say(f'basis.{rule.rule.basis}')}".rstrip(), "dim")])
    return told


def history_line(app: Dashboard, entry: Told) -> Sequence[Run]:
    """Who did what, when."""
    area, _, name = entry.action.partition(".")
    what = app.say(f"{area}.action.{name}")
    if entry.outcome == "refused":
        what = app.say("tui.detail.refused", what=what)
    text = app.say(entry.text) if isinstance(entry.text, Text) else ""
    when = (f"{app.value(entry.at)}  ", "dim")
    return [when, (f"{entry.name} ", ""), (what, ""), (f"  {text}" if text else "", "dim")]
