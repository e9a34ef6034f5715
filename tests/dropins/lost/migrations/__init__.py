"""Migrations of lost."""
