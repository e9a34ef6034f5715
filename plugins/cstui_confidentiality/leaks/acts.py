"""A report is acknowledged, investigated, confirmed or found to be unfounded, and closed."""

from __future__ import annotations

from cstui_confidentiality.leaks.reporting import report_prefilled

__all__ = ["report_prefilled"]
