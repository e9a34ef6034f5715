"""What a database's errors mean to a person."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError

from cstui.contract.errors import Fault, Stale, StoreFault

if TYPE_CHECKING:
    from cstui.store.store import Database


def of_database(error: BaseException) -> bool:
    """Whether an error is the database's own, translated or raw from its driver, but no broken constraint."""
    if isinstance(error, IntegrityError):
        return False
    known = (OperationalError, DBConnectionError, sqlite3.DatabaseError, OSError)
    return isinstance(error, known) or type(error).__module__.startswith("asyncpg")


def fault_of(database: Database, error: BaseException) -> Fault:
    """The fault that a database error means to a person."""
    words = str(error)
    if "locked" in words or "lock timeout" in words or "busy" in words:
        return Stale("store.busy", value=database.place)
    return unreadable(database, error)


def unreadable(database: Database, error: BaseException) -> StoreFault:
    words = str(error)
    place = str(database.path) if database.path else "PostgreSQL"
    if "malformed" in words or "not a database" in words:
        return StoreFault("store.corrupt", value=place)
    if "no such table" in words or "does not exist" in words:
        return StoreFault("store.not_ours", value=place)
    if "readonly" in words:
        return StoreFault("store.not_writable", value=place)
    if "disk is full" in words or "No space" in words:
        return StoreFault("store.full", value=place)
    return StoreFault("store.unreadable", value=place, reason=words)
