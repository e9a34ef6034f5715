"""config.toml → `Settings`. A mistake names file, line, key, what was expected and the nearest known key.

A site's figures (`[keys] loan_max = "24 h"`) stand in one table per area; `figures` checks them against the
declared rules once the areas are loaded.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints, ValidationError
from pydantic import model_validator as whole

from cstui.contract.errors import BadInput
from cstui.contract.figures import parse_figure
from cstui.contract.inputs import parse_day
from cstui.contract.text import Text
from cstui.quick import STORE, file_of
from cstui.toml import SYSTEM_FILE, ConfigFault, expected, parse, read, together, unknown, where
from cstui.words import choose_language

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from cstui.contract.declare import Area
    from cstui.contract.rules import Param

CATALOGUE = (
    "keys", "hygiene", "confidentiality", "rewards", "roster", "attendance", "handover", "discipline", "safety",
    "escalation", "complaints", "reception", "callbacks", "quality", "customers", "archives", "performance",
    "promotion", "compensation", "ideas", "training", "meetings", "reports", "materials", "staff",
)  # fmt: skip
"""Ids of the regulations' areas; a table for one that isn't installed is let be."""


def _path(value: Any, info: ValidationInfo) -> Any:
    """A path as the file means it: relative to the file's own folder."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError
    return Path((info.context or {})["folder"], Path(value).expanduser())


def _day(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, datetime) or not isinstance(value, date | str):
        raise ValueError
    return parse_day(value, info)


def _zone(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError
    try:
        return ZoneInfo(value).key
    except (OSError, LookupError) as error:  # an unknown zone, a folder of zones
        raise ValueError from error


def _keys(value: Any) -> Any:
    if value == "none":
        return ()
    return (value,) if isinstance(value, str) else value


def _keymap(value: Any) -> Any:
    """Unquoted action ids (`keys.lend = "x"`) are nested tables to TOML."""
    if not isinstance(value, dict):
        return value
    flat: dict[str, Any] = {}
    for key, one in value.items():
        flat |= {f"{key}.{name}": keys for name, keys in one.items()} if isinstance(one, dict) else {key: one}
    return flat


Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True, pattern=r"^[^\x00-\x1f]*$")]
Place = Annotated[Path, BeforeValidator(_path)]
Days = frozenset[Annotated[date, BeforeValidator(_day)]]
Pattern = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\.(\*|[a-z][a-z0-9_]*))$")]
Argument = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]
KeyName = Annotated[str, StringConstraints(pattern=r"^\S{1,30}$")]


class Table(BaseModel):
    """A table of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class DatabaseTable(Table):
    """Where the store is; `busy_timeout` in seconds."""

    url: Annotated[str, StringConstraints(pattern=r"^(sqlite:///[^?#]+|(postgres|postgresql|asyncpg)://\S+)$")] = STORE
    synchronous: Literal["FULL", "NORMAL"] = "FULL"
    busy_timeout: Annotated[float, Strict(), Field(gt=0, le=600)] = 10.0


class PluginsTable(Table):
    """Folders of drop-in plugins, and names of plugins never to be imported."""

    dirs: tuple[Place, ...] = ()
    disabled: frozenset[Name] = frozenset()


class HolidaysTable(Table):
    """The site's exceptions from the country's calendar: free days, and working days."""

    off: Days = frozenset()
    work: Days = frozenset()

    @whole(mode="after")
    def _apart(self) -> HolidaysTable:
        if self.off & self.work:
            raise ValueError
        return self


class DigestTable(Table):
    """The command that is given the digest of `cstui tick` on its standard input: its full path, its arguments."""

    command: tuple[Argument, ...] = ()

    @whole(mode="after")
    def _full(self) -> DigestTable:
        if self.command and not self.command[0].startswith("/"):
            raise ValueError
        return self


class JournalTable(Table):
    """The file of checkpoints outside the store."""

    checkpoints: Place | None = None


class Settings(Table):
    """A site's configuration. `language` is settled ("auto" became what the terminal speaks).

    `tables` are the areas' figures as written; see `figures`. `notes` are remarks for the operator.
    """

    site: Name = "cstui"
    zone: Annotated[str, BeforeValidator(_zone)] = "Asia/Shanghai"
    language: Literal["auto", "zh_CN", "en"] = "auto"
    theme: Literal["auto", "dark", "light", "16"] = "auto"
    lock_minutes: Annotated[int, Strict(), Field(ge=0, le=1440)] = 10
    idle_minutes: Annotated[int, Strict(), Field(ge=0, le=1440)] = 60
    database: DatabaseTable = DatabaseTable()
    plugins: PluginsTable = PluginsTable()
    keymap: Annotated[dict[str, Annotated[tuple[KeyName, ...], BeforeValidator(_keys)]], BeforeValidator(_keymap)] = {}
    roles: dict[str, frozenset[Pattern]] = {}
    holidays: HolidaysTable = HolidaysTable()
    journal: JournalTable = JournalTable()
    digest: DigestTable = DigestTable()

    path: Annotated[Path, Field(exclude=True)] = Path("config.toml")
    source: Annotated[str, Field(repr=False, exclude=True)] = ""
    tables: Annotated[dict[str, dict[str, Any]], Field(repr=False)] = {}
    notes: list[Text] = []

    @property
    def store_file(self) -> Path | None:
        """The SQLite store, or None where it is a server."""
        return file_of(self.database.url, self.path)

    @property
    def database_url(self) -> str:
        """The store's address as the ORM spells it. May hold a password: never to be shown."""
        kind, _, rest = self.database.url.partition("://")
        return f"sqlite://{self.store_file}" if kind == "sqlite" else f"asyncpg://{rest}"

    @property
    def checkpoints(self) -> Path:
        """The file of checkpoints."""
        return self.journal.checkpoints or self.path.parent / "checkpoints.txt"


KEYS = tuple(name for name in Settings.model_fields if name not in ("path", "source", "tables", "notes"))
EXPECTED = {
    "site": "name", "zone": "zone", "language": "language", "theme": "theme",
    "lock_minutes": "minutes", "idle_minutes": "minutes",
    "database.url": "url", "database.synchronous": "synchronous", "database.busy_timeout": "seconds",
    "plugins.dirs": "paths", "plugins.disabled": "names", "keymap": "keys", "roles": "permissions",
    "holidays.off": "days", "holidays.work": "days", "holidays": "both_days", "journal.checkpoints": "path",
    "digest": "command", "digest.command": "command",
}  # fmt: skip


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read a configuration. Raises ConfigFault with all its mistakes."""
    path = Path(path).absolute()
    source, mode = read(path)
    data = parse(path, source)
    faults: list[ConfigFault] = []
    for key in [*data]:
        if key not in KEYS and (key == "trusted" or not isinstance(data[key], dict)):
            text_id = "config.trusted_here" if key == "trusted" else ""
            faults.append(unknown(path, source, key, KEYS, text_id, system=str(SYSTEM_FILE)))
            del data[key]
    tables = {key: data.pop(key) for key in [*data] if key not in KEYS}
    for key in [*data]:
        if issubclass(_model(key), Table) and not isinstance(data[key], dict):
            faults.append(expected(path, source, key, "table", data.pop(key)))
    try:
        settings = Settings.model_validate(data, context={"folder": path.parent})
    except ValidationError as error:
        faults += [_translated(path, source, one) for one in error.errors(include_url=False)]
    if faults:
        raise together(path, faults)
    notes = [Text("config.group_writable", file=str(path))] if mode & stat.S_IWGRP else []
    spoken = choose_language(settings.language, environ)
    given = {"path": path, "source": source, "tables": tables, "notes": notes, "language": spoken}
    return settings.model_copy(update=given)


def figures(settings: Settings, areas: Mapping[str, Area], absent: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """The site's figures by area and parameter, each of the type its rule declares.

    `absent` are ids of areas that are disabled or set aside. Tables of these, and of areas of the catalogue that
    aren't installed, are passed over with a note. Raises ConfigFault for unknown names and wrong values.
    """
    path, source = settings.path, settings.source
    faults: list[ConfigFault] = []
    found: dict[str, dict[str, Any]] = {}
    for name, table in settings.tables.items():
        if name not in areas:
            if name in CATALOGUE or name in absent:
                settings.notes.append(Text("config.area_absent", where=where(path, source, name), field=name))
            else:
                known = [*KEYS, *areas, *CATALOGUE]
                faults.append(unknown(path, source, name, known, "config.unknown_table"))
            continue
        params = {param.name: param for rule in areas[name].rules for param in rule.params}
        for key, value in table.items():
            if key not in params:
                faults.append(unknown(path, source, f"{name}.{key}", [f"{name}.{one}" for one in params]))
                continue
            try:
                found.setdefault(name, {})[key] = parse_figure(params[key], value)
            except BadInput:
                kind, choices = _expectation(params[key])
                faults.append(expected(path, source, f"{name}.{key}", kind, value, choices=choices))
    if faults:
        raise together(path, faults)
    return found


def _model(key: str) -> type:
    found = Settings.model_fields[key].annotation
    return found if isinstance(found, type) else object


def _translated(path: Path, source: str, error: Any) -> ConfigFault:
    """A pydantic error in our words."""
    loc = [str(part) for part in error["loc"]]
    key = ".".join(loc[:2])
    if error["type"] == "extra_forbidden":
        return unknown(path, source, key, [f"{loc[0]}.{name}" for name in _model(loc[0]).model_fields])  # type: ignore[attr-defined]
    return expected(path, source, key, EXPECTED.get(key) or EXPECTED[loc[0]], error["input"])


def _expectation(param: Param) -> tuple[str, tuple[str, ...]]:
    kinds = {bool: "bool", int: "int", Decimal: "number", timedelta: "span", tuple: "texts"}
    return ("choice" if param.choices else kinds.get(type(param.default), "text")), param.choices
