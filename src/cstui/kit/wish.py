"""What somebody wishes an area to hold, in a line for each record:

    visit=来访: visitor=访客 text 40, host=接待人 person, until=离开时间 moment due, phone?=电话 text 20

A record or a field is a name, after `=` what it is called in Chinese. A field's kind is one of `KINDS`, a text's with
its greatest length, a choice's with its choices (`choice open=开/shut=关`). `?` lets it be empty, `due` makes a day or
moment that by which the record is to be finished.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cstui import api
from cstui.api import Input, Record
from cstui.contract.errors import BadInput
from cstui.contract.inputs import CONTROL
from cstui.kit.kinds import KINDS, Kind

NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
SQL = frozenset(
    {
        "all", "alter", "analyze", "and", "any", "as", "asc", "between", "both", "by", "case", "cast", "check",
        "collate", "column", "constraint", "create", "cross", "current", "default", "delete", "desc", "distinct",
        "do", "drop", "else", "end", "except", "exists", "for", "foreign", "from", "full", "grant", "group", "having",
        "in", "index", "inner", "insert", "intersect", "into", "is", "join", "left", "like", "limit", "natural",
        "not", "null", "offset", "on", "only", "or", "order", "outer", "primary", "references", "right", "select",
        "set", "some", "table", "then", "to", "trigger", "union", "unique", "update", "user", "using", "values",
        "view", "when", "where", "with",
    }
)  # fmt: skip
OWN = frozenset({"no", "state", "finished_at"})
"""Fields that a record gets by itself."""
FILES = frozenset({"models", "migrations", "strings", "tests"})
LOCAL = frozenset(
    {
        "add", "approved", "as_it_is", "change", "choice", "closed", "ctx", "data", "due", "due_at", "fields", "finish",
        "given", "known", "last", "late", "marks", "name", "near", "now", "number", "reason", "refused", "request",
        "rows", "rule", "state", "take", "title", "utc", "value",
    }
)  # fmt: skip
"""What a room's own code is called: no record may be."""
HALF = str.maketrans("：，？＝／　", ":,?=/ ")
"""Punctuation as a Chinese keyboard types it, and what is meant."""
OPTIONS = frozenset({"json", "help", "dry_run"})


@dataclass(frozen=True, slots=True)
class Named:
    """An identifier, and what it is called in each language."""

    name: str
    zh_CN: str
    en: str


@dataclass(frozen=True, slots=True)
class FieldWish:
    """A field of a record. `due`: the record is to be finished by it."""

    named: Named
    kind: str
    length: int = 0
    choices: tuple[Named, ...] = ()
    optional: bool = False
    due: bool = False

    @property
    def name(self) -> str:
        return self.named.name

    @property
    def of(self) -> Kind:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class RecordWish:
    """A record with its fields. A first field that is a code names it; else the host numbers it."""

    named: Named
    fields: tuple[FieldWish, ...]

    @property
    def name(self) -> str:
        return self.named.name

    @property
    def due(self) -> FieldWish | None:
        return next((field for field in self.fields if field.due), None)

    @property
    def numbered(self) -> bool:
        return self.fields[0].kind != "code"

    @property
    def key(self) -> str:
        """The field by which people name it."""
        return "no" if self.numbered else self.fields[0].name

    @property
    def plural(self) -> str:
        """Its register and its file."""
        ending = re.sub(r"(?<=[^aeiou])y$", "ie", self.name)
        return ending + ("es" if re.search("(s|x|z|ch|sh)$", ending) else "s")


@dataclass(frozen=True, slots=True)
class Wish:
    """An area to be: its id and title, its records, and the role that agrees to a new one ("": nobody has to)."""

    title: Named
    records: tuple[RecordWish, ...]
    approver: str = ""

    @property
    def area(self) -> str:
        return self.title.name

    @property
    def rules(self) -> tuple[tuple[str, RecordWish, str], ...]:
        """Its rules: the id, the record that each is about, and what of it: "due" or "approval"."""
        held = [(record, "due") for record in self.records if record.due]
        held += [(record, "approval") for record in self.records if self.approver]
        return tuple((f"{self.area}-{number:02}", *one) for number, one in enumerate(held, 1))

    def rule(self, record: RecordWish, what: str) -> str:
        """The id of a record's rule."""
        return next(rule_id for rule_id, about, kind in self.rules if about is record and kind == what)

    def act(self, record: RecordWish, act: str) -> str:
        """The name of an act on a record: with one record only, the act's alone."""
        return act if len(self.records) == 1 else f"{act}_{record.name}"

    @property
    def states(self) -> tuple[str, ...]:
        """How far a record may be."""
        return ("asked", "open", "finished", "refused") if self.approver else ("open", "finished")

    def stateful(self, record: RecordWish) -> bool:
        """Whether a record is open for a time, and closed then."""
        return bool(record.due or self.approver)


def wish(area: str, title: str, records: Sequence[str], approver: str = "") -> Wish:
    """What was typed, understood; `title` as "Visitors=访客登记". Raises BadInput, naming what is wrong."""
    english, _, chinese = (part.strip() for part in title.replace("＝", "=").partition("="))
    made = tuple(record_of(line) for line in records)
    plurals = [one.plural for one in made]
    for one in made:
        if plurals.count(one.plural) > 1:
            raise BadInput("kit.wish.twice", field="record", value=one.name)
    return Wish(Named(area, _words(chinese or english, "title"), _words(english or chinese, "title")), made, approver)


def record_of(line: str) -> RecordWish:
    """One record of a wish. Raises BadInput."""
    head, colon, rest = line.translate(HALF).partition(":")
    if not colon or not rest.strip():
        raise BadInput("kit.wish.no_fields", field="record", value=line)
    named = _named(head, "record")
    camel = camel_case(named.name)
    if camel in {*api.__all__, "Staff", "Team", "Person", "Field"} or named.name in LOCAL | OPTIONS:
        raise BadInput("kit.wish.taken", field="record", value=named.name)
    fields = [_field(part.strip()) for part in rest.split(",")]
    names = [field.name for field in fields]
    for field in fields:
        if names.count(field.name) > 1:
            raise BadInput("kit.wish.twice", field="record", value=field.name)
        if field.name == named.name:  # both would be the option --NAME of the command line
            raise BadInput("kit.wish.taken", field="record", value=field.name)
    if sum(field.due for field in fields) > 1:
        raise BadInput("kit.wish.two_deadlines", field="record", value=line)
    if fields[0].optional:
        raise BadInput("kit.wish.first_empty", field="record", value=fields[0].name)
    made = RecordWish(named, tuple(fields))
    if made.plural in FILES:
        raise BadInput("kit.wish.taken", field="record", value=named.name)
    return made


def camel_case(name: str) -> str:
    """visit_note → VisitNote."""
    return "".join(part.capitalize() for part in name.split("_"))


def checked_name(name: str, taken: Collection[str], field: str) -> str:
    """An identifier that may be used. Raises BadInput."""
    if not NAME.fullmatch(name):
        raise BadInput("kit.wish.no_name", field=field, value=name)
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in SQL:
        raise BadInput("kit.wish.reserved", field=field, value=name)
    if name in taken:
        raise BadInput("kit.wish.taken", field=field, value=name)
    return name


def _named(text: str, field: str, taken: Collection[str] = ()) -> Named:
    name, _, chinese = (part.strip() for part in text.partition("="))
    checked_name(name, taken, field)
    english = name.replace("_", " ")
    return Named(name, _words(chinese, field) or english, english)


def _words(text: str, field: str) -> str:
    """What something is called: one short line, and no place for a value. Raises BadInput."""
    if len(text) > 80 or CONTROL.search(text) or {*text} & {"{", "}", "\n", "\t"}:
        raise BadInput("kit.wish.no_words", field=field, value=text)
    return text


def _field(text: str) -> FieldWish:
    head, _, rest = text.partition(" ")
    words = rest.split()
    due = bool(words) and words[-1] == "due"
    words = words[:-1] if due else words
    optional = head.partition("=")[0].endswith("?")
    taken = {*OWN, *OPTIONS, "fields", *Record._meta.fields_map, *dir(Record), *dir(Input)}
    named = _named(head.replace("?", "", 1) if optional else head, "record", taken)
    kind, more = (words[0], words[1:]) if words else ("", [])
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, 1) or KINDS
        raise BadInput("kit.wish.no_kind", field="record", value=text, near=", ".join(near))
    if due and not KINDS[kind].deadline:
        raise BadInput("kit.wish.no_deadline", field="record", value=text)
    length, choices = KINDS[kind].length, tuple[Named, ...]()
    if kind == "choice" and more:
        choices = tuple(_named(one, "record", ("mro",)) for one in more.pop(0).split("/"))
    elif length and more and more[0].isdecimal() and 0 < int(more[0]) <= 2000:
        length = int(more.pop(0))
    if more or (kind == "choice" and len({one.name for one in choices}) < 2):
        raise BadInput("kit.wish.kind_shape", field="record", value=text)
    return FieldWish(named, kind, length, choices, optional, due)
