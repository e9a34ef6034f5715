"""Leaks (失泄密报告) from the report, by name or without one, to the conclusion; who reported is protected."""
