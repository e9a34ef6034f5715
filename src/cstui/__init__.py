"""cstui: run a customer-service department by its own regulations, from a terminal."""

__version__ = "0.1.0"
