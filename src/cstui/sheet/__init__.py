"""Spreadsheets in and out: CSV (UTF-8, GB18030, UTF-16), XLSX, JSON. openpyxl is loaded only for XLSX."""

from cstui.sheet.model import Rows, Sheet, Unreadable
from cstui.sheet.reading import read
from cstui.sheet.writing import FORMATS, format_of, write

__all__ = ["FORMATS", "Rows", "Sheet", "Unreadable", "format_of", "read", "write"]
