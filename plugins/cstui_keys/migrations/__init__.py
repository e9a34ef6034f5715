"""Migrations of keys. A landed one is never edited."""
