"""Spreadsheets in and out: CSV (UTF-8, GB18030, UTF-16), XLSX, JSON.

Each name is loaded when it is first asked for: the process that reads a file has to start fast, and openpyxl is
loaded only to write XLSX.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cstui.sheet.model import Rows, Sheet, Unreadable
    from cstui.sheet.reading import read
    from cstui.sheet.writing import FORMATS, format_of, write

__all__ = ["FORMATS", "Rows", "Sheet", "Unreadable", "format_of", "read", "write"]

_ROOMS = {
    "FORMATS": "writing", "Rows": "model", "Sheet": "model", "Unreadable": "model", "format_of": "writing",
    "read": "reading", "write": "writing",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
