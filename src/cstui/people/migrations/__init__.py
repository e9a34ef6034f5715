"""Migrations of people. A landed one is never edited."""
