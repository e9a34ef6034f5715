"""Sample spreadsheets of an invented department: 60 staff, and 3,000 keys in 6 buildings; the same for a seed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from cstui.sample.keys import KEY_HEADERS, keys
from cstui.sample.staff import STAFF_HEADERS, staff

__all__ = ["SEED", "Table", "config_text", "key_register", "save", "staff_list"]

SEED = 7


@dataclass(frozen=True, slots=True)
class Table:
    """A spreadsheet's headers and rows."""

    title: str
    headers: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def config_text() -> str:
    """The text of a config.toml to begin with."""
    return Path(__file__).with_name("config.toml").read_text("utf-8")


def staff_list(seed: int = SEED, supervisor: str = "") -> Table:
    """The staff list; `supervisor` is the login of the head of the customer service department."""
    return Table("员工名单", STAFF_HEADERS, staff(Random(f"staff {seed}"), supervisor))


def key_register(seed: int = SEED) -> Table:
    """The key register of the buildings taken over."""
    return Table("钥匙台账", KEY_HEADERS, keys(Random(f"keys {seed}")))


def save(table: Table, path: Path) -> Path:
    """Write a table as .xlsx, or as .csv in GB18030 as office programs in China write it."""
    from cstui.sheet import format_of, write

    kind = format_of(path.name)
    made = write(table.headers, table.headers, table.rows, kind, table.title)
    if kind == "csv":
        made = made.decode("utf-8-sig").encode("gb18030")
    path.write_bytes(made)
    return path
