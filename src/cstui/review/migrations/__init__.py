"""Migrations of review. A landed one is never edited."""
