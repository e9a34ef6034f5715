"""The append-only, hash-chained journal: entries, histories, checkpoints, verification."""

from cstui.journal.book import Last, Told, append, concerning, entry, head, history, last, page, write_checkpoint
from cstui.journal.evidence import seal

__all__ = [
    "Last", "Told", "append", "concerning", "entry", "head", "history", "last", "page", "seal", "write_checkpoint",
]  # fmt: skip
