"""Migrations of ledger. A landed one is never edited."""
