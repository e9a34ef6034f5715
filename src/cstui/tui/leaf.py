"""A record as the lines of its page: its fields by heading, what belongs to it, its timeline, and the rules of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cstui import dossier, registers
from cstui.cells import pad, width
from cstui.dossier import Belonging, Section
from cstui.timeline import Changed, Difference, Event
from cstui.tui.paint import Run, columns, hanging
from cstui.tui.screens.reader import Leading

if TYPE_CHECKING:
    from cstui.contract.declare import Register
    from cstui.registers import Row
    from cstui.tui.app import Dashboard

LABEL = (18, 28)
"""Most cells for the name of a field, in little room and in much."""
MUCH = 100
WHEN = 13
"""Cells from the left edge to what an act changed."""
ON = " >"
"""After a value that leads on."""


def led(runs: Iterable[Sequence[Run]], lead: str = "") -> list[Leading]:
    """Lines of which the first leads somewhere."""
    return [(line, "" if number else lead) for number, line in enumerate(runs)]


class Leaf:
    """Writes the lines for one page: its language, its width, and whether it shows a past moment."""

    def __init__(self, app: Dashboard, room: int) -> None:
        self.app, self.room = app, room

    def fields(self, register: Register, sections: Iterable[Section]) -> Iterator[Leading]:
        """Each filled field, under its heading; a value that names a record leads to it."""
        area = register.id.split(".", 1)[0]
        told = list(sections)
        labels = [self.app.label(area, field.column.name) for section in told for field in section.fields]
        wide = min(LABEL[self.room >= MUCH], max(map(width, labels), default=0))
        for section in told:
            if section.name:
                yield from led([[], [(self.app.say(f"{area}.section.{section.name}").upper(), "accent")]])
            for field in section.fields:
                lead = f"record:{field.lead.register}:{field.lead.pk}" if field.lead else ""
                label = (pad(self.app.label(area, field.column.name), wide) + "  ", "dim")
                *lines, last = hanging([label], self.app.value(field.value, area), "", wide + 2, self.room - len(ON))
                yield from led([*lines, [*last, (ON, "dim")] if lead else last], lead)

    def belonging(self, one: Belonging, whole: str) -> Iterator[Leading]:
        """The records of one register that belong here; `whole` leads to all of them."""
        area = one.register.id.split(".", 1)[0]
        title = self.app.say(f"{area}.register.{one.register.id.split('.', 1)[1]}")
        if one.ambiguous:
            title += f" - {self.app.label(area, one.field.removesuffix('_id'))}"
        yield [], ""
        yield [(title.upper(), "accent"), (f"  {one.count}{ON if whole else ''}", "dim")], whole
        shown, room = [], self.room
        for column in one.columns:
            cells = max(column.width, width(self.app.label(area, column.name)))
            if room - cells < 1:
                break
            shown.append((column, cells))
            room -= cells + 2
        yield columns([(self.app.label(area, c.name), cells, "head", c.align) for c, cells in shown], 2), ""
        for row in one.rows:
            told = [(self._cell(row, c.name, area), cells, "", c.align) for c, cells in shown]
            yield columns(told, 2), f"record:{one.register.id}:{row.pk}"
        if one.count > len(one.rows):
            yield [(self.app.say("tui.record.whole", n=one.count), "dim")], whole

    def _cell(self, row: Row, name: str, area: str) -> str:
        value = row.values[name]
        return self.app.value(value, area) if value not in (None, "") else ""

    def event(self, event: Event, own: tuple[Register, int], lead: str) -> Iterator[Leading]:
        """An act: when, who, what it is called and what it said; then what it changed, was typed, and its rules."""
        entry, say = event.entry, self.app.say
        area, _, name = entry.action.partition(".")
        what = say(f"{area}.action.{name}")
        if entry.outcome == "refused":
            what = say("tui.detail.refused", what=what)
        when = pad(self.app.value(entry.at), WHEN - 2) + "  "
        begun: list[Run] = [(when, "dim"), (f"{entry.name}  ", ""), (what, "strong")]
        used = sum(width(text) for text, _ in begun)
        said = say(entry.text) if entry.text else ""
        if said and used + 2 + width(said) <= self.room:
            begun.append((f"  {said}", ""))
            said = ""
        yield begun, lead
        yield from led(self._under([], said, "") if said else [])
        if entry.blanked:
            yield from led(self._under([], say("tui.journal.blanked"), "warning"))
        for changed in sorted(event.changes, key=lambda one: (one.register, one.pk) != own):
            if (changed.register, changed.pk) != own:
                yield self._other(changed)
            yield from self.differences(changed, WHEN)
        for name, value in event.typed:
            label = self.app.label(area, name)
            yield from led(self._under([(f"{label}  ", "dim")], self.app.value(value, area), ""))
        if rules := [self._article(rule) for rule in dict.fromkeys(entry.rules) if rule]:
            label = f"{say('tui.record.under')}  "
            yield from led(self._under([(label, "dim")], say("tui.record.join").join(rules), "dim"))

    def _under(self, before: Sequence[Run], text: str, style: str) -> list[Sequence[Run]]:
        """A text under an act, indented."""
        indented: list[Run] = [(" " * WHEN, ""), *before]
        return hanging(indented, text, style, WHEN + sum(width(one) for one, _ in before), self.room)

    def _other(self, changed: Changed) -> Leading:
        """The record that an act changed, where it isn't the one of this page."""
        register = changed.register
        assert register
        area, _, name = register.id.partition(".")
        told = f"{self.app.say(f'{area}.register.{name}')}  {self.named(changed.name, area)}{ON}"
        return [(" " * WHEN, ""), (told, "dim")], f"record:{register.id}:{changed.pk}"

    def changed(self, one: Changed) -> Iterator[Leading]:
        """One record that an act changed, and what of it."""
        lead = f"record:{one.register.id}:{one.pk}" if one.register and not one.deleted else ""
        kind = self.app.say(f"{one.area}.register.{one.register.id.split('.', 1)[1]}") if one.register else one.table
        told: list[Run] = [(f"{kind}  {self.named(one.name, one.area)}", "accent"), (ON if lead else "", "dim")]
        yield [], ""
        yield told, lead
        yield from self.differences(one, 2)

    def named(self, name: Sequence[Any], area: str) -> str:
        return "  ".join(self.app.value(one, area) for one in name)

    def differences(self, changed: Changed, indent: int) -> Iterator[Leading]:
        """From what to what, by field; of a new record what it holds."""
        say, area, edge = self.app.say, changed.area, (" " * indent, "")
        if changed.deleted:
            yield [edge, (say("tui.journal.deleted"), "warning")], ""
        elif changed.created:
            told = say("tui.record.join").join(
                say("tui.record.holds", label=self.app.label(area, one.name), value=self._said(one.after, area))
                for one in changed.differences
                if one.after not in (None, "")
            )
            yield from led(hanging([edge], told, "dim", indent, self.room) if told else [])
        else:
            yield from (line for one in changed.differences for line in self._difference(one, area, indent))

    def _difference(self, one: Difference, area: str, indent: int) -> Iterator[Leading]:
        label = f"{self.app.label(area, one.name)}  "
        begun: list[Run] = [(" " * indent, ""), (label, "dim")]
        told = f"{self._said(one.before, area)} -> {self._said(one.after, area)}"
        yield from led(hanging(begun, told, "", indent + width(label), self.room))

    def _said(self, value: Any, area: str) -> str:
        return self.app.say("tui.record.nothing") if value in (None, "") else self.app.value(value, area)

    def _article(self, rule_id: str) -> str:
        """A rule by its id and article."""
        assert self.app.host
        rule = self.app.host.rules.get(rule_id)
        return f"{rule_id} {rule.source.rsplit(' ', 1)[-1]}" if rule and rule.source else rule_id

    def rules(self, events: Iterable[Event]) -> Iterator[Leading]:
        """The rules that these acts stand under, in own words, and where they are printed."""
        assert self.app.host
        named = dict.fromkeys(rule for event in events for rule in event.entry.rules)
        known = [self.app.host.rules[rule] for rule in sorted(named) if rule in self.app.host.rules]
        if known:
            yield from led([[], [(self.app.say("tui.record.rules"), "accent")]])
        indent = max([WHEN, *(width(rule.id) + 2 for rule in known)])
        for rule in known:
            label = pad(rule.id, indent)
            yield from led(hanging([(label, "strong")], self.app.say(rule.words), "", indent, self.room))
            yield from led(hanging([(" " * indent, "")], rule.source, "dim", indent, self.room))


def name_of(app: Dashboard, register: Register, row: Row) -> str:
    """A record's name at the head of its page: its key, and its name beside it."""
    area = register.id.split(".", 1)[0]
    named = dossier.name_of(register, row)
    key = [] if register.natural_key == ("id",) else registers.key_of(register, row.record)
    beside = [] if named == key else [app.value(one, area) for one in named]
    return "  ".join(dict.fromkeys(filter(None, [" ".join(app.value(one, area) for one in key), *beside])))
