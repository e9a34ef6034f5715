"""The worst that people, files and clipboards can hold, and a store that is full of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tortoise.context import get_current_context
from tortoise.fields import CharField, TextField

from cstui.cells import harmful
from cstui.host import Host

WORST = {
    "title": "\x1b]0;PWNED\x07",
    "clipboard": "\x1b]52;c;UFdORUQ=\x07",
    "link": "\x1b]8;;http://pwned\x1b\\here\x1b]8;;\x1b\\",
    "erase": "\x1b[2J\x1b[6661m\x1bc",
    "c1": "\x9b6662m\x9d0;PWNED\x9c\x90q\x85",
    "bidi": "\u202egnp.exe\u202c\u2066a\u2069\u200f\u061cb",
    "hidden": "a\u200b\u2060\ufeff\xad\U000e0041b",
    "marks": "z" + "\u0301" * 300,
    "controls": "a\x00\x07\x08\r\n\t\x0b\x0c\x7f\u2028\u2029b",
    "markup": "[/nope][bold]x[@click=app.quit]y[/][$primary]",
    "braces": "{name}{0}{{}}%s%n\\033[31m$(id)`id`",
    "arabic": "مرحبا بالعالم",
    "emoji": "👨\u200d👩\u200d👧❤\ufe0f👍\U0001f3fd🇨🇳",
    "blank": "\u3164\u115f\uffa0\u2800",
    "ambiguous": "①—…“”Ω★☎",
    "jamo": "\u1112\u1161\u11ab\u1161",
    "new": "\u0378\U00031350\ue000",
    "formula": "=HYPERLINK(\"http://pwned\")+cmd|'/c calc'!A1",
    "html": '<script>alert(1)</script>"><img src=x onerror=y>&amp;',
    "markdown": "# a | b | [x](http://pwned) `c` **d** <img src=x>",
    "long": "很长" * 500 + "x" * 2000,
}
"""Each as a name or a remark that somebody might give."""
ALL = "".join(WORST[name] for name in WORST if name != "long")
FREE = 40
"""Length from which a text column holds what people write."""
CODES = {
    "login", "natural", "search", "hash", "prev_hash", "chain", "item", "words", "statement", "checkpoint", "rule", "kind",
    "owner_kinds", "register", "header", "field", "value", "old", "loans_out", "code",
}  # fmt: skip
"""Columns whose texts are the program's own."""


async def poison(host: Host, file: Path) -> int:
    """Every text of people in every row of a site becomes one of the worst; how many did."""
    tables = await host.call(_columns())
    count = 0
    worst = list(WORST.values())
    with closing(sqlite3.connect(file)) as store, store:
        for table, columns in sorted(tables.items()):
            for (pk,) in store.execute(f'SELECT id FROM "{table}"').fetchall():
                for column, length in columns:
                    evil = worst[count % len(worst)][:length]
                    store.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', [evil, pk])
                    count += 1
    return count


async def _columns() -> dict[str, list[tuple[str, int]]]:
    """The columns of people's own words and what they hold at most, by table."""
    context: Any = get_current_context()
    found: dict[str, list[tuple[str, int]]] = {}
    for app in context.apps.values():
        for model in app.values():
            meta = model._meta
            if meta.db_table.startswith("house_"):
                continue
            for name, field in meta.fields_map.items():
                free = isinstance(field, TextField) or (type(field) is CharField and field.max_length >= FREE)
                if free and name not in CODES and not field.unique and not name.endswith("_login"):
                    found.setdefault(meta.db_table, []).append(
                        (meta.fields_db_projection[name], getattr(field, "max_length", 10_000))
                    )
    return found


def acting(text: str, besides: str = "\n") -> set[str]:
    """What of a text would act on a terminal or hide in it."""
    return {f"U+{ord(char):04X}" for char in text if harmful(char) and char not in besides}
