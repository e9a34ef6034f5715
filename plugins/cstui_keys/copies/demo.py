"""Sample history."""
