"""Migrations of approvals. A landed one is never edited."""
