"""A case is opened, heard, proposed, decided by others than who proposed it, executed, closed; or dropped."""

from __future__ import annotations

from cstui_confidentiality.cases.opening import open_case

__all__ = ["open_case"]
