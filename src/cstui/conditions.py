"""A register's filter as one line that people type and read: `state=on_loan label~101 due<today`, or 状态=借出.

Conditions stand apart by blanks; a value with blanks stands in quotation marks. A column is named by its id or by its
label in either language, a choice by its id or its word. `=` `!=` `<` `<=` `>` `>=` compare, `~` is "has in it";
nothing after `=` means empty. Days may be named as everywhere: today, 明天, +7.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from cstui.contract.errors import BadInput
from cstui.contract.search import fold
from cstui.filters import columns_of, field_at, worked_out
from cstui.words import LANGUAGES

if TYPE_CHECKING:
    from cstui.contract.declare import Register
    from cstui.host import Host

_PIECE = re.compile(r"""(?:[^\s"“”]|"[^"]*"?|“[^”]*”?)+""")
_CONDITION = re.compile(r"([^=<>~!]+?)\s*(!=|<=|>=|=|<|>|~)(.*)", re.DOTALL)
_SIGNS = str.maketrans("＝＜＞～！≠≤≥", "=<>~!≠≤≥")
_DOUBLE = {"≠": "!=", "≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a column's name, an operator, and the value as it was typed (a choice by its id)."""

    name: str
    operator: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}{self.operator}{quoted(self.value)}"


def parse(host: Host, register: Register, line: str) -> tuple[Condition, ...]:
    """The conditions of a line. Raises BadInput that names the piece, and the nearest column or choice there is."""
    return tuple(one(host, register, piece) for piece in pieces(line))


def pieces(line: str) -> list[str]:
    """The conditions of a line, one by one, as they were typed."""
    return _PIECE.findall(line)


def one(host: Host, register: Register, piece: str) -> Condition:
    """One condition, as it was typed. Raises BadInput."""
    signed = piece.translate(_SIGNS)
    for sign, operator in _DOUBLE.items():
        signed = signed.replace(sign, operator)
    found = _CONDITION.fullmatch(signed)
    if not found:
        raise BadInput("filter.no_condition", field="filter", value=piece, example=f"{register.columns[0].name}=…")
    name = _column(host, register, found[1].strip())
    return Condition(name, found[2], _value(host, register, name, _bare(found[3].strip())))


def _bare(value: str) -> str:
    return re.sub(r"[\"“”]", "", value)


def quoted(value: str) -> str:
    """A value as it stands in a line."""
    return f'"{value}"' if re.search(r"\s", value) else value


def _column(host: Host, register: Register, typed: str) -> str:
    """The name of the column that is meant: by its id, else by its label."""
    known = columns_of(register)
    plain = typed.replace("-", "_")
    if plain in known:
        return plain
    labels = {label: name for name in known for label in labels_of(host, register, name)}
    asked = _key(typed)
    if asked in labels:
        return labels[asked]
    for name in worked_out(register):
        if asked in {_key(name), *labels_of(host, register, name)}:
            raise BadInput("filter.worked_out", field=name, value=typed)
    near = difflib.get_close_matches(asked, [*labels, *known], 1)
    raise BadInput("engine.no_column", field=typed, value=typed, near=labels.get(near[0], near[0]) if near else "")


def labels_of(host: Host, register: Register, name: str) -> Iterable[str]:
    """A column's labels, as they are looked up."""
    area = register.id.partition(".")[0]
    return (_key(host.words.label(area, name, lang)) for lang in LANGUAGES)


def _key(words: str) -> str:
    return re.sub(r"[\s_-]", "", fold(words))


def choices(host: Host, register: Register, name: str) -> dict[str, tuple[str, ...]]:
    """What a column of choices may hold: the value's id → its words in both languages; nothing for another column."""
    field = field_at(register, columns_of(register).get(name, ""))
    kind = getattr(field, "enum_type", None)
    area = register.id.partition(".")[0]
    if kind is None:
        return {}
    return {str(one.value): tuple(host.words.choice(area, str(one.value), lang) for lang in LANGUAGES) for one in kind}


def _value(host: Host, register: Register, name: str, typed: str) -> str:
    """A choice by its id, whichever way it was named; anything else as it was typed."""
    offered = choices(host, register, name)
    if not typed:
        return typed
    if not offered:
        return _stored(host, register, name, typed)
    asked = _key(typed)
    for value, words in offered.items():
        if asked in {_key(value), *map(_key, words)}:
            return value
    near = difflib.get_close_matches(asked, [_key(word) for words in offered.values() for word in words], 1)
    known = ", ".join(offered)
    raise BadInput("filter.no_choice", field=name, value=typed, near=near[0] if near else known)


def said(host: Host, register: Register, asked: Iterable[Condition], lang: str) -> str:
    """Conditions as a line in the reader's language, which may be typed again."""
    told = []
    for one in asked:
        value = _worded_value(host, register, one.name, one.value, lang)
        told.append(f"{_worded_column(host, register, one.name, lang)}{one.operator}{quoted(value)}")
    return " ".join(told)


def _worded_column(host: Host, register: Register, name: str, lang: str) -> str:
    """A column's label as it may be typed; its id where the label means another one, too, and in English, as which
    it is read."""
    if lang == "en":
        return name
    label = re.sub(r"\s", "_", host.words.label(register.id.partition(".")[0], name, lang))
    try:
        return label if not re.search(r"[=<>~!\"“”]", label) and _column(host, register, label) == name else name
    except BadInput:
        return name


def _worded_value(host: Host, register: Register, name: str, value: str, lang: str) -> str:
    """A choice by its word, in English by its id; anything else as it was typed."""
    area = register.id.partition(".")[0]
    if lang == "en":
        return value
    if value in choices(host, register, name):
        word = host.words.choice(area, value, lang)
    else:
        known = (host.words.find(f"{folder}{value}", lang) for folder in _folders(register))
        word = next(filter(None, known), "") if name in _telling(register) else ""
    word = re.sub(r"\s", "_", word)
    return word if word and _value(host, register, name, word) == value else value


def _stored(host: Host, register: Register, name: str, typed: str) -> str:
    """What a text column holds that shows some of its texts as words: of a department, of a role."""
    if (
        name not in _telling(register)
        or getattr(field_at(register, columns_of(register)[name]), "field_type", None) is not str
    ):
        return typed
    asked = _key(typed)
    for lang in LANGUAGES:
        texts = host.words.texts(lang)
        for folder in _folders(register):
            found = (one for one, word in texts.items() if one.startswith(folder) and _key(word) == asked)
            if text_id := next(found, ""):
                return text_id.removeprefix(folder)
    return typed


def _telling(register: Register) -> set[str]:
    """Columns that don't show what is stored as it is."""
    return {one.name for one in (*register.columns, *register.sections) if one.value and not isinstance(one.value, str)}


def _folders(register: Register) -> tuple[str, ...]:
    """Where the words of such a column stand."""
    return (f"{register.id.partition('.')[0]}.choice.", "choice.", "people.role.")


def completions(host: Host, register: Register, line: str, lang: str) -> Sequence[tuple[str, str]]:
    """How the last piece of a line may go on: what would stand there, and how it is called in the reader's language."""
    piece = "" if not line or line[-1].isspace() else (pieces(line) or [""])[-1]
    found = _CONDITION.fullmatch(normalize("NFKC", piece))
    area = register.id.partition(".")[0]
    if not found:
        asked = _key(piece)
        named = [(name, host.words.label(area, name, lang)) for name in columns_of(register, shown=True)]
        fitting = [(name, label) for name, label in named if _begins(asked, name, *labels_of(host, register, name))]
        return [(_worded_column(host, register, name, lang), label) for name, label in fitting]
    try:
        name = _column(host, register, found[1].strip())
    except BadInput:
        return []
    offered = choices(host, register, name)
    asked = _key(_bare(found[3]))
    return [
        (
            f"{found[1]}{found[2]}{quoted(_worded_value(host, register, name, value, lang))}",
            host.words.choice(area, value, lang),
        )
        for value, words in offered.items()
        if _begins(asked, value, *words)
    ]


def _begins(asked: str, *words: str) -> bool:
    return any(_key(word).startswith(asked) for word in words)
