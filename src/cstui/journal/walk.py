"""One walk along the journal, entry by entry, from the first: nothing is kept of an entry but what its rows became.

Rows, not models: it goes along a copy, a backup, or a store that another program opened.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from cstui.journal.chain import GENESIS, body_hash, entry_hash

Columns = tuple[str, ...]
Values = tuple[Any, ...]
Verdict = Literal["intact", "altered", "removed", "truncated", "rewritten", "older_copy"]
ENTRIES = (
    "SELECT e.*, b.seq AS told, b.salt, b.body FROM house_entry e LEFT JOIN house_body b ON b.seq = e.seq "
    "WHERE e.seq > {after} ORDER BY e.seq"
)
"""The entries after one of them, with their bodies."""


class Walk:
    """What was seen so far. `fault` is the first that doesn't fit: a verdict, the entry's number, and what is wrong."""

    def __init__(self, store_id: str) -> None:
        self.store_id = store_id
        self.count = self.blanked = 0
        self.began = ""
        """When the first entry was made."""
        self.fault: tuple[Verdict, int, str] | None = None
        self.state: dict[str, dict[str, tuple[Columns, Values]]] = {}
        """What the row images give, applied from empty: table → key → row."""
        self.seals: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
        """What was sealed of each table of evidence, with the entry's number."""
        self._hashes = bytearray()
        self._columns: dict[Columns, Columns] = {}
        """Names of columns, kept once for all rows that have the same."""

    def hash_of(self, count: int) -> str:
        """The hash of an entry by its number; of the empty journal for 0."""
        return self._hashes[32 * count - 32 : 32 * count].hex() if count else GENESIS

    def take(self, row: Mapping[str, Any]) -> None:
        """The next entry with its body. After one that doesn't fit the others are only counted."""
        self.count += 1
        self.began = self.began or row["at"]
        self.fault = self.fault or self._fault(row)
        if self.fault:
            return
        self._hashes += bytes.fromhex(row["hash"])
        if row["body"] is None:
            self.blanked += 1
            return
        body = json.loads(row["body"])
        for change in body.get("changes", ()):
            rows = self.state.setdefault(change["table"], {})
            if change["after"] is None:
                rows.pop(change["key"], None)
            else:
                columns = tuple(change["after"])
                rows[change["key"]] = self._columns.setdefault(columns, columns), tuple(change["after"].values())
        for seal in body.get("added", ()):
            self.seals.setdefault(seal["table"], []).append((row["seq"], seal))

    def _fault(self, row: Mapping[str, Any]) -> tuple[Verdict, int, str] | None:
        seq, prev = row["seq"], self.hash_of(self.count - 1)
        if seq != self.count:
            return "removed", self.count, f"entry {self.count} is missing"
        if row["told"] is None:
            return "removed", seq, "its body is missing"
        if row["body"] is not None and body_hash(row["salt"], row["body"]) != row["body_hash"]:
            return "altered", seq, "its body was changed"
        link = entry_hash(self.store_id, seq, row["prev"], row["at"], row["actor"], row["action"], row["body_hash"])
        if row["prev"] != prev or link != row["hash"]:
            return "altered", seq, "it doesn't fit the chain"
        return None
