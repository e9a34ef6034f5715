"""The dashboard. Nothing else of the house imports it."""
