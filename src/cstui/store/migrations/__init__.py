"""Migrations of house. A landed one is never edited."""
