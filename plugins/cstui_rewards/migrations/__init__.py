"""Migrations of rewards. A landed one is never edited."""
