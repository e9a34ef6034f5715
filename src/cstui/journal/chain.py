"""The chain itself: what is hashed, and how. Standard library only, so that an auditor can read it alone.

body hash  = SHA-256(0x01 · salt · body)             may be kept while the body is blanked
entry hash = SHA-256(0x00 · canonical JSON of [store id, seq, previous hash, at, actor, action, body hash])
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

GENESIS = "0" * 64
CHECKPOINT = "cstui-checkpoint"


def body_hash(salt: str, body: str) -> str:
    return hashlib.sha256(b"\x01" + salt.encode() + body.encode()).hexdigest()


def entry_hash(store_id: str, seq: int, prev: str, at: str, actor: str, action: str, body: str) -> str:
    content = json.dumps([store_id, seq, prev, at, actor, action, body], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"\x00" + content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The journal's head at a moment, kept outside the store: how many entries, and the hash of the last."""

    store_id: str
    count: int
    hash: str
    at: str
    note: str = ""

    def line(self) -> str:
        return f"{CHECKPOINT} {self.store_id} {self.count} {self.hash} {self.at} {self.note}".rstrip()


def read_checkpoints(text: str) -> list[Checkpoint]:
    """The checkpoints among the lines of a text (a file, a printed statement), in order of count."""
    found = []
    for line in text.splitlines():
        parts = line.strip().split(maxsplit=5)
        if len(parts) >= 5 and parts[0] == CHECKPOINT and parts[2].isdigit() and len(parts[3]) == 64:
            found.append(Checkpoint(parts[1], int(parts[2]), parts[3], parts[4], parts[5] if len(parts) > 5 else ""))
    return sorted(found, key=lambda point: point.count)
