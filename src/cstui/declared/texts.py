"""The words of a declared area, in both languages, out of its file and the house's own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cstui.declared.file import AreaTable, RegisterTable, Worded
from cstui.words import LANGUAGES, read_words

SHORT = {"zh_CN": "zh", "en": "en"}
"""How the file calls the languages."""
ACTS = ("add", "change", "finish", "strike")


def texts_of(file: AreaTable) -> dict[str, dict[str, str]]:
    """By language, the text of each id (without the area's own)."""
    return {lang: {**_shared(lang), **dict(_texts(file, lang))} for lang in LANGUAGES}


@cache
def _house(lang: str) -> dict[str, str]:
    return read_words(Path(__file__).parent / "strings", lang)


def _shared(lang: str) -> dict[str, str]:
    """Names of the columns and choices that every such area has."""
    return {name: words for name, words in _house(lang).items() if name.startswith(("field.", "choice."))}


def own_columns(lang: str) -> list[str]:
    """What the columns are called that every register has."""
    return [words for name, words in _shared(lang).items() if name.startswith("field.")]


def told(words: Worded, lang: str) -> str:
    """What something is called in a language, else in the other one; a brace is a brace."""
    called = getattr(words, SHORT[lang]) or words.zh or words.en
    return str(called).replace("{", "{{").replace("}", "}}")


def _texts(file: AreaTable, lang: str) -> Iterator[tuple[str, str]]:
    yield "title", told(file, lang)
    for number, rule in file.rule.items():
        yield f"rule.{number}", told(rule, lang)
        for name, figure in rule.figure.items():
            yield f"figure.{name}", told(figure, lang)
    for name, register in file.registers.items():
        yield f"register.{name}", told(register, lang)
        yield f"record.{name}", " ".join([told(register, lang), *(f"{{{key}}}" for key in register.key)])
        for field, one in register.field.items():
            yield f"field.{field}", told(one, lang)
            for value, words in one.choice.items():
                yield f"choice.{value}", told(words, lang)
        for item, point in register.items.items():
            yield f"field.{item}", told(point, lang)
        yield from _acts(name, register, lang, alone=len(file.registers) == 1)


def _acts(name: str, register: RegisterTable, lang: str, alone: bool) -> Iterator[tuple[str, str]]:
    """What its acts are called, in an area of several registers with what they are done to; `finish` as it likes."""
    of = "{act}" if alone else _house(lang)["act.of"].replace("{what}", told(register, lang))
    for act in ACTS:
        named = act == "finish" and register.finish and (register.finish.zh or register.finish.en)
        called = told(register.finish, lang) if named and register.finish else _house(lang)[f"act.{act}"]
        yield f"action.{act}_{name}", of.replace("{act}", called)
