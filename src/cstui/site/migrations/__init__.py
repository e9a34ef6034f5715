"""Migrations of site. A landed one is never edited."""
