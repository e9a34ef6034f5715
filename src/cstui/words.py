"""Texts by id in two languages; dates, spans and money as each language writes them.

Only the standard library is needed here: the dashboard says its first words before anything else is loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cstui.contract.context import UNKNOWN
from cstui.contract.errors import Fault
from cstui.contract.rules import Param
from cstui.contract.text import Strings, Text, Verbatim

LANGUAGES = ("zh_CN", "en")
_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)(?::([^{}]+))?\}( (?=[\u4e00-\u9fff]))?")
"""A value in a text: {name}; {name:money} and {name:points} write it so; {name:by} is a moment by which something is
due: midnight as 24:00 of the day that ends then; {name:key|keys} is the word that goes with one, or with another
number. After a length of time there is no blank in Chinese, whose units are Chinese words themselves."""


def choose_language(setting: str, environ: Mapping[str, str]) -> str:
    """The language to speak: the setting, or for "auto" what the terminal's locale says."""
    if setting in LANGUAGES:
        return setting
    spoken = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "zh_CN" if spoken.lower().startswith("zh") else "en"


def host_folders() -> dict[str, Path]:
    """The host's own folders of words by prefix: "" for the common ones, "tui" for tui/strings, and so on."""
    home = Path(__file__).parent
    rooms = {path.parent.name: path for path in sorted(home.glob("*/strings"))}
    return {"": home / "strings", **rooms}


def read_words(strings: Path | Strings, lang: str) -> dict[str, str]:
    """One area's texts of one language, ids without prefix: of a folder those of LANG.toml, and of LANG/*.toml if any.

    Raises OSError or ValueError with the file's name, also where two files say the same id.
    """
    if isinstance(strings, Mapping):
        return dict(strings[lang])
    folder, texts = Path(strings), dict[str, str]()
    for path in (folder / f"{lang}.toml", *sorted((folder / lang).glob("*.toml"))):
        try:
            found = _texts_in(path.read_text("utf-8-sig"))
            if twice := texts.keys() & found.keys():
                raise ValueError(f"{min(twice)} is said twice")
        except (UnicodeDecodeError, tomllib.TOMLDecodeError):
            from cstui import toml  # which tells it with its line

            toml.parse(path, toml.read(path)[0])
            raise
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        texts |= found
    return texts


@lru_cache(256)
def _texts_in(written: str) -> Mapping[str, str]:
    """What a file says. Files are read anew each time; what was understood of the same words before is kept."""
    return dict(_flatten(tomllib.loads(written), ""))


def _flatten(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{above}{key}.")
        elif isinstance(value, str):
            yield f"{above}{key}", value
        else:
            raise ValueError(f"{above}{key} is no text")


def places(words: str) -> set[str]:
    """Names of the placeholders in a text."""
    return {found[1] for found in _PLACE.finditer(words) if found[1]}


def differences(texts: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Ids of texts with the language that lacks them, or with "" where their placeholders differ."""
    found = []
    for text_id in sorted(set().union(*texts.values())):
        lacking = [lang for lang, known in texts.items() if text_id not in known]
        found += [(text_id, lang) for lang in lacking]
        if not lacking and len({frozenset(places(known[text_id])) for known in texts.values()}) > 1:
            found.append((text_id, ""))
    return found


class Words:
    """All texts known to a program: a folder is read when its first text is said.

    `clock` tells the present moment, where known: moments of another year then show their year.
    """

    def __init__(self, folders: Mapping[str, Path | Strings], clock: Callable[[], datetime] | None = None) -> None:
        self.folders = dict(folders)
        self.clock = clock
        self.faults: list[str] = []
        """Files that could not be read; their texts show their ids."""
        self.renamed: dict[str, Mapping[str, Mapping[str, str]]] = {}
        """Texts in place of those of a folder: by its prefix, the language, and the id without prefix."""
        self._read: dict[tuple[str, str], Mapping[str, str]] = {}

    @classmethod
    def load(cls, folders: Mapping[str, Path | Strings]) -> Words:
        """Words of these folders, by prefix of their ids ("" for none)."""
        return cls(folders)

    def texts(self, lang: str) -> dict[str, str]:
        """All texts of a language by full id."""
        return {
            f"{prefix}.{key}" if prefix else key: words
            for prefix in self.folders
            for key, words in self._folder(prefix, lang).items()
        }

    def _folder(self, prefix: str, lang: str) -> Mapping[str, str]:
        """The texts of one folder, by their ids without its prefix."""
        if prefix not in self.folders:
            return {}
        if (prefix, lang) not in self._read:
            try:
                found = read_words(self.folders[prefix], lang)
            except (OSError, ValueError, Fault) as error:
                self.faults.append(f"{self.folders[prefix]}, {lang}: {error}")
                found = {}
            self._read[prefix, lang] = {**found, **self.renamed.get(prefix, {}).get(lang, {})}
        return self._read[prefix, lang]

    def find(self, text_id: str, lang: str) -> str | None:
        """The unfilled text, or None; the other language's where this one lacks it."""
        prefix, _, key = text_id.partition(".")
        if prefix not in self.folders:
            prefix, key = "", text_id
        for spoken in (lang, *LANGUAGES):
            if (words := self._folder(prefix, spoken).get(key)) is not None:
                return words
        return None

    def missing(self) -> list[tuple[str, str]]:
        """What the languages don't have in common, as `differences` tells it."""
        return differences({lang: self.texts(lang) for lang in LANGUAGES})

    def say(self, text: Text | str, lang: str, zone: ZoneInfo | None = None, **args: Any) -> str:
        """The text in a language with its arguments. Never fails: an unknown id or placeholder shows itself."""
        if isinstance(text, Verbatim):
            return str(text.args["words"])
        text_id = text.id if isinstance(text, Text) else text
        given = {**text.args, **args} if isinstance(text, Text) else args
        words = self.find(text_id, lang)
        if words is None:
            return text_id
        area = text_id.split(".", 1)[0]

        def fill(found: re.Match[str]) -> str:
            name, form, blank = found[1], found[2], found[3] or ""
            if name is None:
                return found[0][0]
            if name not in given:
                return found[0]
            value = given[name]
            if form and "|" in form:
                one, _, more = form.partition("|")
                return (one if str(value) == "1" else more) + blank
            if isinstance(value, int | Decimal) and form in ("money", "points"):
                return (self.money(int(value), lang) if form == "money" else self.points(int(value), lang)) + blank
            if form == "by" and isinstance(value, datetime):
                return self.by(value, zone) + blank
            said = self.value(value, lang, zone, area=area)
            return said if lang == "zh_CN" and isinstance(value, timedelta) else said + blank

        return _PLACE.sub(fill, words)

    def area(self, area: str, lang: str) -> str:
        """What an area is called; its id where its words aren't there, since it was set aside."""
        return self.find(f"{area}.title", lang) or area

    def label(self, area: str, name: str, lang: str) -> str:
        """The name of a field: the area's word, else the host's, else the name itself."""
        found = self.find(f"{area}.field.{name}", lang) or self.find(f"field.{name}", lang)
        return found or name.replace("_", " ")

    def meaning(self, action: str, field: str, lang: str) -> str:
        """What a field of an action is for, where its name doesn't say it: of this act, the area, the house; or ""."""
        area, _, name = action.partition(".")
        ids = (f"{area}.field.{field}.help.{name}", f"{area}.field.{field}.help", f"field.{field}.help")
        return next((self.say(one, lang) for one in ids if self.find(one, lang)), "")

    def value(self, value: Any, lang: str, zone: ZoneInfo | None = None, *, area: str = "") -> str:
        """Any value in a language: moments in the zone, spans, yes and no, texts, choices of the area."""
        if type(value) is str:  # most of a list's are
            return value
        if value is None:
            return "—"
        if value is UNKNOWN:
            return self.say("value.unknown", lang)
        if isinstance(value, Text):
            return self.say(value, lang, zone)
        if isinstance(value, bool):
            return self.say("value.yes" if value else "value.no", lang)
        if isinstance(value, Enum):
            return self.choice(area, str(value.value), lang)
        if isinstance(value, datetime):
            return self.moment(value, zone)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return value.strftime("%H:%M")
        if isinstance(value, timedelta):
            return self.span(value, lang)
        if isinstance(value, Decimal):
            return f"{value:f}"
        if isinstance(value, float):
            return f"{value:.10g}"
        if isinstance(value, list | tuple | set | frozenset):
            return self.say("value.join", lang).join(self.value(one, lang, zone, area=area) for one in value)
        return str(value)

    def choice(self, area: str, value: str, lang: str) -> str:
        """The word for a choice: the area's, else the host's, else the value itself."""
        return self.find(f"{area}.choice.{value}", lang) or self.find(f"choice.{value}", lang) or value

    def figure(self, param: Param, value: Any, lang: str, area: str) -> str:
        """A rule's figure with its unit (the area's or the host's word); a length says its own, a choice its word."""
        if isinstance(value, str):
            return self.choice(area, value, lang)
        if isinstance(value, tuple):
            return self.say("value.join", lang).join(self.choice(area, str(one), lang) for one in value)
        said = self.value(value, lang, area=area)
        if not param.unit or isinstance(value, timedelta):
            return said
        unit = self.find(f"{area}.unit.{param.unit}", lang) or self.find(f"unit.{param.unit}", lang) or param.unit
        return f"{said} {unit}"

    def figure_label(self, area: str, name: str, lang: str) -> str:
        """What a figure is: the area's word, else the name under which config.toml knows it."""
        return self.find(f"{area}.figure.{name}", lang) or name

    def moment(self, value: datetime, zone: ZoneInfo | None = None) -> str:
        """ "11-23 18:00" in the zone (UTC without one); with its year where that isn't the present one."""
        there = zone or UTC
        local = value.astimezone(there) if value.tzinfo else value
        year = self.clock().astimezone(there).year if self.clock else local.year
        return local.strftime("%m-%d %H:%M") if local.year == year else f"{local.year:04}-{local:%m-%d %H:%M}"

    def by(self, value: datetime, zone: ZoneInfo | None = None) -> str:
        """A moment by which something is due: "11-23 24:00" at the midnight that ends that day."""
        local = value.astimezone(zone or UTC) if value.tzinfo else value
        if (local.hour, local.minute) != (0, 0):
            return self.moment(value, zone)
        return self.moment(local - timedelta(days=1), zone).replace("00:00", "24:00")

    def span(self, value: timedelta, lang: str) -> str:
        """ "15 h 2 min": the two largest units; hours up to two days."""
        seconds = round(abs(value.total_seconds()))
        if seconds < 60:
            parts = [("second" if seconds else "minute", seconds)]
        elif seconds < 2 * 86400:
            parts = [("hour", seconds // 3600), ("minute", seconds % 3600 // 60)]
        else:
            parts = [("day", seconds // 86400), ("hour", seconds % 86400 // 3600)]
        words = " ".join(self.say(f"span.{unit}", lang, n=n) for unit, n in parts if n or len(parts) == 1)
        return f"-{words}" if value < timedelta(0) else words

    def money(self, fen: int, lang: str) -> str:
        """Fen as CNY: "12.50 元", "CNY 12.50"."""
        sign, fen = ("-" if fen < 0 else ""), abs(fen)
        return self.say("value.money", lang, amount=f"{sign}{fen // 100}.{fen % 100:02}")

    def points(self, hundredths: int, lang: str) -> str:
        """Hundredths of a point: "2.5 分", "2.5 pts"."""
        return self.say("value.points", lang, amount=f"{Decimal(hundredths).scaleb(-2).normalize():f}")
