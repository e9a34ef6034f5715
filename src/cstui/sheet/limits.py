"""How much of a spreadsheet file is accepted. Bigger ones are refused in one sentence before they can do harm."""

from __future__ import annotations

MB = 1024 * 1024

MAX_BYTES = 50 * MB
"""Size of the file itself."""
MAX_INFLATED = 300 * MB
"""Size of an XLSX file's parts that are read, counted while they are unpacked."""
MAX_ROWS = 200_000
"""Lines that aren't blank."""
MAX_LINES = 1_048_576
"""Lines altogether: as many as Excel knows."""
MAX_CELLS = 4_000_000
"""Cells, those that hold nothing but their format included."""
MAX_COLUMNS = 1_000
"""A cell that holds something stands within the first so many columns."""
MAX_CELL = 32_767
"""Characters of a cell: as many as Excel allows."""
MAX_LENGTH = 1_000_000
"""Characters of all cells of a line."""
MAX_TEXT = 200 * MB
"""Bytes of all lines once read: a text that many cells share counts for each of them."""

MEMORY = 300 * MB
"""Address space of the process that reads."""
QUIET = 10.0
"""Seconds without a further row after which reading is given up."""

HEADER_WITHIN = 20
"""The header stands among the first so many lines that aren't blank."""
