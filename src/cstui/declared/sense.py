"""Whether the tables of an area.toml make sense together: what one names, another declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from difflib import get_close_matches
from keyword import iskeyword
from typing import Any

from cstui.contract.figures import CLOCK
from cstui.contract.inputs import Input
from cstui.contract.records import Growing
from cstui.contract.text import Text
from cstui.declared.figures import param_of
from cstui.declared.file import AreaTable, ProposalTable, RegisterTable, Worded
from cstui.declared.reading import Source
from cstui.declared.texts import own_columns, told
from cstui.words import LANGUAGES

LONGEST = 55
"""Characters of a table's name: with "journal_" before it it names a trigger, which PostgreSQL cuts off at 63."""
OPTIONS = {"help", "json", "dry_run", "override"}
RESERVED = OPTIONS | {
    "added_at", "added_by", "done_at", "done_by", "late", "score", "approval", "correction", "reason",
    *(name for name in dir(Growing) if not name.startswith("_")),
}  # fmt: skip
"""Names that options, the host's own columns and classes have."""


def check(area: str, file: AreaTable, source: Source) -> None:
    """Adds every mistake, and a note for each name that one language lacks."""
    _named(file, "", source)
    for number, rule in file.rule.items():
        _named(rule, f"rule.{number}", source)
        for name, figure in rule.figure.items():
            key = f"rule.{number}.figure.{name}"
            _named(figure, key, source)
            if file.figures[name][0] != number:
                source.fault("twice", key, name)
            if param_of(name, figure) is None:
                source.fault("value", f"{key}.value", repr(figure.value))
    for name, register in file.registers.items():
        if len(f"{area}_{name}") > LONGEST:
            source.fault("long", f"register.{name}", name, most=LONGEST - len(area) - 1)
        _Register(file, source, name, register).check()
    _one_word(file, source)


class _Register:
    """The checks of one register."""

    def __init__(self, file: AreaTable, source: Source, name: str, register: RegisterTable) -> None:
        self.file, self.source, self.register = file, source, register
        self.name, self.at = name, f"register.{name}"
        if name in OPTIONS:
            source.fault("reserved", self.at, name)

    def check(self) -> None:
        register, source = self.register, self.source
        _named(register, self.at, source)
        for name, field in register.field.items():
            key = f"{self.at}.field.{name}"
            _named(field, key, source)
            self._free(name, key)
            if (field.kind == "choice") != bool(field.choice):
                source.fault("choices" if field.kind == "choice" else "no_choices", key, field.kind)
            for value, words in field.choice.items():
                _named(words, f"{key}.choice.{value}", source)
        for name, item in register.items.items():
            key = f"{self.at}.checklist.item.{name}"
            _named(item, key, source)
            self._free(name, key)
            if name in register.field:
                source.fault("twice", key, name)
        self._apart()
        for name in register.key:
            self._field(name, f"{self.at}.key", "text", "day", "moment", "number", "choice", "person", "team")
        if register.finish:
            for name in register.finish.field:
                self._field(name, f"{self.at}.finish.field")
                if name in register.key:
                    source.fault("key_late", f"{self.at}.finish.field", name)
            if register.finish.letter in "ncx":
                source.fault("letter", f"{self.at}.finish.letter", register.finish.letter)
            if bool(register.finish.zh) != bool(register.finish.en):
                _named(register.finish, f"{self.at}.finish", source)
        self._due()
        if (checklist := register.checklist) is not None:
            self._rule(checklist.rule, f"{self.at}.checklist.rule")
            self._figure(checklist.needed, f"{self.at}.checklist.needed", int)
        if (approval := register.approval) is not None:
            self._rule(approval.rule, f"{self.at}.approval.rule")
            self._steps(approval.steps, f"{self.at}.approval.steps")
            if approval.field:
                self._field(approval.field, f"{self.at}.approval.field")
                if register.finish and approval.field in register.finish.field:
                    source.fault("too_late", f"{self.at}.approval.field", approval.field)
        for name, proposal in register.proposal.items():
            self._proposal(proposal, f"{self.at}.proposal.{name}")

    def _apart(self) -> None:
        """No two fields of a register, nor two choices of a field, are called the same: a sheet couldn't tell them."""
        named: dict[str, Worded] = {f"{self.at}.field.{name}": one for name, one in self.register.field.items()}
        named |= {f"{self.at}.checklist.item.{name}": one for name, one in self.register.items.items()}
        for lang in LANGUAGES:
            self._told_apart(named, lang, own_columns(lang))
            for name, field in self.register.field.items():
                at = f"{self.at}.field.{name}.choice"
                self._told_apart({f"{at}.{value}": one for value, one in field.choice.items()}, lang, ())

    def _told_apart(self, named: Mapping[str, Worded], lang: str, before: Iterable[str]) -> None:
        taken = {words.casefold() for words in before}
        for key, words in named.items():
            called = told(words, lang)
            if called.casefold() in taken:
                self.source.fault("same_word", key, called)
            taken.add(called.casefold())

    def _free(self, name: str, key: str) -> None:
        ours = name in RESERVED or hasattr(Input, name) or iskeyword(name) or name == self.name
        if ours or "__" in name or name.endswith("_id") or name.startswith("model_"):
            self.source.fault("reserved", key, name)

    def _due(self) -> None:
        due, at, source = self.register.due, f"{self.at}.due", self.source
        if due is None:
            return
        self._rule(due.rule, f"{at}.rule")
        if bool(due.field) == bool(due.every):
            source.fault("due_how", at)
        elif due.field:
            self._field(due.field, f"{at}.field", "day", "moment")
            self._needed(at, after=due.after)
            self._figure(due.after, f"{at}.after", timedelta, int)
            if self.register.finish is None:
                source.fault("no_finish", at)
        else:
            self._needed(at, at=due.at, day=due.day, since=due.since)
            self._figure(due.at, f"{at}.at", "clock")
            self._field(due.day, f"{at}.day", "day")
            self._figure(due.shift, f"{at}.shift", bool)
            if due.every != "workday":
                self._needed(at, on=due.on)
                self._figure(due.on, f"{at}.on", "weekday" if due.every == "week" else int)

    def _proposal(self, proposal: ProposalTable, at: str) -> None:
        source, when = self.source, proposal.when
        self._rule(proposal.rule, f"{at}.rule")
        self._field(proposal.person, f"{at}.person", "person")
        self._figure(proposal.amount, f"{at}.amount", "CNY")
        self._figure(proposal.reward, f"{at}.reward", "CNY", "pts")
        self._steps(proposal.steps, f"{at}.steps")
        if bool(proposal.reward) != bool(proposal.steps) or (proposal.amount and proposal.reward):
            source.fault("reward", at)
        if when == "late" and self.register.due is None:
            source.fault("never_late", f"{at}.when")
        if when == "failed" and self.register.checklist is None:
            source.fault("never_failed", f"{at}.when")
        for name, value in when.items() if isinstance(when, dict) else ():
            field = self._field(name, f"{at}.when", "choice", "flag")
            known = field and ([*field.choice] if field.kind == "choice" else [True, False])
            if known and value not in known:
                source.fault("choice", f"{at}.when", value, expected=", ".join(map(str, known)))

    def _needed(self, place: str, **keys: Any) -> None:
        for name, value in keys.items():
            if not value:
                self.source.fault("missing", f"{place}.{name}")

    def _steps(self, steps: Iterable[str], key: str) -> None:
        """A step is a role, or a figure that lists some."""
        for step in steps:
            if step in self.file.figures:
                self._figure(step, key, tuple)

    def _rule(self, number: str, key: str) -> None:
        if number not in self.file.rule:
            self.source.fault("no_rule", key, number, known=_near(number, self.file.rule))

    def _field(self, name: str, key: str, *kinds: str) -> Any:
        field = self.register.field.get(name)
        if not name:
            return None
        if field is None:
            self.source.fault("no_field", key, name, known=_near(name, self.register.field))
        elif kinds and field.kind not in kinds:
            self.source.fault("field_kind", key, name, kind=field.kind, expected=", ".join(kinds))
        return field

    def _figure(self, name: str, key: str, *kinds: type | str) -> None:
        """That there is such a figure, and that it is of one of these kinds."""
        if not name:
            return
        if name not in self.file.figures:
            self.source.fault("no_figure", key, name, known=_near(name, self.file.figures))
            return
        figure = self.file.figures[name][1]
        if (param := param_of(name, figure)) is None:
            return
        value, is_ = param.default, type(param.default)
        fits = {
            "clock": is_ is str and bool(CLOCK.fullmatch(str(value))), "weekday": bool(param.choices),
            **{unit: figure.unit == unit and is_ in (int, Decimal) for unit in ("CNY", "pts")},
        }  # fmt: skip
        if not any(fits[kind] if isinstance(kind, str) else is_ is kind for kind in kinds):
            expected = [Text(f"declared.kind.{kind if isinstance(kind, str) else kind.__name__}") for kind in kinds]
            self.source.fault("figure_kind", key, name, given=repr(figure.value), expected=expected)


def _near(name: str, known: Iterable[str]) -> str:
    names = [*known]
    return ", ".join(get_close_matches(name, names, 1) or names) or "—"


def _named(words: Worded, key: str, source: Source) -> None:
    """That it has a name; the language that lacks one is told, and shows the other's."""
    if not words.zh and not words.en:
        source.fault("nameless", f"{key}.zh" if key else "zh")
    elif not words.zh or not words.en:
        source.note("one_language", key or "zh", lacking="zh" if words.en else "en", shown=words.zh or words.en)


def _one_word(file: AreaTable, source: Source) -> None:
    """Within an area a field's name, or a choice's, is called the same wherever it stands."""
    said: dict[tuple[str, str], Worded] = {}
    for register_name, register in file.registers.items():
        named: list[tuple[str, str, Worded, str]] = []
        for name, field in register.field.items():
            at = f"register.{register_name}.field.{name}"
            named.append(("field", name, field, at))
            named += [("choice", value, words, f"{at}.choice.{value}") for value, words in field.choice.items()]
        named += [
            ("field", name, item, f"register.{register_name}.checklist.item.{name}")
            for name, item in register.items.items()
        ]
        for sort, name, words, at in named:
            first = said.setdefault((sort, name), words)
            if (first.zh, first.en) != (words.zh, words.en):
                source.fault("two_words", at, name)
