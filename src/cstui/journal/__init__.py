"""The append-only, hash-chained journal: entries, histories, checkpoints, verification."""

from cstui.journal.book import Told, append, head, history, page, write_checkpoint

__all__ = ["Told", "append", "head", "history", "page", "write_checkpoint"]
